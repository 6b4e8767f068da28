import { once } from 'node:events';
import type { PaymentLine } from '../domain/computation/payment-line.js';
import type { Transaction } from '../platform/database/transaction.js';
import { LINE_COLUMNS, rowWriter } from './payment-line.mapping.js';

/** Where the lines of a run go. */
export interface LineSink {
  write(lineNo: number, participantId: number | null, line: PaymentLine): void;
  /** Waits until the database has room for more. */
  drained(): Promise<void>;
  /** Resolves once the database has taken every line. */
  finish(): Promise<void>;
}

/** Of a recheck: its lines are compared and not kept. */
export const NO_SINK: LineSink = {
  write: () => undefined,
  drained: () => Promise.resolve(),
  finish: () => Promise.resolve(),
};

const CHUNK_BYTES = 256 * 1024;
const BYTES_PER_CHARACTER_MAX = 3;

/**
 * Streams lines into the rows of payment_line by COPY, which refuses the table with its policies, in this transaction. Rows are written straight into large
 * chunks, since long texts would outlive the young part of the heap; the next chunk fills while PostgreSQL digests the
 * one before, and no more than the stream's buffer waits in memory.
 */
export function copyLines(tx: Transaction, computationId: string, number: number): LineSink {
  const stream = tx.copyIn(`copy payment_line_posted (${LINE_COLUMNS}) from stdin`, {
    highWaterMark: 4 * CHUNK_BYTES,
  });
  const rowOf = rowWriter(computationId, number);
  let failure: Error | null = null;
  let chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let used = 0;
  stream.on('error', (error) => (failure ??= error));
  const send = (bytes: Buffer) => {
    if (failure === null) stream.write(bytes);
  };
  const flush = () => {
    if (used === 0) return;
    send(chunk.subarray(0, used));
    chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    used = 0;
  };

  return {
    write(lineNo, participantId, line) {
      const row = rowOf(lineNo, participantId, line);
      const bytesMax = row.length * BYTES_PER_CHARACTER_MAX;
      if (bytesMax > CHUNK_BYTES - used) flush();
      if (bytesMax > CHUNK_BYTES) send(Buffer.from(row, 'utf8'));
      else used += chunk.write(row, used, 'utf8');
    },
    async drained() {
      if (failure !== null) throw failure;
      if (stream.writableNeedDrain) await once(stream, 'drain');
    },
    async finish() {
      flush();
      if (failure !== null) throw failure;
      stream.end();
      await once(stream, 'finish');
    },
  };
}
