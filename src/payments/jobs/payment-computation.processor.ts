import { Processor } from '@nestjs/bullmq';
import {
  JobProcessor,
  WORKER_OPTIONS,
  type JobContext,
} from '../../platform/queue/job-processor.js';
import { ComputationPerformer, type Performance } from '../computation-performer.js';
import { PAYMENT_COMPUTATION, type PaymentComputationPayload } from './payment-computation.job.js';

/** Answers the bell. Everything that matters is decided by the row. */
@Processor(PAYMENT_COMPUTATION.queue, WORKER_OPTIONS)
export class PaymentComputationProcessor extends JobProcessor<PaymentComputationPayload> {
  readonly descriptor = PAYMENT_COMPUTATION;

  constructor(private readonly performer: ComputationPerformer) {
    super();
  }

  async perform(
    { computationId }: PaymentComputationPayload,
    { stopping }: JobContext,
  ): Promise<{ readonly performance: Performance }> {
    return { performance: await this.performer.perform(computationId, stopping) };
  }
}
