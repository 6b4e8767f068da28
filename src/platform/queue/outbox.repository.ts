import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction.js';
import type { JobDescriptor } from './job-descriptor.js';

export interface OutboxRow {
  readonly id: string;
  readonly queue: string;
  readonly job: string;
  readonly payload: unknown;
}

/** Jobs to be put on the queue, committed with the rows that they are about. */
@Injectable()
export class OutboxRepository {
  /** Asks for a job. Nothing touches the queue here: the relay does, after the commit. */
  async enqueue<Payload>(
    tx: Transaction,
    descriptor: JobDescriptor<Payload>,
    payload: Payload,
  ): Promise<void> {
    await tx.query('insert into work_outbox (queue, job, payload) values ($1, $2, $3)', [
      descriptor.queue,
      descriptor.name,
      JSON.stringify(descriptor.payload.parse(payload)),
    ]);
  }

  /**
   * The oldest unsent rows for the queues named, locked; rows that another relay holds are passed over. Served by
   * work_outbox_unsent.
   */
  lockUnsent(tx: Transaction, queues: readonly string[], limit: number): Promise<OutboxRow[]> {
    return tx.query<OutboxRow>(
      `select id, queue, job, payload from work_outbox
        where sent_at is null and queue = any($1::text[])
        order by id limit $2 for update skip locked`,
      [queues, limit],
    );
  }

  /** Reads no row: fails where the migrations have not been run. */
  async mustBeThere(tx: Transaction): Promise<void> {
    await tx.query('select from work_outbox limit 0');
  }

  async markSent(tx: Transaction, ids: readonly string[]): Promise<void> {
    await tx.query('update work_outbox set sent_at = now() where id = any($1::bigint[])', [ids]);
  }
}
