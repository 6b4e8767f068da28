import { Injectable } from '@nestjs/common';
import { SERVICE } from '../auth/acting.js';
import { TransactionRunner } from '../database/transaction-runner.js';

/** How much work waits, and for how long. */
export interface WaitingWork {
  readonly unsent: number;
  readonly oldestSeconds: number;
}

/** How many letters wait for the mail server, and for how long. */
export interface WaitingLetters {
  readonly waiting: number;
  readonly oldestSeconds: number;
}

/** Asks the rows, which are the truth, and not the queue. */
@Injectable()
export class WaitingWorkRepository {
  constructor(private readonly transactions: TransactionRunner) {}

  /** The database adds it up, because health itself sees no row. Served by the indexes on what is unsent and unfinished. */
  measure(): Promise<WaitingWork> {
    return this.transactions.readOnly(SERVICE.health, async (tx) => {
      const [row] = await tx.query<{ unsent: string; seconds: string | null }>(
        'select unsent, extract(epoch from now() - oldest_at)::numeric(20, 3) as seconds from waiting_work()',
      );
      return { unsent: Number(row?.unsent ?? 0), oldestSeconds: Number(row?.seconds ?? 0) };
    });
  }

  /** As above. The table is small: a letter is there until it is delivered. */
  letters(): Promise<WaitingLetters> {
    return this.transactions.readOnly(SERVICE.health, async (tx) => {
      const [row] = await tx.query<{ waiting: string; seconds: string | null }>(
        'select waiting, extract(epoch from now() - oldest_at)::numeric(20, 3) as seconds from waiting_letters()',
      );
      return { waiting: Number(row?.waiting ?? 0), oldestSeconds: Number(row?.seconds ?? 0) };
    });
  }
}
