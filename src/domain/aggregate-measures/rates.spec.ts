import { aWording } from '../../../test/support/clause.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import { formatFraction } from '../money/fraction.js';
import type { Figure } from '../outcomes/contract-record.js';
import type { RateMetric } from '../outcomes/metric.js';
import { someRuleSurroundings } from '../../../test/support/clause.builder.js';
import { aMeasureContext, aRate, figure } from '../../../test/support/measure.builder.js';
import type { MeasuredValue } from './measure.js';
import { measureOf, type MeasureTerms } from './registry.js';

const TWO_DEFINITIONS = aRate({
  groups: ['all', 'deprived'],
  definitions: [
    { version: 'A', from: civilDate('2015-01-01'), numerator: 'x', denominator: 'y' },
    { version: 'B', from: civilDate('2015-07-01'), numerator: 'x', denominator: 'y' },
  ],
});

const RATE: MeasureTerms = { of: 'rate', metric: 'visits', group: 'all' };
const GAP: MeasureTerms = {
  of: 'gap',
  metric: 'visits',
  group: 'deprived',
  against: 'all',
  better: 'higher',
};
const CHANGE = {
  of: 'rate-change',
  metric: 'visits',
  group: 'all',
  baseline: {
    numerator: '18',
    denominator: '100',
    from: '2014-04-01',
    to: '2014-07-01',
    source: 'x',
  },
  better: 'higher',
} as unknown as Extract<MeasureTerms, { of: 'rate-change' }>;

const values = (terms: MeasureTerms, figures: readonly Figure[], metric: RateMetric = aRate()) =>
  measureOf(terms)
    .open(terms, aMeasureContext({ figures }, {}, [metric]))
    .values();
const inShort = ({ occurrence, outcomeOn, value, reason, n }: MeasuredValue) => [
  occurrence,
  outcomeOn,
  value === null ? null : formatFraction(value),
  reason,
  n,
];

describe('a rate', () => {
  it('is the latest version of each figure, on the last day of its span', () =>
    expect(
      values(RATE, [
        figure('2015-07-01', 90, 120),
        figure('2015-04-01', 60, 120, { version: 2 }),
        figure('2015-04-01', 30, 120),
      ]).map(inShort),
    ).toEqual([
      ['2015-04-01', '2015-06-30', '0.5', null, 120n],
      ['2015-07-01', '2015-09-30', '0.75', null, 120n],
    ]));

  it('says by which definition it was counted', () =>
    expect(values(RATE, [figure('2015-04-01', 60, 120)])[0]).toMatchObject({
      finding:
        'Visits on time was 50% (60 of 120, counted by definition 2015) between 2015-04-01 and 2015-06-30',
      evidence: ['visits/all/2015-04-01#1'],
      cohort: '*',
    }));

  it.each<[string, Figure, string]>([
    ['over nobody', figure('2015-04-01', 0, 0, { definition: 'A' }), 'too-few'],
    ['by a later definition', figure('2015-04-01', 1, 2, { definition: 'B' }), 'other-definition'],
    [
      'by an earlier definition',
      figure('2015-07-01', 1, 2, { definition: 'A' }),
      'other-definition',
    ],
    ['before any definition', figure('2014-07-01', 1, 2, { definition: 'A' }), 'other-definition'],
  ])('has no value %s', (_name, one, reason) => {
    const [found] = values(RATE, [one], TWO_DEFINITIONS);
    expect([found!.value, found!.reason]).toEqual([null, reason]);
  });

  it('says which definition it should have been counted by', () =>
    expect(
      values(RATE, [figure('2015-07-01', 1, 2, { definition: 'A' })], TWO_DEFINITIONS)[0]!.finding,
    ).toBe(
      'Visits on time was 1 of 2 between 2015-07-01 and 2015-09-30, counted by definition A, while definition B is in force',
    ));

  it('of nothing submitted has no line', () => expect(values(RATE, [])).toEqual([]));
});

