import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { AnswerNotAwaited, NoRoomForAnswer } from './http.errors.js';

/** Where the text of an answer goes while it is written. */
export type TextSink = (text: string) => Promise<void>;

/** A file to be taken away. */
export interface SpooledFile {
  readonly name: string;
  readonly type: string;
}

/** Lines are short, and each write to the disk costs the same. */
const AT_ONCE = 1 << 16;

/**
 * Answers with a file, which is written whole to the disk of this process before any of it is sent: its size is not held in
 * memory, whatever is refused on the way is answered as such, and whoever takes it away slowly, or stops, holds no view of the data
 * open meanwhile. The file has no name from its first byte on, so that nothing of it stays, however this process ends.
 * Refuses NoRoomForAnswer, AnswerNotAwaited.
 */
export async function spooledAnswer(
  reply: FastifyReply,
  { name, type }: SpooledFile,
  write: (sink: TextSink) => Promise<void>,
): Promise<Readable> {
  const file = await nameless();
  try {
    const size = await spool(file, write, () => reply.raw.destroyed);
    void reply
      .type(type)
      .header('cache-control', 'no-store')
      .header('content-length', size)
      .header('content-disposition', `attachment; filename="${name}"`);
    return file.createReadStream({ start: 0 });
  } catch (error) {
    await file.close();
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? new NoRoomForAnswer() : error;
  }
}

async function nameless(): Promise<FileHandle> {
  const place = path.join(os.tmpdir(), `outturn-answer-${randomUUID()}`);
  const file = await open(place, 'wx+', 0o600);
  await rm(place);
  return file;
}

/** Writes the file; how many bytes it has. Stops once nobody waits for it. */
async function spool(
  file: FileHandle,
  write: (sink: TextSink) => Promise<void>,
  isGone: () => boolean,
): Promise<number> {
  let held = '';
  let size = 0;
  const flush = async () => {
    const bytes = Buffer.from(held, 'utf8');
    held = '';
    size += bytes.length;
    await file.appendFile(bytes);
  };
  await write(async (text) => {
    if (isGone()) throw new AnswerNotAwaited();
    held += text;
    if (held.length >= AT_ONCE) await flush();
  });
  await flush();
  return size;
}
