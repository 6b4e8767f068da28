import { Inject, Injectable, Logger } from '@nestjs/common';
import { Queue, type JobsOptions } from 'bullmq';
import { SERVICE } from '../auth/acting.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { definedJobs, findJob, type JobDescriptor } from './job-descriptor.js';
import { OutboxRepository, type OutboxRow } from './outbox.repository.js';
import { queueConnection } from './queue-connection.js';
import { QueueUnavailable } from './queue.errors.js';
import { Ticker } from './ticker.js';

const BATCH = 100;
const PATIENCE_MS = 5_000;

/**
 * Rings the doorbell: reads the outbox and puts each job on the queue. It is the only part of the service that adds to
 * the queue. Rows are marked in the same transaction that locked them, after the queue has taken them; a crash in
 * between rings twice, which every job bears.
 */
@Injectable()
export class Relay {
  private readonly logger = new Logger(Relay.name);
  private readonly queues = new Map<string, Queue>();
  private readonly ticker: Ticker;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: TransactionRunner,
    private readonly outbox: OutboxRepository,
  ) {
    this.ticker = new Ticker('Relay', config.relaySeconds, () => this.relayAll());
  }

  start(): void {
    this.ticker.start();
  }

  async stop(): Promise<void> {
    await this.ticker.stop();
    await Promise.all([...this.queues.keys()].map((name) => this.drop(name)));
  }

  /** Sends everything that waits; gives how many jobs were put on the queue. */
  async relayAll(): Promise<number> {
    for (let total = 0; ;) {
      const sent = await this.relayBatch();
      total += sent;
      if (sent < BATCH) return total;
    }
  }

  private relayBatch(): Promise<number> {
    return this.transactions.run(SERVICE.relay, async (tx) => {
      const queues = [...new Set(definedJobs().map(({ queue }) => queue))];
      const rows = await this.outbox.lockUnsent(tx, queues, BATCH);
      for (const row of rows) await this.ring(row);
      if (rows.length > 0) {
        const ids = rows.map(({ id }) => id);
        await this.outbox.markSent(tx, ids);
      }
      return rows.length;
    });
  }

  private async ring(row: OutboxRow): Promise<void> {
    const descriptor = findJob(row.queue, row.job);
    const parsed = descriptor?.payload.safeParse(row.payload);
    if (!descriptor || !parsed?.success) {
      // it can never be sent: passing over it for ever would only hide it
      this.logger.error('An outbox row names no known job and is set aside', {
        outboxId: row.id,
        job: row.job,
      });
      return;
    }
    try {
      await withinPatience(this.add(descriptor, parsed.data));
    } catch (error) {
      await this.drop(row.queue); // a queue whose first connection failed does not recover by itself
      throw new QueueUnavailable(error);
    }
  }

  private async add(descriptor: JobDescriptor<unknown>, payload: unknown): Promise<void> {
    const queue = this.queue(descriptor.queue);
    const jobId = descriptor.jobId(payload);
    // a finished job that is still remembered under this id would swallow the ring
    const former = await queue.getJob(jobId);
    if (former && (former.finishedOn !== undefined || (await former.isFailed()))) {
      await former.remove();
    }
    await queue.add(descriptor.name, payload, optionsOf(descriptor, jobId));
  }

  private queue(name: string): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const connection = {
      ...queueConnection(this.config),
      ...(this.config.redisUrl === null
        ? { connectionTimeoutMillis: PATIENCE_MS }
        : { enableOfflineQueue: false, maxRetriesPerRequest: 1 }),
    } as ReturnType<typeof queueConnection>;
    // a first connection is waited for, with patience; one that is lost later refuses at once by the two options above
    const queue = new Queue(name, { connection });
    queue.on('error', () => undefined); // whoever adds is told by the promise
    this.queues.set(name, queue);
    return queue;
  }

  private async drop(name: string): Promise<void> {
    const queue = this.queues.get(name);
    this.queues.delete(name);
    await withinPatience(queue?.close() ?? Promise.resolve()).catch(() => undefined);
  }
}

const optionsOf = (descriptor: JobDescriptor<unknown>, jobId: string): JobsOptions => ({
  jobId,
  attempts: descriptor.attempts,
  backoff: { type: 'exponential', delay: descriptor.backoffSeconds * 1_000 },
  removeOnComplete: { count: descriptor.keep.completed },
  removeOnFail: { count: descriptor.keep.failed },
});

async function withinPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The queue did not answer in time')), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
