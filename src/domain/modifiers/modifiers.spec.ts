import { civilDate } from '../calendar/civil-date.js';
import { formatFraction, fraction, ONE, ZERO } from '../money/fraction.js';
import type { Outcome, Reason } from '../outcomes/outcome.js';
import {
  aModifierContext,
  someModifierSurroundings,
  aWording,
} from '../../../test/support/clause.builder.js';
import { period, somebody } from '../../../test/support/record.builder.js';
import type { ModifierContext } from './modifier.js';
import { modifierOf, type ModifierTerms } from './registry.js';

/** An outcome of so many pounds; a reason makes it one that pays nothing. */
const outcome = (
  occurrence: string,
  on: string,
  pounds: number,
  given: Partial<Outcome> = {},
): Outcome => ({
  clause: '2',
  metric: 'job',
  occurrence,
  outcomeOn: civilDate(on),
  quantity: ONE,
  unit: 'claim',
  rateMinor: BigInt(pounds) * 100n,
  exactMinor: fraction(BigInt(pounds) * 100n),
  cutMinor: ZERO,
  reason: null,
  finding: 'A job',
  steps: [],
  evidence: [],
  ...given,
});

const CONTEXT = aModifierContext({
  periods: [period('Q1', '2015-01-01', '2015-04-01'), period('Q2', '2015-04-01', '2015-07-01')],
});

const apply = (
  terms: ModifierTerms,
  outcomes: readonly Outcome[],
  context: Partial<ModifierContext> = {},
) =>
  modifierOf(terms)
    .apply(terms, outcomes, { ...CONTEXT, ...context })
    .map(({ occurrence, exactMinor, cutMinor, reason }) => [
      occurrence,
      Number(formatFraction(exactMinor)) / 100,
      Number(formatFraction(cutMinor)) / 100,
      reason,
    ]);
type Row = [string, number, number, Reason | null];

describe('M1, who is paid for', () => {
  const only = { type: 'M1', only: { attribute: 'age', min: 65 } } as const;
  it.each([
    [64, 0, 'ineligible'],
    [65, 100, null],
  ])('somebody of %i brings in £%i', (age, pounds, reason) => {
    const facts = somebody([], { attributes: { age } });
    expect(apply(only, [outcome('a', '2015-01-05', 100)], { facts })).toEqual([
      ['a', pounds, 0, reason],
    ]);
  });

  it('pays nobody whose attribute was not given', () => {
    const facts = somebody([], { attributes: {} });
    expect(apply(only, [outcome('a', '2015-01-05', 100)], { facts })).toEqual([
      ['a', 0, 0, 'ineligible'],
    ]);
  });
});

describe('M1, who is counted in a cohort', () => {
  it.each([
    [64, true],
    [65, false],
  ])('somebody of %i is left out: %s', (age, leftOut) => {
    const only: ModifierTerms = { type: 'M1', only: { attribute: 'age', min: 65 } };
    const facts = somebody([], { attributes: { age } });
    expect(modifierOf(only).excludes!(only, facts)).toBe(leftOut);
  });
});

