import type { FastifyReply } from 'fastify';
import type { ComputationView } from '../../payments/computation-view.js';
import type { Performed } from '../../platform/database/command-runner.js';

/** Answers a request for work that a worker will do: 202, also to a repetition, and where the job can be watched. */
export function answerAccepted(
  reply: FastifyReply,
  { result, replayed }: Performed<ComputationView>,
): ComputationView {
  void reply.status(202).header('location', `/v1/jobs/${result.id}`);
  if (replayed) void reply.header('idempotency-replayed', 'true');
  return result;
}
