import fc from 'fast-check';
import { compare, sum } from '../money/fraction.js';
import type { Observation } from '../outcomes/participant-facts.js';
import { aClauseContext } from '../../../test/support/clause.builder.js';
import { score, somebody } from '../../../test/support/record.builder.js';
import { UCLA } from '../../../test/support/ucla.metric.js';
import { personThreshold, type PersonThresholdRule } from './person-threshold.js';
import { WAVE_RULE_IDS } from './waves/registry.js';

const value = fc.integer({ min: 3, max: 9 }).map(String);
const observations = fc
  .tuple(fc.option(value), fc.option(value), fc.option(value))
  .map(([baseline, six, eighteen]) => [
    ...(baseline === null ? [] : [score('baseline', '2015-06-02', baseline)]),
    ...(six === null ? [] : [score('6m', '2015-12-10', six)]),
    ...(eighteen === null ? [] : [score('18m', '2016-12-10', eighteen)]),
  ]);
const rule: fc.Arbitrary<PersonThresholdRule> = fc.record({
  type: fc.constant('R3' as const),
  metric: fc.constant('ucla'),
  price: fc.integer({ min: 0, max: 1_000_000 }).map((n) => `${n}`),
  threshold: fc.oneof(
    fc.record({ kind: fc.constant('change' as const), points: fc.constantFrom('1', '2', '3') }),
    fc.record({ kind: fc.constant('level' as const), value, notAtBaseline: fc.boolean() }),
  ),
  timePoints: fc.constant(['6m', '18m']),
  waves: fc.constantFrom(...WAVE_RULE_IDS),
  unit: fc.constant('result'),
});

const weigh = (terms: PersonThresholdRule, seen: readonly Observation[]) =>
  personThreshold.open(terms, aClauseContext([UCLA])).weigh(somebody(seen), true, []);
const total = (outcomes: ReturnType<typeof weigh>) =>
  sum(outcomes.map(({ exactMinor }) => exactMinor));

describe('R3, whatever is measured', () => {
  it('pays nothing without a reason, and gives a reason wherever it pays nothing', () => {
    fc.assert(
      fc.property(rule, observations, (terms, seen) => {
        for (const { exactMinor, reason } of weigh(terms, seen))
          expect(exactMinor.numerator > 0n).toBe(reason === null);
      }),
    );
  });

  it('does not mind the order of observations, and says the same twice', () => {
    fc.assert(
      fc.property(rule, observations, (terms, seen) => {
        expect(weigh(terms, [...seen].reverse())).toEqual(weigh(terms, seen));
        expect(weigh(terms, seen)).toEqual(weigh(terms, seen));
      }),
    );
  });

  it('never pays less because one more follow-up came to light', () => {
    fc.assert(
      fc.property(rule, observations, fc.constantFrom('6m', '18m'), (terms, seen, point) => {
        const without = seen.filter(({ occurrence }) => occurrence !== point);
        expect(
          compare(total(weigh(terms, seen)), total(weigh(terms, without))),
        ).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
