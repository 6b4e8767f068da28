import { OnWorkerEvent, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { UnrecoverableError, type Job } from 'bullmq';
import { DomainError } from '../../domain/shared/domain-error.js';
import { withinContext } from '../logging/work-context.js';
import { Metrics, type JobOutcome } from '../metrics/metrics.js';
import type { JobDescriptor } from './job-descriptor.js';

/** What a handler is told beside its payload. */
export interface JobContext {
  readonly jobId: string;
  readonly attempt: number;
  /** True when the queue will not try again after this attempt. */
  readonly isLastAttempt: boolean;
  /** Fires when the process is asked to stop: commit what is whole and return; the sweeper rings again. */
  readonly stopping: AbortSignal;
}

/** For every @Processor: a queue that was away is looked for again after a second, where BullMQ would wait for fifteen. */
export const WORKER_OPTIONS = { runRetryDelay: 1_000 } as const;

/**
 * Base of every processor: reads the payload, calls one service method, and says which failures are final.
 *
 *     @Processor(PAYMENT_COMPUTATION.queue, WORKER_OPTIONS)
 *     export class PaymentComputationProcessor extends JobProcessor<Payload> { ... }
 */
export abstract class JobProcessor<Payload>
  extends WorkerHost
  implements BeforeApplicationShutdown
{
  abstract readonly descriptor: JobDescriptor<Payload>;

  /** Safe to run twice. A refusal thrown here is final, unless something is unavailable; any other error is tried again. */
  abstract perform(payload: Payload, context: JobContext): Promise<unknown>;

  @Inject(Metrics) private readonly metrics: Metrics;
  private readonly stop = new AbortController();
  private readonly logger = new Logger('Jobs');

  process(job: Job<unknown, unknown>): Promise<unknown> {
    return withinContext({ jobId: job.id ?? '', job: job.name }, () => this.attempt(job));
  }

  /** Stops taking jobs and waits for those under way, while the database is still connected. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.started()?.close();
  }

  @OnWorkerEvent('error')
  onWorkerError(error: Error): void {
    this.logger.warn('The queue is in trouble; the worker goes on trying', error);
  }

  private async attempt(job: Job<unknown, unknown>): Promise<unknown> {
    const started = performance.now();
    const finish = (outcome: JobOutcome) => {
      const seconds = (performance.now() - started) / 1_000;
      this.metrics.observeJob(job.name, outcome, seconds);
      return { outcome, seconds: Number(seconds.toFixed(3)), attempt: job.attemptsMade + 1 };
    };
    try {
      const parsed = this.descriptor.payload.safeParse(job.data);
      if (!parsed.success) {
        throw new UnrecoverableError(`The payload of ${job.name} cannot be read`);
      }
      const result = await this.perform(parsed.data, this.contextOf(job));
      this.logger.log('Job done', finish('completed'));
      return result;
    } catch (error) {
      if (isFinal(error)) {
        this.logger.log('Job refused', { ...finish('refused'), code: error.code });
        throw new UnrecoverableError(error.message);
      }
      this.logger.error('Job failed', finish('failed'), error as Error);
      throw error;
    }
  }

  private contextOf(job: Job<unknown, unknown>): JobContext {
    return {
      jobId: job.id ?? '',
      attempt: job.attemptsMade + 1,
      isLastAttempt: job.attemptsMade + 1 >= this.descriptor.attempts,
      stopping: this.stop.signal,
    };
  }

  private started(): WorkerHost['worker'] | null {
    try {
      return this.worker;
    } catch {
      return null; // the queue was never reached, so no worker was made
    }
  }
}

const isFinal = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.kind !== 'unavailable';
