import fc from 'fast-check';
import { add, compare, fraction, parseFraction, sum, ZERO } from '../money/fraction.js';
import type { CohortOutcome } from '../outcomes/outcome.js';
import {
  aMeasureContext,
  figure,
  foundBy,
  scored,
  signed,
} from '../../../test/support/measure.builder.js';
import type { Rule } from './registry.js';

const MEAN = {
  of: 'mean-change',
  metric: 'ucla',
  timePoint: '6m',
  missing: 'exclude',
  over: 'cohort',
  cohorts: 'each',
} as const;
const MISSING = ['exclude', 'baseline-carried-forward', 'zero-change', 'floor'] as const;
const EFFECT = { of: 'effect', metric: 'reconvictions', cohorts: 'each', test: 'point' } as const;

/** A rule of each type on the mean of a cohort or on a signed effect. */
const BAND: Rule = {
  type: 'R5',
  measure: MEAN,
  floor: '0',
  ceiling: '3',
  pays: { by: 'each', price: '100.00' },
};
const TIERS: Rule = {
  type: 'R7',
  measure: MEAN,
  tiers: [
    { from: '0', to: '1', pays: { by: 'amount', amount: '10.00' } },
    { from: '1', to: '5/2', pays: { by: 'each', price: '20.00' } },
    { from: '5/2', pays: { by: 'each', price: '50.00' } },
  ],
};
const LINEAR: Rule = {
  type: 'R8',
  measure: MEAN,
  price: '10.00',
  floor: { in: 'value', value: '0' },
  ceiling: { in: 'money', amount: '500.00' },
};

const score = fc.option(fc.integer({ min: 3, max: 9 }), { freq: 4 });
const people = fc
  .array(fc.tuple(score, score, fc.boolean()), { maxLength: 12 })
  .map((all) => all.map(([from, to, counts], i) => [scored(`P-${i}`, from, to), counts] as const));
const missing = fc.constantFrom(...MISSING);
const rules = fc
  .tuple(fc.constantFrom(BAND, TIERS, LINEAR), missing)
  .map(([rule, how]) => ({ ...rule, measure: { ...MEAN, missing: how } }));
const worth = (outcomes: readonly CohortOutcome[]) => sum(outcomes.map((o) => o.exactMinor));
const CONTEXT = aMeasureContext();

describe('rules on the mean of a cohort', () => {
  it('find the same whoever is seen first, and the same again', () =>
    fc.assert(
      fc.property(rules, people, (rule, all) => {
        const found = foundBy(rule, CONTEXT, all);
        expect(foundBy(rule, CONTEXT, [...all].reverse())).toEqual(found);
        expect(foundBy(rule, CONTEXT, all)).toEqual(found);
      }),
    ));

  it('say why whenever they pay nothing, and never pay below nil', () =>
    fc.assert(
      fc.property(rules, people, (rule, all) => {
        for (const { exactMinor, reason, steps } of foundBy(rule, CONTEXT, all)) {
          expect(compare(exactMinor, ZERO)).toBeGreaterThanOrEqual(0);
          expect(reason !== null).toBe(exactMinor.numerator === 0n);
          expect(steps[0]!.why).not.toBe('');
        }
      }),
    ));

  it('count everybody as due or as excluded', () =>
    fc.assert(
      fc.property(rules, people, (rule, all) => {
        const { due, measured, late, missed, excluded } = foundBy(rule, CONTEXT, all)[0]!.followUp!;
        expect(due + excluded).toBe(all.length);
        expect(measured + late + missed).toBe(due);
      }),
    ));

  it('never pay less for a better score of somebody who counts', () =>
    fc.assert(
      fc.property(
        rules,
        people,
        fc.integer({ min: 3, max: 9 }),
        fc.integer({ min: 3, max: 9 }),
        (rule, all, from, to) => {
          const less = worth(foundBy(rule, CONTEXT, [...all, [scored('X', from, to), true]]));
          const better = Math.max(3, to - 1);
          const more = worth(foundBy(rule, CONTEXT, [...all, [scored('X', from, better), true]]));
          expect(compare(more, less)).toBeGreaterThanOrEqual(0);
        },
      ),
    ));

  it('by period, come to the same people as the cohort they divide', () =>
    fc.assert(
      fc.property(people, missing, (all, how) => {
        const n = (over: 'cohort' | 'period') =>
          foundBy({ ...LINEAR, measure: { ...MEAN, missing: how, over } }, CONTEXT, all)
            .map((o) => o.n!)
            .reduce((total, one) => total + one, 0n);
        expect(n('period')).toBe(n('cohort'));
      }),
    ));
});

