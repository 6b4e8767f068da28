import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { NoRoomForUpload } from './csv.errors.js';
import { UPLOAD_PREFIX } from './left-behind.js';
import { BadByte, TextInspector } from './text-inspector.js';

/** A whole file at rest on the disk of this process: its bytes are text, and its hash is known. */
export interface ReceivedFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: Buffer;
  /** Whether it is our copy, to be removed after use. */
  readonly temporary: boolean;
  /** Time of the last change in nanoseconds, to notice a change while it is read. */
  readonly changedAtNs: bigint;
}

/**
 * Copies a stream to a temporary file while hashing and inspecting it. Throws FileUnreadable as soon as it cannot be
 * text, NoRoomForUpload when the disk is full; the copy is then removed.
 */
export async function receiveStream(
  source: AsyncIterable<Uint8Array>,
  name: string,
): Promise<ReceivedFile> {
  const file = path.join(os.tmpdir(), `${UPLOAD_PREFIX}${randomUUID()}.csv`);
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'wx', 0o600);
    const out = handle;
    const measured = await inspect(source, file, async (chunk) => {
      await out.writeFile(chunk);
    });
    return { path: file, name, temporary: true, changedAtNs: await changedAtNs(file), ...measured };
  } catch (error) {
    await rm(file, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new NoRoomForUpload();
    throw error;
  } finally {
    await handle?.close();
  }
}

/** Hashes and inspects a file that is on disk already; it is read where it lies. */
export async function receivePath(file: string): Promise<ReceivedFile> {
  const before = await changedAtNs(file);
  const measured = await inspect(
    createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>,
    file,
    null,
  );
  return {
    path: file,
    name: path.basename(file),
    temporary: false,
    changedAtNs: before,
    ...measured,
  };
}

/** Removes our copy; a file of the user's own is left alone. */
export async function discard(file: ReceivedFile): Promise<void> {
  if (file.temporary) await rm(file.path, { force: true });
}

/** Whether the file is still the one that was hashed. */
export const isUnchanged = async (file: ReceivedFile): Promise<boolean> =>
  (await changedAtNs(file.path)) === file.changedAtNs;

async function inspect(
  source: AsyncIterable<Uint8Array>,
  file: string,
  keep: ((chunk: Buffer) => Promise<void>) | null,
): Promise<{ bytes: number; sha256: Buffer }> {
  const hash = createHash('sha256');
  const inspector = new TextInspector();
  let bytes = 0;
  try {
    for await (const piece of source) {
      const chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      bytes += chunk.length;
      hash.update(chunk);
      await keep?.(chunk);
      inspector.push(chunk);
    }
    inspector.end();
  } catch (error) {
    if (error instanceof BadByte) throw error.refusal(await rowAt(file, error.offset));
    throw error;
  }
  return { bytes, sha256: hash.digest() };
}

const changedAtNs = async (file: string): Promise<bigint> =>
  (await stat(file, { bigint: true })).mtimeNs;

/** The row of the spreadsheet in which a byte stands, counting line ends before it. */
async function rowAt(file: string, offset: number): Promise<number> {
  if (offset === 0) return 1;
  let row = 1;
  let previous = 0;
  for await (const chunk of createReadStream(file, { end: offset - 1 }) as AsyncIterable<Buffer>)
    for (const byte of chunk) {
      if (byte === 0x0a ? previous !== 0x0d : byte === 0x0d) row += 1;
      previous = byte;
    }
  return row;
}
