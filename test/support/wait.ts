import { setTimeout as sleep } from 'node:timers/promises';
import type { TestPerson } from './person.js';

/**
 * Asks again and again until the answer is not null, and returns it; fails with the sentence if it takes too long: just before
 * Jest ends the test, which would not say what for. A slow machine is not a fault of the service.
 */
export async function waitUntil<Answer>(
  what: string,
  ask: () => Promise<Answer | null>,
  withinMs = 50_000,
): Promise<Answer> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline)
      throw new Error(`Waited ${withinMs / 1000} seconds in vain: ${what}`);
    await sleep(25);
  }
}

/** A job when it has ended, however it ended. */
export interface EndedJob {
  readonly id: string;
  readonly state: 'computed' | 'failed' | 'cancelled';
  readonly [field: string]: unknown;
}

/** Asks for a period to be computed and waits until a worker has done it. */
export async function compute(
  person: TestPerson,
  contractPath: string,
  period: string,
): Promise<EndedJob> {
  const accepted = await person.post(`${contractPath}/computations`, { period }).expect(202);
  return jobEnded(person, accepted.headers['location'] as string);
}

export function jobEnded(person: TestPerson, jobPath: string): Promise<EndedJob> {
  return waitUntil(`${jobPath} ends`, async () => {
    const { body } = await person.get(jobPath).expect(200);
    return ['computed', 'failed', 'cancelled'].includes(String(body.state))
      ? (body as EndedJob)
      : null;
  });
}