const percent = fc.integer({ min: -2000, max: 3000 }).map((basis) => `${basis / 100}%`);
describe('a trigger with a pooled fallback', () => {
  const rule = (pays: object): Rule =>
    ({
      type: 'R6',
      metric: 'reconvictions',
      test: 'point',
      trigger: '10%',
      pooledTrigger: '7.5%',
      pays,
    }) as Rule;
  const cohorts = ['a', 'b', 'c'].map((id) => ({ ...CONTEXT.cohorts[0]!, id, label: id }));
  const effects = fc.tuple(percent, percent, percent, percent);

  it('pays no cohort twice, and all of them where the pooled effect passes', () =>
    fc.assert(
      fc.property(effects, ([a, b, c, pooled]) => {
        const results = [signed('a', a), signed('b', b), signed('c', c), signed('*', pooled)];
        const found = foundBy(
          rule({ by: 'cohort', amount: '1.00' }),
          aMeasureContext({ effects: results }, { cohorts }),
        );
        const reached = [a, b, c].filter(
          (e) => compare(parseFraction(e), parseFraction('10%')) >= 0,
        );
        const passes = compare(parseFraction(pooled), parseFraction('7.5%')) >= 0;
        expect(worth(found)).toEqual(fraction(BigInt(passes ? 3 : reached.length) * 100n));
      }),
    ));
});

describe('a ratio at the end of a period', () => {
  const points: Rule = {
    type: 'R11',
    measure: { of: 'rate', metric: 'visits', group: 'all' },
    pays: { by: 'point', pass: 'above', threshold: '50%', price: '1.00', points: 'exact' },
  };
  const units: Rule = { ...points, pays: { by: 'unit', price: '3.00' } };
  const paid = (rule: Rule, figures: readonly (readonly [string, number, number])[]) =>
    worth(
      foundBy(
        rule,
        aMeasureContext({ figures: figures.map(([from, a, b]) => figure(from, a, b)) }),
      ),
    );

  it('never pays less for one more of the same denominator', () =>
    fc.assert(
      fc.property(fc.constantFrom(points, units), fc.nat(98), (rule, numerator) => {
        const [less, more] = [numerator, numerator + 1].map((count) =>
          paid(rule, [['2015-04-01', count, 99]]),
        );
        expect(compare(more!, less!)).toBeGreaterThanOrEqual(0);
      }),
    ));

  it('by units pays the same for two spans as for both together', () =>
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), (first, second) => {
        const apart = paid(units, [
          ['2015-04-01', first, 60],
          ['2015-07-01', second, 60],
        ]);
        expect(apart).toEqual(
          add(paid(units, [['2015-04-01', first, 60]]), paid(units, [['2015-07-01', second, 60]])),
        );
        expect(apart).toEqual(paid(units, [['2015-04-01', first + second, 120]]));
      }),
    ));

  it('never changes with the order of its figures', () =>
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['2015-04-01', '2015-07-01', '2015-10-01', '2016-01-01']),
        (spans) => {
          const figures = (order: readonly string[]) => order.map((from) => figure(from, 70, 100));
          const found = (order: readonly string[]) =>
            foundBy(points, aMeasureContext({ figures: figures(order) }));
          expect(found(spans)).toEqual(found([...spans].sort()));
        },
      ),
    ));
});

it('a price for each who counts is multiplied by no more than counts', () =>
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 70n }), percent, (n, value) => {
      const rule: Rule = {
        type: 'R7',
        measure: EFFECT,
        tiers: [{ from: '0', pays: { by: 'each', price: '1.00' } }],
      };
      const [found] = foundBy(rule, aMeasureContext({ effects: [signed('all', value, { n })] }));
      const reached = compare(parseFraction(value), ZERO) >= 0;
      expect(found!.exactMinor).toEqual(reached ? fraction(n * 100n) : ZERO);
    }),
  ));
