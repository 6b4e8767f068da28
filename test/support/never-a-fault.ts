import { problemIn } from './problem.js';
import type { Response } from 'supertest';

const INSIDE =
  /node_modules|\.[jt]s:\d+|\bat \w+ \(|SELECT |select .* from |QueryFailedError|ECONN/;

/** What holds of every answer to a bad request: no fault of the service, nothing of its inside, and a problem document. */
export function refusedWell(response: Response, what: string): string {
  expect([what, response.text]).toEqual([what, expect.not.stringMatching(INSIDE)]);
  if (response.status < 400 || response.status >= 500)
    throw new Error(`${what}: answered ${response.status} ${response.text.slice(0, 300)}`);
  return problemIn(response).code;
}
