import fc from 'fast-check';
import { addDays, civilDate } from '../calendar/civil-date.js';
import { compare, fraction, ONE, sum, ZERO } from '../money/fraction.js';
import type { Outcome } from '../outcomes/outcome.js';
import { aClauseContext } from '../../../test/support/clause.builder.js';
import { somebody } from '../../../test/support/record.builder.js';
import { composite, type CompositeRule } from './composite.js';

const outcome: fc.Arbitrary<Outcome> = fc
  .record({
    clause: fc.constantFrom('1', '2', '3'),
    days: fc.integer({ min: 0, max: 500 }),
    isMet: fc.boolean(),
  })
  .map(({ clause, days, isMet }) => ({
    clause,
    metric: 'm',
    occurrence: `${clause}-${days}`,
    outcomeOn: addDays(civilDate('2015-06-01'), days),
    quantity: isMet ? ONE : ZERO,
    unit: 'claim',
    rateMinor: 100n,
    exactMinor: isMet ? fraction(100n) : ZERO,
    cutMinor: ZERO,
    reason: isMet ? null : 'not-reached',
    finding: 'found',
    steps: [],
    evidence: [],
  }));
const outcomes = fc.uniqueArray(outcome, { selector: (o) => o.occurrence, maxLength: 8 });
const rule: fc.Arbitrary<CompositeRule> = fc
  .record({
    need: fc.constantFrom<CompositeRule['need']>('all', 'any', 1, 2, 3),
    withinMonths: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  })
  .map(({ need, withinMonths }) => ({
    type: 'R10',
    conditions: ['1', '2', '3'],
    need,
    ...(withinMonths === undefined ? {} : { withinMonths }),
    price: '1000.00',
    unit: 'result',
  }));

const weigh = (terms: CompositeRule, earlier: readonly Outcome[]) =>
  composite
    .open(terms, aClauseContext([], { levels: new Map([['1', 'participant']]) }))
    .weigh(somebody([]), true, earlier);
const total = (found: readonly Outcome[]) => sum(found.map(({ exactMinor }) => exactMinor));

describe('R10, whatever its clauses found', () => {
  it('pays once at most, and does not mind the order', () => {
    fc.assert(
      fc.property(rule, outcomes, (terms, earlier) => {
        const found = weigh(terms, earlier);
        expect(found.length).toBeLessThanOrEqual(1);
        expect(weigh(terms, [...earlier].reverse())).toEqual(found);
      }),
    );
  });

  it('never pays less because one more outcome came to light', () => {
    fc.assert(
      fc.property(rule, outcomes, outcome, (terms, earlier, more) => {
        fc.pre(earlier.every(({ occurrence }) => occurrence !== more.occurrence));
        expect(
          compare(total(weigh(terms, [...earlier, more])), total(weigh(terms, earlier))),
        ).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('never asks for fewer where time is limited', () => {
    fc.assert(
      fc.property(rule, outcomes, ({ withinMonths: _, ...unlimited }, earlier) => {
        const limited = { ...unlimited, withinMonths: 3 };
        expect(
          compare(total(weigh(unlimited, earlier)), total(weigh(limited, earlier))),
        ).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  const repeats: fc.Arbitrary<NonNullable<CompositeRule['repeats']>> = fc.oneof(
    fc.constant({ per: 'period' } as const),
    fc.integer({ min: 2, max: 4 }).map((times) => ({ per: 'contract', times }) as const),
  );

  it('that repeats, pays no oftener than it says and never twice for one result', () => {
    fc.assert(
      fc.property(rule, repeats, outcomes, (terms, often, earlier) => {
        const given = earlier.map((one) => ({ ...one, evidence: [one.occurrence] }));
        const found = weigh({ ...terms, repeats: often }, given);
        expect(weigh({ ...terms, repeats: often }, [...given].reverse())).toEqual(found);
        const paid = found.filter(({ reason }) => reason === null);
        const evidence = paid.flatMap((one) => one.evidence);
        expect(new Set(evidence).size).toBe(evidence.length);
        if (often.per === 'contract') expect(paid.length).toBeLessThanOrEqual(often.times);
        expect(new Set(found.map(({ occurrence }) => occurrence)).size).toBe(found.length);
      }),
    );
  });

  it('that repeats over the contract, pays at least what it would pay once', () => {
    fc.assert(
      fc.property(rule, outcomes, (terms, earlier) => {
        const again = weigh({ ...terms, repeats: { per: 'contract', times: 3 } }, earlier);
        expect(compare(total(again), total(weigh(terms, earlier)))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('that repeats, never pays less because one more outcome came to light', () => {
    fc.assert(
      fc.property(rule, repeats, outcomes, outcome, (terms, often, earlier, more) => {
        fc.pre(earlier.every(({ occurrence }) => occurrence !== more.occurrence));
        const given = { ...terms, repeats: often };
        expect(
          compare(total(weigh(given, [...earlier, more])), total(weigh(given, earlier))),
        ).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
