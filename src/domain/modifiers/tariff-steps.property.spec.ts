import fc from 'fast-check';
import { addDays, civilDate } from '../calendar/civil-date.js';
import { compare, fraction, ONE, sum, ZERO } from '../money/fraction.js';
import type { Outcome } from '../outcomes/outcome.js';
import { aModifierContext } from '../../../test/support/clause.builder.js';
import { event, somebody } from '../../../test/support/record.builder.js';
import { modifierOf, type ModifierTerms } from './registry.js';

const START = civilDate('2015-06-01');
const outcome = (occurrence: string, days: number, minor: bigint): Outcome => ({
  clause: '2',
  metric: 'job',
  occurrence,
  outcomeOn: addDays(START, days),
  quantity: ONE,
  unit: 'claim',
  rateMinor: minor,
  exactMinor: fraction(minor),
  cutMinor: ZERO,
  reason: minor === 0n ? 'not-reached' : null,
  finding: 'A job',
  steps: [],
  evidence: [],
});
const outcomes = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.bigInt({ min: 0n, max: 10n ** 12n })), {
    maxLength: 5,
  })
  .map((list) => list.map(([days, minor], i) => outcome(`o${i}`, days, minor)));
const events = fc
  .array(fc.integer({ min: 0, max: 500 }), { maxLength: 4 })
  .map((list) => list.map((days, i) => event('return', `r${i}`, addDays(START, days))));
const percent = fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`);
const groups = fc.array(
  fc.record({
    only: fc.integer({ min: 18, max: 90 }).map((min) => ({ attribute: 'age', min })),
    percent,
  }),
  { minLength: 1, maxLength: 3 },
);
const indexed = fc
  .integer({ min: 1, max: 300 })
  .map((base): ModifierTerms => ({ type: 'indexation', index: 'cpi', base: `${base}` }));
const scaling: fc.Arbitrary<ModifierTerms> = fc.oneof(
  fc.record({ type: fc.constant('M5' as const), percent, groups }),
  fc.record({ type: fc.constant('M7' as const), groups }),
  indexed,
);
const reversal: fc.Arbitrary<ModifierTerms> = fc.record({
  type: fc.constant('M9' as const),
  reversedBy: fc.constant('return'),
  withinMonths: fc.integer({ min: 1, max: 18 }),
  share: percent,
  takesBack: fc.constantFrom('latest' as const, 'all' as const),
});

const CONTEXT = aModifierContext({
  indices: new Map([
    [
      'cpi',
      [
        { from: '2015-04-01', value: '100' },
        { from: '2016-01-01', value: '107.3' },
      ],
    ],
  ]),
});
const run = (terms: ModifierTerms, given: readonly Outcome[], seen = somebody([])) =>
  modifierOf(terms).apply(terms, given, { ...CONTEXT, facts: seen });
const total = (list: readonly Outcome[]) => sum(list.map(({ exactMinor }) => exactMinor));
const byName = (list: readonly Outcome[]) =>
  [...list].sort((a, b) => (a.occurrence < b.occurrence ? -1 : 1));

describe('M5, M7 and indexation, whatever they are told', () => {
  it('keep every outcome, give its worth a step, and do not mind the order', () => {
    fc.assert(
      fc.property(scaling, outcomes, (terms, given) => {
        const found = run(terms, given);
        expect(found.map(({ occurrence }) => occurrence)).toEqual(given.map((o) => o.occurrence));
        for (const [i, one] of found.entries())
          if (compare(one.exactMinor, given[i]!.exactMinor) !== 0)
            expect(one.steps.length).toBe(given[i]!.steps.length + 1);
        expect(byName(run(terms, [...given].reverse()))).toEqual(byName(found));
      }),
    );
  });

  it('never pay less because one more outcome came to light', () => {
    fc.assert(
      fc.property(
        scaling,
        outcomes,
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        (terms, given, minor) => {
          const more = [...given, outcome('more', 100, minor)];
          expect(compare(total(run(terms, more)), total(run(terms, given)))).toBeGreaterThanOrEqual(
            0,
          );
        },
      ),
    );
  });
});

describe('M9, whatever is reversed', () => {
  it('never takes back more of a result than it was worth', () => {
    fc.assert(
      fc.property(reversal, outcomes, events, (terms, given, seen) => {
        const found = run(terms, given, somebody(seen));
        for (const { occurrence } of given) {
          const own = found.filter((o) => o.occurrence === occurrence || o.reverses === occurrence);
          expect(compare(total(own), ZERO)).toBeGreaterThanOrEqual(0);
        }
        for (const { reverses, reason, exactMinor } of found)
          if (reverses !== undefined)
            expect([reason, compare(exactMinor, ZERO) <= 0]).toEqual(['reversed', true]);
      }),
    );
  });

  it('does not mind the order of results or events, and adds nothing when applied again', () => {
    fc.assert(
      fc.property(reversal, outcomes, events, (terms, given, seen) => {
        const found = run(terms, given, somebody(seen));
        const turned = run(terms, [...given].reverse(), somebody([...seen].reverse()));
        expect(byName(turned)).toEqual(byName(found));
        expect(run(terms, found, somebody(seen))).toEqual(found);
      }),
    );
  });
});
