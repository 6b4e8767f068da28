import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner.js';

/** How much work waits, and for how long. */
export interface WaitingWork {
  readonly unsent: number;
  readonly oldestSeconds: number;
}

/** Asks the rows, which are the truth, and not the queue. */
@Injectable()
export class WaitingWorkRepository {
  constructor(private readonly transactions: TransactionRunner) {}

  /** Served by work_outbox_unsent and payment_computation_unfinished. */
  measure(): Promise<WaitingWork> {
    return this.transactions.readOnly(async (tx) => {
      const [row] = await tx.query<{ unsent: string; seconds: string | null }>(
        `select (select count(*) from work_outbox where sent_at is null) as unsent,
                extract(epoch from now() - least(
                  (select min(created_at) from work_outbox where sent_at is null),
                  (select min(requested_at) from payment_computation where state = 'requested')))
                  ::numeric(20, 3) as seconds`,
      );
      return { unsent: Number(row?.unsent ?? 0), oldestSeconds: Number(row?.seconds ?? 0) };
    });
  }
}
