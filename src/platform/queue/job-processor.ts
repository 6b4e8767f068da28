import { WorkerHost } from '@nestjs/bullmq';
import { UnrecoverableError, type Job } from 'bullmq';
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

/**
 * Base of every processor: reads the payload, calls one service method, and says which failures are final.
 *
 *     @Processor(PAYMENT_COMPUTATION.queue)
 *     export class PaymentComputationProcessor extends JobProcessor<Payload> { ... }
 */
export abstract class JobProcessor<Payload> extends WorkerHost {
  abstract readonly descriptor: JobDescriptor<Payload>;

  /** Safe to run twice. A DomainError thrown here is final; any other error is tried again. */
  abstract perform(payload: Payload, context: JobContext): Promise<unknown>;

  private readonly stop = new AbortController();

  async process(job: Job<unknown, unknown>): Promise<unknown> {
    const parsed = this.descriptor.payload.safeParse(job.data);
    if (!parsed.success) throw new UnrecoverableError(`The payload of ${job.name} cannot be read`);
    return this.perform(parsed.data, {
      jobId: job.id ?? '',
      attempt: job.attemptsMade + 1,
      isLastAttempt: job.attemptsMade + 1 >= this.descriptor.attempts,
      stopping: this.stop.signal,
    });
  }

  beforeApplicationShutdown(): void {
    this.stop.abort();
  }
}
