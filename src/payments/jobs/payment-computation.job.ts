import { z } from 'zod';
import { defineJob } from '../../platform/queue/job-descriptor.js';

export const paymentComputationPayload = z.strictObject({
  computationId: z.uuid(),
  /** How often the computation had been begun when the bell was rung: it only tells one ring from the next. */
  attempt: z.int().min(0),
});
export type PaymentComputationPayload = z.infer<typeof paymentComputationPayload>;

/**
 * "Look at this computation." Nothing is kept once a job has ended, so that the same bell can be rung again; and a ring
 * after a worker died has another id than the one that died with it.
 */
export const PAYMENT_COMPUTATION = defineJob<PaymentComputationPayload>({
  queue: 'payment-computations',
  name: 'compute',
  payload: paymentComputationPayload,
  jobId: ({ computationId, attempt }) => `computation-${computationId}-${attempt}`,
  attempts: 5,
  backoffSeconds: 1,
  keep: { completed: 0, failed: 0 },
});
