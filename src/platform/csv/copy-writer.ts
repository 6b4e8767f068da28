import type { CopyStreamQuery } from 'pg-copy-streams';
import type { Transaction } from '../database/transaction.js';

const CHUNK_BYTES = 1 << 17;
/** The first chunk holds less, and each of the next twice as much: PostgreSQL, the slower side, has its first rows soon. */
const FIRST_BYTES = 1 << 14;
const CHUNKS = 8;
/** A write above the socket's high-water mark is acknowledged only when the kernel has it; below, it may still wait. */
const SURELY_FLUSHED_BYTES = 1 << 16;

/**
 * Writes rows to PostgreSQL's COPY FROM STDIN in large chunks. The caller appends bytes to `chunk` at `length` after
 * reserving room, and awaits drained() now and then, so that memory stays at a few chunks however slow the server is.
 */
export class CopyWriter {
  chunk: Buffer;
  length = 0;

  /** How much goes into the chunk at hand. */
  private limit = FIRST_BYTES;
  private readonly stream: CopyStreamQuery;
  private readonly idle: Buffer[] = [];
  private allocated = 1;
  private waiting: (() => void) | null = null;
  private failure: Error | null = null;

  constructor(tx: Transaction, copyStatement: string) {
    this.stream = tx.copyIn(copyStatement);
    this.stream.on('error', (error: Error) => {
      this.failure ??= error;
      this.waiting?.();
    });
    this.chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  }

  /** Makes room for so many more bytes in `chunk`. */
  reserve(bytes: number): void {
    if (this.length + bytes <= this.limit) return;
    this.send();
    this.limit = Math.min(this.limit * 2, CHUNK_BYTES);
    if (bytes > this.chunk.length) this.chunk = Buffer.allocUnsafeSlow(bytes);
  }

  /** Adds some bytes. */
  append(bytes: Buffer): void {
    this.reserve(bytes.length);
    this.chunk.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Waits until PostgreSQL has taken all but a few of the chunks. Throws what PostgreSQL refused. */
  async drained(): Promise<void> {
    while (this.failure === null && this.allocated - this.idle.length > CHUNKS)
      await new Promise<void>((resolve) => (this.waiting = resolve));
    this.waiting = null;
    if (this.failure !== null) throw this.failure;
  }

  /** Sends what is left and waits for PostgreSQL to say that the rows are in. */
  async end(): Promise<void> {
    this.send();
    await new Promise<void>((resolve, reject) => {
      if (this.failure !== null) return reject(this.failure);
      this.stream.once('finish', resolve);
      this.stream.once('error', reject);
      this.stream.end();
    });
  }

  private send(): void {
    if (this.length === 0) return;
    const sent = this.chunk;
    const reusable = sent.length === CHUNK_BYTES && this.length >= SURELY_FLUSHED_BYTES;
    this.stream.write(sent.subarray(0, this.length), () => {
      if (reusable) this.idle.push(sent);
      else this.allocated -= 1;
      this.waiting?.();
    });
    this.length = 0;
    const next = this.idle.pop();
    if (next === undefined) this.allocated += 1;
    this.chunk = next ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
  }
}