describe('M2, how often', () => {
  const a = outcome('a', '2015-01-05', 100);
  const b = outcome('b', '2015-02-05', 100);
  const c = outcome('c', '2015-05-05', 100);
  const declined = outcome('d', '2015-01-01', 0, { reason: 'declined' });
  const nil = outcome('n', '2015-01-01', 0, { reason: 'price-is-nil' });
  const M2 = (times: number, more: object = {}) =>
    ({ type: 'M2', per: 'contract', times, ...more }) as ModifierTerms;

  it.each<[string, ModifierTerms, Outcome[], Row[]]>([
    [
      'once',
      M2(1),
      [a, b, c],
      [
        ['a', 100, 0, null],
        ['b', 0, 0, 'already-paid'],
        ['c', 0, 0, 'already-paid'],
      ],
    ],
    [
      'once, the earliest, in whatever order they come',
      M2(1),
      [c, b, a],
      [
        ['a', 100, 0, null],
        ['b', 0, 0, 'already-paid'],
        ['c', 0, 0, 'already-paid'],
      ],
    ],
    [
      'twice',
      M2(2),
      [a, b, c],
      [
        ['a', 100, 0, null],
        ['b', 100, 0, null],
        ['c', 0, 0, 'already-paid'],
      ],
    ],
    [
      'once in each window',
      M2(1, { per: 'period' }),
      [a, b, c],
      [
        ['a', 100, 0, null],
        ['b', 0, 0, 'already-paid'],
        ['c', 100, 0, null],
      ],
    ],
    [
      'once, where one was refused',
      M2(1),
      [declined, a],
      [
        ['d', 0, 0, 'declined'],
        ['a', 100, 0, null],
      ],
    ],
    [
      'once, where the first carried no price',
      M2(1),
      [nil, a],
      [
        ['n', 0, 0, 'price-is-nil'],
        ['a', 0, 0, 'already-paid'],
      ],
    ],
  ])('%s', (_name, terms, outcomes, rows) => expect(apply(terms, outcomes)).toEqual(rows));

  const paidOn = (on: string, pounds = 50) => [outcome('x', on, pounds, { clause: '1' })];
  it.each<[string, Outcome[], number]>([
    ['has not paid', [], 0],
    ['paid the day before', paidOn('2015-01-04'), 100],
    ['paid on the same day', paidOn('2015-01-05'), 100],
    ['paid the day after', paidOn('2015-01-06'), 0],
    ['found an outcome that paid nothing', paidOn('2015-01-04', 0), 0],
    ['is another one', [outcome('x', '2015-01-04', 50, { clause: '3' })], 0],
  ])('after a clause that %s', (_name, earlier, pounds) => {
    const reason = pounds === 0 ? 'earlier-outcome-not-paid' : null;
    expect(apply(M2(1, { afterPaid: '1' }), [a], { earlier })).toEqual([['a', pounds, 0, reason]]);
  });

  it('counts what lies in no window together', () => {
    const early = [outcome('x', '2014-01-05', 100), outcome('y', '2014-06-05', 100)];
    expect(apply(M2(1, { per: 'period' }), [...early, a])).toEqual([
      ['x', 100, 0, null],
      ['y', 0, 0, 'already-paid'],
      ['a', 100, 0, null],
    ]);
  });

  it('does not use up a claim that had to wait', () => {
    const rows = apply(M2(1, { afterPaid: '1' }), [a, b], { earlier: paidOn('2015-02-01') });
    expect(rows).toEqual([
      ['a', 0, 0, 'earlier-outcome-not-paid'],
      ['b', 100, 0, null],
    ]);
  });
});

describe('M3, the most for one participant', () => {
  const M3 = (amount: string): ModifierTerms => ({ type: 'M3', amount });
  const a = outcome('a', '2015-01-05', 100);
  const b = outcome('b', '2015-02-05', 100);
  it.each<[string, string, Outcome[], Row[]]>([
    [
      'not reached',
      '200.00',
      [a, b],
      [
        ['a', 100, 0, null],
        ['b', 100, 0, null],
      ],
    ],
    [
      'reached within the second',
      '150.00',
      [a, b],
      [
        ['a', 100, 0, null],
        ['b', 50, 50, 'participant-cap'],
      ],
    ],
    [
      'reached by the first',
      '100.00',
      [b, a],
      [
        ['a', 100, 0, null],
        ['b', 0, 100, 'participant-cap'],
      ],
    ],
    ['nil', '0.00', [a], [['a', 0, 100, 'participant-cap']]],
    [
      'net, with room made by a loss',
      '100.00',
      [outcome('w', '2015-01-01', -60), a, b],
      [
        ['w', -60, 0, null],
        ['a', 100, 0, null],
        ['b', 60, 40, 'participant-cap'],
      ],
    ],
  ])('%s', (_name, amount, outcomes, rows) => expect(apply(M3(amount), outcomes)).toEqual(rows));

  it('cuts off nothing of what another step takes away altogether', () => {
    const capped = modifierOf(M3('100.00')).apply(M3('100.00'), [a, b], CONTEXT);
    const once: ModifierTerms = { type: 'M2', times: 1, per: 'contract' };
    const facts = somebody([], { attributes: { age: 20 } });
    const only: ModifierTerms = { type: 'M1', only: { attribute: 'age', min: 65 } };
    expect(apply(only, capped, { facts })).toEqual([
      ['a', 0, 0, 'ineligible'],
      ['b', 0, 0, 'ineligible'],
    ]);
    expect(apply(once, capped)[0]).toEqual(['a', 100, 0, null]);
  });
});

