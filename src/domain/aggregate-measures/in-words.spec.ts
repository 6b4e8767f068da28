import { aWording } from '../../../test/support/clause.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import { parseFraction } from '../money/fraction.js';
import { someRuleSurroundings } from '../../../test/support/clause.builder.js';
import {
  aMeasureContext,
  aRate,
  CONVICTION,
  EFFECT,
  figure,
  signed,
  UCLA,
} from '../../../test/support/measure.builder.js';
import { measureOf, measureSchema } from './registry.js';

const MEAN = { of: 'mean-change', metric: 'ucla', timePoint: '6m', missing: 'exclude' };
const SIGNED = { of: 'effect', metric: 'reconvictions' };
const RATE = { of: 'rate', metric: 'visits' };
const GAP = { of: 'gap', metric: 'visits', group: 'poor', against: 'all', better: 'higher' };
const CHANGE = {
  of: 'rate-change',
  metric: 'visits',
  baseline: {
    numerator: '18',
    denominator: '100',
    from: '2014-04-01',
    to: '2014-07-01',
    source: 'x',
  },
  better: 'higher',
};
const ARMS = {
  of: 'arm-difference',
  attribute: 'treated',
  treated: true,
  comparison: false,
  counts: { what: 'events', metric: 'conviction', months: 12, per: 'participant', better: 'lower' },
  as: 'difference',
};
const VISITS = aRate({ groups: ['all', 'poor'] });
const METRICS = [UCLA, EFFECT, CONVICTION, VISITS];
const AROUND = someRuleSurroundings(METRICS, {
  attributes: { treated: { type: 'yes-no', label: 'Treated' } },
});
const metrics = AROUND.metrics;

