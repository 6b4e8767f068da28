import type { FastifyReply } from 'fastify';
import type { Performed } from '../database/command-runner.js';

/**
 * Answers a command: 201 when it was done now, 200 with Idempotency-Replayed when an earlier request with the same key
 * did it, so that the caller can tell the two apart.
 */
export function answerPerformed<T>(
  reply: FastifyReply,
  { result, replayed }: Performed<T>,
  location?: string,
): T {
  void reply.status(replayed ? 200 : 201);
  if (replayed) void reply.header('idempotency-replayed', 'true');
  if (location !== undefined) void reply.header('location', location);
  return result;
}
