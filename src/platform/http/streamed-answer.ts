import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Where the text of an answer goes while it is written; it may ask to be waited for. */
export type TextSink = (text: string) => Promise<void>;

/** A file to be taken away. */
export interface StreamedFile {
  readonly name: string;
  readonly type: string;
}

/** Whoever reads slower than this is let go: a view of the data may be held open for the answer. */
const WAITED_MS = 30_000;

/**
 * Answers with a file while it is written, so that its size is not held in memory. Refusals come before its first line and
 * are answered as such; what breaks off later breaks the answer off.
 */
export async function streamedAnswer(
  reply: FastifyReply,
  { name, type }: StreamedFile,
  write: (sink: TextSink) => Promise<void>,
): Promise<PassThrough> {
  const stream = new PassThrough();
  const begun = new Promise<void>((resolve, reject) => {
    const sink: TextSink = async (text) => {
      resolve();
      if (stream.destroyed) throw new Error('nobody reads this answer any more');
      if (!stream.write(text))
        await once(stream, 'drain', { signal: AbortSignal.timeout(WAITED_MS) });
    };
    write(sink).then(
      () => {
        resolve(); // of a file without a line
        stream.end();
      },
      (error: Error) => {
        reject(error);
        stream.destroy(error);
      },
    );
  });
  stream.on('error', () => undefined); // the answer breaks off; whoever reads it sees that
  await begun;
  void reply
    .type(type)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${name}"`);
  return stream;
}