describe('a gap between groups', () => {
  const deprived = (numerator: number, given: Partial<Figure> = {}) =>
    figure('2015-04-01', numerator, 80, {
      group: 'deprived',
      definition: 'A',
      ...(given as object),
    });
  const all = figure('2015-04-01', 60, 120, { definition: 'A' });

  it.each<[string, Figure[], (string | null)[]]>([
    ['behind', [deprived(30), all], ['-0.125', null]],
    ['level', [deprived(40), all], ['0', null]],
    ['ahead', [deprived(50), all], ['0.125', null]],
    ['without its counterpart', [deprived(30)], [null, 'no-result']],
    ['of which only the counterpart is there', [all], [null, 'no-result']],
    ['by another definition', [deprived(30, { definition: 'B' }), all], [null, 'other-definition']],
  ])('%s', (_name, figures, expected) => {
    const [found] = values(GAP, figures, TWO_DEFINITIONS);
    expect([found!.value && formatFraction(found!.value), found!.reason]).toEqual(expected);
  });

  it('says both rates and their difference, and rests on the smaller count', () => {
    const [found] = values(GAP, [deprived(30), all], TWO_DEFINITIONS);
    expect(found!.finding).toMatch(
      /was 37\.5% .*, and in group all 50% .*: a gap of -12\.5 percentage points$/,
    );
    expect(found!.n).toBe(80n);
    expect(found!.evidence).toHaveLength(2);
  });
});

describe('a change on a historic baseline', () => {
  it.each([
    ['higher' as const, 72, '0.54'],
    ['higher' as const, 18, '0'],
    ['lower' as const, 8, '0.1'],
    ['lower' as const, 28, '-0.1'],
  ])('where %s is better: %i of 100', (better, numerator, value) => {
    const [found] = values({ ...CHANGE, better }, [figure('2015-04-01', numerator, 100)]);
    expect(formatFraction(found!.value!)).toBe(value);
  });

  it('shows a baseline of another grain in every finding', () => {
    const baseline = { ...CHANGE.baseline, to: '2015-04-01' };
    const terms = { ...CHANGE, baseline, mixedGrain: 'shown' } as unknown as MeasureTerms;
    expect(values(terms, [figure('2015-04-01', 72, 100)])[0]!.finding).toContain(
      'against 18% (18 of 100) from 2014-04-01 up to 2015-04-01; the baseline covers one year, each figure one quarter',
    );
  });
});

describe('activation', () => {
  const year = { ...CHANGE.baseline, to: '2015-04-01' };
  it.each<[string, object, string[][]]>([
    ['an unknown metric', { ...RATE, metric: 'ucla' }, [['/metric', 'METRIC_UNKNOWN']]],
    ['an unknown group', { ...RATE, group: 'none' }, [['/group', 'GROUP_UNKNOWN']]],
    ['a gap to itself', { ...GAP, group: 'all' }, [['/against', 'SAME_GROUP']]],
    ['mixed grains', { ...CHANGE, baseline: year }, [['/baseline', 'GRAIN_MIXED']]],
    ['mixed grains that are shown', { ...CHANGE, baseline: year, mixedGrain: 'shown' }, []],
    [
      'an odd span',
      { ...CHANGE, baseline: { ...year, to: '2014-05-15' } },
      [['/baseline', 'GRAIN_MIXED']],
    ],
    [
      'a baseline over nobody',
      { ...CHANGE, baseline: { ...CHANGE.baseline, denominator: '0' } },
      [['/baseline/denominator', 'NOBODY_COUNTED']],
    ],
    [
      'a baseline that is no count',
      { ...CHANGE, baseline: { ...CHANGE.baseline, numerator: '-1' } },
      [['/baseline/numerator', 'NOT_A_COUNT']],
    ],
    [
      'a baseline that runs backward',
      { ...CHANGE, baseline: { ...CHANGE.baseline, to: '2014-01-01' }, mixedGrain: 'shown' },
      [['/baseline', 'DATES_BACKWARD']],
    ],
  ])('answers %s', (_name, terms, faults) =>
    expect(
      measureOf(terms as MeasureTerms)
        .problems(terms as MeasureTerms, someRuleSurroundings([TWO_DEFINITIONS]))
        .map(({ at, code }) => [at, code]),
    ).toEqual(faults),
  );

  it.each<[MeasureTerms, string]>([
    [RATE, 'the rate of Visits on time'],
    [
      GAP,
      'the rate of Visits on time in group deprived less that in group all, in percentage points (higher is better)',
    ],
    [
      CHANGE,
      'the improvement of the rate of Visits on time on 18 of 100 between 2014-04-01 and 2014-07-01, in percentage points (higher is better)',
    ],
  ])('reads aloud: %j', (terms, words) =>
    expect(measureOf(terms).inWords(terms, aWording(aMeasureContext().metrics))).toBe(words),
  );
});
