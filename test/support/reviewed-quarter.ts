import { aContract, compute, type TestApp, type TestContract } from './harness.js';

/** The trial's last quarter of 2015, computed; what its lines come to is worked by hand below. */
export interface ReviewedQuarter extends TestContract {
  /** Number of the computation that has the lines. */
  readonly computation: number;
}

/**
 * Four people start on 2 June 2015 and are measured again on 10 December: P-1 gains two points (£1,320.00), P-2 one point
 * (£660.00), P-3 none (nothing is payable), P-4 three points (£1,980.00). In all £3,960.00, split 3:2 between the council
 * (£2,376.00) and the fund (£1,584.00).
 */
export const AFTER_SIX_MONTHS = {
  'P-1': [8, 6],
  'P-2': [7, 6],
  'P-3': [6, 6],
  'P-4': [9, 6],
} as const;

/** A contract in force with those four people, and its quarters computed up to the one that pays. */
export async function aReviewedQuarter(
  service: TestApp,
  code: string,
  terms: Readonly<Record<string, unknown>> = {},
): Promise<ReviewedQuarter> {
  const people = Object.entries(AFTER_SIX_MONTHS);
  const contract = await aContract()
    .withTerms({ ...terms, code })
    .withParticipants(...people.map(([reference]) => ({ reference, startedOn: '2015-06-02' })))
    .withScores(
      ...people.flatMap(([reference, [baseline, later]]) => [
        { reference, timePoint: 'baseline', measuredOn: '2015-06-02', score: baseline },
        { reference, timePoint: '6m', measuredOn: '2015-12-10', score: later },
      ]),
    )
    .in(service);
  let number = 0;
  for (const period of ['2015-Q2', '2015-Q3', '2015-Q4']) {
    const ended = await compute(contract.provider, contract.path, period);
    if (ended.state !== 'computed') throw new Error(`${period} is ${ended.state}`);
    number = ended['number'] as number;
  }
  return { ...contract, computation: number };
}
