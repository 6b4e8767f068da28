import { civilDate } from '../calendar/civil-date.js';
import { fraction, ZERO } from '../money/fraction.js';
import type { Outcome } from '../outcomes/outcome.js';
import { sentenceOf } from './sentence.js';

const step = (name: string, why: string) => ({ step: name, before: '0', after: '0', why });
const outcome = (...steps: readonly ReturnType<typeof step>[]): Outcome => ({
  clause: '3',
  metric: 'job',
  occurrence: 'j1',
  outcomeOn: civilDate('2015-12-10'),
  quantity: fraction(1n),
  unit: 'claim',
  rateMinor: 10_000n,
  exactMinor: fraction(9_000n),
  cutMinor: ZERO,
  reason: null,
  finding: 'A job on 2015-12-10',
  steps,
  evidence: [],
});
const said = (...steps: readonly ReturnType<typeof step>[]) =>
  sentenceOf({
    outcome: outcome(...steps),
    currency: 'GBP',
    worthMinor: 9_000n,
    amountMinor: 9_000n,
    corrects: null,
    withheldMinor: 0n,
  });

describe('the sentence of a line', () => {
  const RULE = step('R1', '1 claim');

  it.each<[string, readonly ReturnType<typeof step>[], string]>([
    ['by the rule alone', [RULE], '1 claim at £100.00 = £90.00'],
    [
      'after the step that came last',
      [RULE, step('M5', 'less 20%'), step('M3', 'at most £90.00')],
      '1 claim at £100.00, £90.00 after M3: at most £90.00',
    ],
    [
      'by a rule that follows another, whose number has two digits',
      [RULE, step('R10', 'all conditions are met')],
      '1 claim at £100.00 = £90.00',
    ],
  ])('says what it is worth %s', (_how, steps, worth) =>
    expect(said(...steps)).toBe(`A job on 2015-12-10: ${worth} (clause 3).`),
  );
});
