import { once } from 'node:events';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { PaymentLine } from '../domain/computation/payment-line.js';
import { LINE_COLUMNS, rowWriter } from './payment-line.mapping.js';

/** Where the lines of a run go. */
export interface LineSink {
  write(lineNo: number, participantId: number | null, line: PaymentLine): void;
  /** Waits until the database has room for more. */
  drained(): Promise<void>;
  /** Resolves once the database has taken every line. */
  finish(): Promise<void>;
  /** Makes the database forget the lines, so that the transaction can be rolled back. */
  abandon(): Promise<void>;
}

/** Of a recheck: its lines are compared and not kept. */
export const NO_SINK: LineSink = {
  write: () => undefined,
  drained: () => Promise.resolve(),
  finish: () => Promise.resolve(),
  abandon: () => Promise.resolve(),
};

const CHUNK_CHARACTERS = 256 * 1024;

/**
 * Streams lines into payment_line by COPY, in the transaction of the client. Rows are gathered into large chunks; the
 * next chunk is written while PostgreSQL digests the one before, and no more than the stream's buffer waits in memory.
 */
export function copyLines(client: PoolClient, computationId: string, number: number): LineSink {
  const stream = client.query(
    copyFrom(`copy payment_line (${LINE_COLUMNS}) from stdin`, { highWaterMark: 1024 * 1024 }),
  );
  const rowOf = rowWriter(computationId, number);
  let failure: Error | null = null;
  let rows = '';
  stream.on('error', (error) => (failure ??= error));
  const flush = () => {
    if (rows !== '' && failure === null) stream.write(Buffer.from(rows, 'utf8'));
    rows = '';
  };

  return {
    write(lineNo, participantId, line) {
      rows += rowOf(lineNo, participantId, line);
      if (rows.length >= CHUNK_CHARACTERS) flush();
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
    async abandon() {
      rows = '';
      if (stream.destroyed || stream.writableFinished) return;
      const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()));
      stream.destroy();
      await closed;
    },
  };
}