describe('a step', () => {
  const [a, b] = [outcome('a', '2015-01-05', 100), outcome('b', '2015-02-05', 100)];
  const young = somebody([], { attributes: { age: 20 } });
  const lastStep = (terms: ModifierTerms) =>
    modifierOf(terms)
      .apply(terms, [a, b], { ...CONTEXT, facts: young })
      .at(-1)!.steps;
  it.each<[ModifierTerms, string, string]>([
    [
      { type: 'M1', only: { attribute: 'age', min: 65 } },
      'M1',
      'pays only where age is 65 or more',
    ],
    [{ type: 'M2', times: 1, per: 'contract' }, 'M2', 'at most 1 for each participant'],
    [{ type: 'M2', times: 1, per: 'contract', afterPaid: '1' }, 'M2', 'clause 1 has not paid yet'],
  ])('%j takes all of it away and says why', (terms, step, why) =>
    expect(lastStep(terms)).toEqual([{ step, before: '10000', after: '0', why }]),
  );
});

describe('every modifier', () => {
  const surroundings = someModifierSurroundings({
    clauseIds: ['1', '2', '9'],
    earlierClauses: new Map([
      ['1', 'participant'],
      ['2', 'cohort'],
    ]),
  });
  it.each<[ModifierTerms, string, string]>([
    [
      { type: 'M1', only: { attribute: 'height', min: 1 } },
      '/only/attribute',
      'ATTRIBUTE_UNDECLARED',
    ],
    [{ type: 'M2', times: 1, per: 'contract', afterPaid: '9' }, '/afterPaid', 'CLAUSE_NOT_ABOVE'],
    [{ type: 'M2', times: 1, per: 'contract', afterPaid: '8' }, '/afterPaid', 'CLAUSE_UNKNOWN'],
    [{ type: 'M2', times: 1, per: 'contract', afterPaid: '2' }, '/afterPaid', 'CLAUSE_OF_COHORT'],
    [{ type: 'M3', amount: '-1.00' }, '/amount', 'CAP_NEGATIVE'],
    [{ type: 'M3', amount: '0.005' }, '/amount', 'NOT_AN_AMOUNT'],
  ])('%j is refused at %s', (terms, at, code) => {
    expect(
      modifierOf(terms)
        .problems(terms, surroundings)
        .map((fault) => [fault.at, fault.code]),
    ).toEqual([[at, code]]);
  });

  it.each<[ModifierTerms, string]>([
    [{ type: 'M1', only: { attribute: 'age', min: 65 } }, 'only where age is 65 or more'],
    [{ type: 'M2', times: 1, per: 'contract' }, 'at most once for each participant'],
    [
      { type: 'M2', times: 3, per: 'period' },
      'at most 3 times for each participant in each claim window',
    ],
    [
      { type: 'M2', times: 1, per: 'contract', afterPaid: '1' },
      'at most once for each participant, and only after clause 1 has paid',
    ],
    [{ type: 'M3', amount: '2640.00' }, 'at most £2,640.00 for each participant'],
  ])('%j reads: %s', (terms, words) =>
    expect(modifierOf(terms).inWords(terms, aWording())).toBe(words),
  );
});