describe('every measure', () => {
  it.each<[object, string]>([
    [
      { ...MEAN, over: 'cohort' },
      'the mean improvement in UCLA at 6m of each cohort (those without one are left out; settled when the last window has closed)',
    ],
    [
      { ...MEAN, metric: 'x', over: 'period', cohorts: 'together' },
      'the mean improvement in x at 6m of all cohorts together (those without one are left out; settled in each period for those whose follow-up fell in it)',
    ],
    [SIGNED, 'the signed result for Reduction in reconvictions of each cohort'],
    [
      { ...SIGNED, metric: 'x', cohorts: 'pooled', test: 'lower-bound' },
      'the lower bound of the signed result for x of all cohorts pooled',
    ],
    [RATE, 'the rate of Visits on time'],
    [{ ...RATE, metric: 'x', group: 'poor' }, 'the rate of x in group poor'],
    [
      GAP,
      'the rate of Visits on time in group poor less that in group all, in percentage points (higher is better)',
    ],
    [
      { ...GAP, metric: 'x' },
      'the rate of x in group poor less that in group all, in percentage points (higher is better)',
    ],
    [
      CHANGE,
      'the improvement of the rate of Visits on time on 18 of 100 between 2014-04-01 and 2014-07-01, in percentage points (higher is better)',
    ],
    [
      { ...CHANGE, metric: 'x', group: 'poor' },
      'the improvement of the rate of x in group poor on 18 of 100 between 2014-04-01 and 2014-07-01, in percentage points (higher is better)',
    ],
    [
      ARMS,
      'the improvement in Conviction of those whose treated is true against those whose treated is false, of each cohort',
    ],
    [
      { ...ARMS, as: 'relative', cohorts: 'together', counts: { ...ARMS.counts, metric: 'x' } },
      'the relative reduction in x of those whose treated is true against those whose treated is false, of all cohorts together',
    ],
  ])('%j reads aloud', (given, words) => {
    const terms = measureSchema.parse(given);
    expect(measureOf(terms).inWords(terms, aWording(metrics))).toBe(words);
  });

  it.each<[object, string, string[]]>([
    [{ ...MEAN, over: 'cohort' }, '0.69', ['ucla']],
    [SIGNED, '69%', ['reconvictions']],
    [RATE, '69%', ['visits']],
    [GAP, '69 percentage points', ['visits']],
    [CHANGE, '69 percentage points', ['visits']],
    [ARMS, '0.69', ['conviction']],
    [{ ...ARMS, as: 'relative' }, '69%', ['conviction']],
  ])('%j writes its value and names its metrics', (given, words, names) => {
    const terms = measureSchema.parse(given);
    expect(measureOf(terms).valueInWords(terms, parseFraction('0.69'), { metrics })).toBe(words);
    expect(measureOf(terms).metrics(terms)).toEqual(names);
  });

  it.each<[object, string[]]>([
    [
      { ...MEAN, over: 'cohort', metric: 'visits' },
      ['/metric METRIC_UNKNOWN "visits" is not a score metric of these terms.'],
    ],
    [
      { ...MEAN, over: 'cohort', timePoint: '9m' },
      ['/timePoint TIME_POINT_UNKNOWN "9m" is not a time point of ucla.'],
    ],
    [
      { ...MEAN, over: 'cohort', timePoint: 'baseline' },
      [
        '/timePoint BASELINE_PAID The baseline is what others are compared with; it cannot be paid.',
      ],
    ],
    [
      { ...SIGNED, metric: 'x' },
      ['/metric METRIC_UNKNOWN "x" is not an effect metric of these terms.'],
    ],
    [
      { ...GAP, group: 'poor', against: 'poor' },
      ['/against SAME_GROUP There is no gap between "poor" and itself. Name another group.'],
    ],
    [
      { ...GAP, group: 'x', against: 'y' },
      [
        '/group GROUP_UNKNOWN Visits on time is not counted for the group "x". Its groups are all, poor.',
        '/against GROUP_UNKNOWN Visits on time is not counted for the group "y". Its groups are all, poor.',
      ],
    ],
    [
      { ...CHANGE, group: 'x' },
      [
        '/group GROUP_UNKNOWN Visits on time is not counted for the group "x". Its groups are all, poor.',
      ],
    ],
    [
      { ...CHANGE, metric: 'x' },
      ['/metric METRIC_UNKNOWN "x" is not a rate metric of these terms.'],
    ],
    [
      { ...CHANGE, baseline: { ...CHANGE.baseline, numerator: '-1', denominator: 'x' } },
      [
        '/baseline/numerator NOT_A_COUNT "-1" is not a count. Write digits, such as 18.',
        '/baseline/denominator NOT_A_COUNT "x" is not a count. Write digits, such as 18.',
      ],
    ],
    [
      { ...CHANGE, baseline: { ...CHANGE.baseline, denominator: '0' } },
      [
        '/baseline/denominator NOBODY_COUNTED A baseline over nobody has no rate. Give the denominator.',
      ],
    ],
    [
      { ...CHANGE, mixedGrain: 'shown', baseline: { ...CHANGE.baseline, to: '2014-04-01' } },
      [
        '/baseline DATES_BACKWARD The baseline ends on 2014-04-01, which is not after it begins on 2014-04-01.',
      ],
    ],
    [
      { ...CHANGE, baseline: { ...CHANGE.baseline, to: '2015-04-01' } },
      [
        '/baseline GRAIN_MIXED The baseline covers one year, but Visits on time is counted by the quarter. Compare like with like, or write mixedGrain: shown so that every line says so.',
      ],
    ],
    [
      { ...CHANGE, baseline: { ...CHANGE.baseline, to: '2014-05-02' } },
      [
        '/baseline GRAIN_MIXED The baseline covers 2014-04-01 up to 2014-05-02, but Visits on time is counted by the quarter. Compare like with like, or write mixedGrain: shown so that every line says so.',
      ],
    ],
    [
      { ...ARMS, counts: { ...ARMS.counts, metric: 'ucla' } },
      ['/counts/metric METRIC_UNKNOWN "ucla" is not an event metric of these terms.'],
    ],
    [
      { ...ARMS, counts: { ...ARMS.counts, metric: 'x' } },
      ['/counts/metric METRIC_UNKNOWN "x" is not an event metric of these terms.'],
    ],
    [
      { ...ARMS, comparison: true },
      [
        '/comparison SAME_ARM The treated and those they are compared with have the same value. Tell them apart.',
      ],
    ],
    [
      {
        ...ARMS,
        as: 'relative',
        counts: { what: 'mean-change', metric: 'ucla', timePoint: '6m', missing: 'exclude' },
      },
      [
        '/as RELATIVE_OF_A_CHANGE A change may be nought or negative, so nothing is relative to it. Write difference.',
      ],
    ],
  ])('%j is refused in sentences', (given, sentences) => {
    const terms = measureSchema.parse(given);
    expect(
      measureOf(terms)
        .problems(terms, AROUND)
        .map(({ at, code, detail }) => [at, code, detail].join(' ')),
    ).toEqual(sentences);
  });

  const Q2 = civilDate('2015-04-01');
  const FIGURES = [figure(Q2, 86, 100), figure(Q2, 40, 50, { group: 'poor' })];
  it.each<[object, string | undefined, bigint | undefined]>([
    [
      { ...RATE, group: 'poor' },
      'Visits on time in group poor was 80% (40 of 50, counted by definition 2015) between 2015-04-01 and 2015-06-30',
      50n,
    ],
    [
      { ...CHANGE, group: 'poor' },
      'Visits on time in group poor was 80% (40 of 50, counted by definition 2015) between 2015-04-01 and 2015-06-30, against 18% (18 of 100) from 2014-04-01 up to 2014-07-01: an improvement of 62 percentage points',
      50n,
    ],
    [
      CHANGE,
      'Visits on time was 86% (86 of 100, counted by definition 2015) between 2015-04-01 and 2015-06-30, against 18% (18 of 100) from 2014-04-01 up to 2014-07-01: an improvement of 68 percentage points',
      100n,
    ],
    [
      SIGNED,
      'Reduction in reconvictions of Everyone was 8.4% over 1000 treated, as signed on 2016-03-01 (version 1)',
      1000n,
    ],
    [
      { ...SIGNED, test: 'lower-bound' },
      'Reduction in reconvictions of Everyone was 8.4%, no lower bound over 1000 treated, as signed on 2016-03-01 (version 1)',
      1000n,
    ],
    [
      { ...SIGNED, cohorts: 'pooled' },
      'No result for Reduction in reconvictions of all cohorts was delivered',
      0n,
    ],
  ])('%j says what was found', (given, finding, n) => {
    const terms = measureSchema.parse(given);
    const context = aMeasureContext({ figures: FIGURES, effects: [signed('all', '8.4%')] }, {}, [
      VISITS,
    ]);
    const [found] = measureOf(terms).open(terms, context).values();
    expect([found?.finding, found?.n]).toEqual([finding, n]);
  });

  it('takes the smaller denominator of a gap, whichever group has it, and figures of one span only', () => {
    const terms = measureSchema.parse(GAP);
    const swapped = measureSchema.parse({ ...GAP, group: 'all', against: 'poor' });
    const other = figure('2015-07-01', 9, 10, { group: 'poor' });
    const context = (figures: typeof FIGURES) => aMeasureContext({ figures }, {}, [VISITS]);
    for (const one of [terms, swapped])
      expect(measureOf(one).open(one, context(FIGURES)).values()[0]!.n).toBe(50n);
    expect(
      measureOf(terms)
        .open(terms, context([FIGURES[0]!, other]))
        .values()
        .map(({ reason, finding }) => [reason, finding]),
    ).toEqual([
      [
        'no-result',
        'Visits on time in group poor was 90% (9 of 10, counted by definition 2015) between 2015-07-01 and 2015-09-30, and no figure was submitted for group all',
      ],
      [
        'no-result',
        'Visits on time in group all was submitted between 2015-04-01 and 2015-06-30, and no figure for group poor',
      ],
    ]);
  });

  it('takes the latest version of a signed result, in whatever order they came, and no other metric', () => {
    const terms = measureSchema.parse(SIGNED);
    const effects = [
      signed('all', '8.4%'),
      signed('all', '9%', { version: 2 }),
      signed('all', '7%', { metric: 'other', version: 3 }),
    ];
    for (const order of [effects, [...effects].reverse()])
      expect(
        measureOf(terms)
          .open(terms, aMeasureContext({ effects: order }))
          .values()[0]!.value,
      ).toEqual(parseFraction('9%'));
  });
});
