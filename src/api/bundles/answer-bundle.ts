import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { BundleSink } from '../../bundles/bundles.service.js';

/** Whoever reads slower than this is let go: a bundle is written while a view of the data is held open for it. */
const WAITED_MS = 30_000;

/**
 * Answers with a bundle while it is written. Refusals come before its first line and are answered as such; what breaks off
 * later breaks the answer off, and a bundle without its last line is none.
 */
export async function answerBundle(
  reply: FastifyReply,
  name: string,
  write: (sink: BundleSink) => Promise<void>,
): Promise<PassThrough> {
  const stream = new PassThrough();
  const begun = new Promise<void>((resolve, reject) => {
    const sink: BundleSink = async (text) => {
      resolve();
      if (stream.destroyed) throw new Error('nobody reads this bundle any more');
      if (!stream.write(text))
        await once(stream, 'drain', { signal: AbortSignal.timeout(WAITED_MS) });
    };
    write(sink).then(
      () => stream.end(),
      (error: Error) => {
        reject(error);
        stream.destroy(error);
      },
    );
  });
  stream.on('error', () => undefined); // the answer breaks off; whoever reads it sees that
  await begun;
  void reply
    .type('application/jsonl; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.bundle"`);
  return stream;
}
