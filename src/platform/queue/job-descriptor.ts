import type { z } from 'zod';

/** All that a kind of job promises. The payload carries identifiers only: the row is the truth, the queue a doorbell. */
export interface JobDescriptor<Payload> {
  readonly queue: string;
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  /**
   * Starts with a letter and has no colon. It spares the queue a second copy while the first is kept, and guarantees
   * nothing: the handler is safe to run twice.
   */
  readonly jobId: (payload: Payload) => string;
  readonly attempts: number;
  /** The first pause before another attempt; it doubles each time. */
  readonly backoffSeconds: number;
  /** How many finished jobs the queue remembers. */
  readonly keep: { readonly completed: number; readonly failed: number };
}

const DEFINED = new Map<string, JobDescriptor<unknown>>();
const keyOf = (queue: string, name: string) => `${queue}/${name}`;

/** Defines a kind of job, once in the whole program. */
export function defineJob<Payload>(descriptor: JobDescriptor<Payload>): JobDescriptor<Payload> {
  const key = keyOf(descriptor.queue, descriptor.name);
  if (DEFINED.has(key)) throw new Error(`The job ${key} is defined twice`);
  DEFINED.set(key, descriptor as unknown as JobDescriptor<unknown>);
  return Object.freeze(descriptor);
}

/** Every kind of job that the running program knows. */
export const definedJobs = (): readonly JobDescriptor<unknown>[] => [...DEFINED.values()];

export const findJob = (queue: string, name: string): JobDescriptor<unknown> | undefined =>
  DEFINED.get(keyOf(queue, name));
