import { civilDate } from '../calendar/civil-date.js';
import type { Figure } from '../outcomes/contract-record.js';
import type { RateMetric } from '../outcomes/metric.js';
import { someRuleSurroundings, aWording } from '../../../test/support/clause.builder.js';
import {
  aMeasureContext,
  aRate,
  figure,
  foundBy,
  inShort,
} from '../../../test/support/measure.builder.js';
import {
  CHILDRENS_CENTRES,
  YORK_REVIEWS,
  YORK_VISITS,
} from '../../../test/worked-examples/cohort-rules.js';
import { periodRatio, type PeriodRatioRule } from './period-ratio.js';

const RATE = { of: 'rate', metric: 'visits', group: 'all' } as const;
const POINTS: PeriodRatioRule = {
  type: 'R11',
  measure: RATE,
  pays: { by: 'point', pass: 'above', threshold: '65%', price: '100.00', points: 'exact' },
};
const BONUS: PeriodRatioRule = {
  type: 'R11',
  measure: RATE,
  pays: { by: 'bonus', pass: 'above', threshold: '65%', amount: '5000.00' },
};
const paid = (
  rule: PeriodRatioRule,
  figures: readonly Figure[],
  rates: readonly RateMetric[] = [aRate()],
) => inShort(foundBy(rule, aMeasureContext({ figures }, {}, rates)));
const of = (numerator: number, denominator = 1000) => [
  figure('2015-04-01', numerator, denominator),
];

describe("R11, the children's centres", () => {
  it.each(CHILDRENS_CENTRES.definitions)(
    'counted by the definition "$version" pay £$pays',
    ({ version, numerator, pays, reason }) => {
      const metric = aRate({
        definitions: [
          {
            version,
            from: civilDate('2015-01-01'),
            numerator: version,
            denominator: 'Children under five',
          },
        ],
      });
      const rule = {
        ...BONUS,
        pays: { ...BONUS.pays, amount: CHILDRENS_CENTRES.bonus },
      } as PeriodRatioRule;
      const figures = [
        figure('2015-04-01', numerator, CHILDRENS_CENTRES.denominator, { definition: version }),
      ];
      const [found] = foundBy(rule, aMeasureContext({ figures }, {}, [metric]));
      expect(inShort([found!])).toMatchObject([{ pays, reason }]);
      expect(found!.finding).toContain(`counted by definition ${version}`);
    },
  );

  it('pay nothing for a figure by a definition that is no longer in force', () => {
    const [before, after] = CHILDRENS_CENTRES.definitions;
    const metric = aRate({
      definitions: [before, after].map(({ version }, index) => ({
        version,
        from: civilDate(index === 0 ? '2015-01-01' : '2015-06-01'),
        numerator: version,
        denominator: 'Children under five',
      })),
    });
    expect(
      paid(BONUS, [figure('2015-04-01', 71, 100, { definition: before.version })], [metric]),
    ).toMatchObject([{ pays: '0.00', reason: 'other-definition' }]);
  });
});

describe('R11, the visits of York', () => {
  const { births, from, to, states } = YORK_VISITS;
  it.each(states)(
    'pay £$pays for $visits $metric at £$price',
    ({ metric, visits, price, pays, reason }) => {
      const rule: PeriodRatioRule = {
        type: 'R11',
        measure: { of: 'rate', metric, group: 'all' },
        pays: { by: 'unit', price },
      };
      const figures = [figure(from, visits, births, { metric, to })];
      expect(paid(rule, figures, [aRate({ id: metric })])).toMatchObject([
        { pays, reason, outcomeOn: '2018-03-31' },
      ]);
    },
  );

  it('are all births between them', () =>
    expect(states.reduce((sum, { visits }) => sum + visits, 0)).toBe(births));
});

describe('R11, the reviews of York', () => {
  const { baseline, quarter, points } = YORK_REVIEWS;
  const measure = {
    of: 'rate-change' as const,
    metric: 'visits',
    group: 'all',
    baseline: {
      ...baseline,
      from: civilDate(baseline.from),
      to: civilDate(baseline.to),
      source: 'York, 2018',
    },
    better: 'higher' as const,
  };
  const rule: PeriodRatioRule = {
    type: 'R11',
    measure,
    pays: { by: 'point', pass: 'above', threshold: '0', price: '100.00', points: 'whole' },
  };
  it('compare a year with a quarter, which is refused unless it is shown', () => {
    const surroundings = someRuleSurroundings([aRate()]);
    expect(periodRatio.problems(rule, surroundings)).toMatchObject([
      { at: '/measure/baseline', code: 'GRAIN_MIXED' },
    ]);
    const shown: PeriodRatioRule = { ...rule, measure: { ...measure, mixedGrain: 'shown' } };
    expect(periodRatio.problems(shown, surroundings)).toEqual([]);
    const figures = [
      figure(quarter.from, quarter.numerator, quarter.denominator, { to: quarter.to }),
    ];
    const [found] = foundBy(shown, aMeasureContext({ figures }));
    expect(inShort([found!])).toMatchObject([{ quantity: points, pays: '5400.00' }]);
    expect(found!.finding).toContain('the baseline covers one year, each figure one quarter');
  });
});

describe('R11', () => {
  it.each<[string, PeriodRatioRule['pays'], number, string, string | null]>([
    ['below the threshold', POINTS.pays, 649, '0.00', 'not-reached'],
    ['at the threshold', POINTS.pays, 650, '0.00', 'not-reached'],
    ['a tenth of a point above', POINTS.pays, 651, '10.00', null],
    ['ten and a half points above', POINTS.pays, 755, '1050.00', null],
    [
      'ten whole points of them',
      { ...POINTS.pays, points: 'whole' } as PeriodRatioRule['pays'],
      755,
      '1000.00',
      null,
    ],
    [
      'part of a whole point',
      { ...POINTS.pays, points: 'whole' } as PeriodRatioRule['pays'],
      651,
      '0.00',
      'not-reached',
    ],
    [
      'no more than five',
      { ...POINTS.pays, maxPoints: '5' } as PeriodRatioRule['pays'],
      755,
      '500.00',
      null,
    ],
    [
      'points below',
      { ...POINTS.pays, pass: 'below' } as PeriodRatioRule['pays'],
      640,
      '100.00',
      null,
    ],
    [
      'nothing above, where below counts',
      { ...POINTS.pays, pass: 'below' } as PeriodRatioRule['pays'],
      660,
      '0.00',
      'not-reached',
    ],
    ['a bonus just missed', BONUS.pays, 649, '0.00', 'not-reached'],
    ['a bonus at the threshold', BONUS.pays, 650, '5000.00', null],
    [
      'a bonus for few enough',
      { ...BONUS.pays, pass: 'below' } as PeriodRatioRule['pays'],
      650,
      '5000.00',
      null,
    ],
    [
      'no bonus for too many',
      { ...BONUS.pays, pass: 'below' } as PeriodRatioRule['pays'],
      651,
      '0.00',
      'not-reached',
    ],
    ['units of the numerator', { by: 'unit', price: '2.00' }, 650, '1300.00', null],
    ['no units', { by: 'unit', price: '2.00' }, 0, '0.00', 'not-reached'],
    ['units for nothing', { by: 'unit', price: '0.00' }, 650, '0.00', 'price-is-nil'],
  ])('pays %s', (_name, pays, numerator, amount, reason) =>
    expect(paid({ ...POINTS, pays }, of(numerator))).toMatchObject([{ pays: amount, reason }]),
  );

  it.each([
    [99, '0.00', 'too-few'],
    [100, '5000.00', null],
    [101, '5000.00', null],
  ])('asks for a denominator of at least a hundred: %i', (denominator, pays, reason) =>
    expect(paid({ ...BONUS, minimumDenominator: 100 }, of(denominator, denominator))).toMatchObject(
      [{ pays, reason }],
    ),
  );

  it('pays for each span that was submitted, and nothing for nobody', () =>
    expect(
      paid(BONUS, [
        figure('2015-04-01', 70, 100),
        figure('2015-07-01', 60, 100),
        figure('2015-10-01', 0, 0),
      ]),
    ).toMatchObject([
      { occurrence: '2015-04-01', pays: '5000.00' },
      { occurrence: '2015-07-01', pays: '0.00', reason: 'not-reached' },
      { occurrence: '2015-10-01', pays: '0.00', reason: 'too-few' },
    ]));

  it('pays for a gap that closes', () => {
    const rates = [aRate({ groups: ['all', 'deprived'] })];
    const rule: PeriodRatioRule = {
      type: 'R11',
      measure: { of: 'gap', metric: 'visits', group: 'deprived', against: 'all', better: 'higher' },
      pays: { by: 'point', pass: 'above', threshold: '-10%', price: '100.00', points: 'exact' },
    };
    const figures = [
      figure('2015-04-01', 56, 100, { group: 'deprived' }),
      figure('2015-04-01', 60, 100),
    ];
    expect(paid(rule, figures, rates)).toMatchObject([{ quantity: '6', pays: '600.00' }]);
  });

  it('reads aloud how the amount came about', () => {
    const [found] = foundBy(POINTS, aMeasureContext({ figures: of(755) }));
    expect(found!.reckoning).toBe('10.5 percentage points at £100.00');
    expect(found!.steps[0]!.why).toBe('75.5% is above the threshold of 65%');
  });

  const gap = {
    of: 'gap',
    metric: 'visits',
    group: 'all',
    against: 'few',
    better: 'lower',
  } as const;
  it.each<[string, object, string[][]]>([
    ['nothing wrong', {}, []],
    [
      'a negative price',
      { pays: { by: 'unit', price: '-2.00' } },
      [['/pays/price', 'PRICE_NEGATIVE']],
    ],
    [
      'a negative bonus',
      { pays: { ...BONUS.pays, amount: '-2.00' } },
      [['/pays/amount', 'PRICE_NEGATIVE']],
    ],
    [
      'a threshold that is no number',
      { pays: { ...BONUS.pays, threshold: 'high' } },
      [['/pays/threshold', 'NOT_A_FRACTION']],
    ],
    [
      'negative points',
      { pays: { ...POINTS.pays, maxPoints: '-1' } },
      [['/pays/maxPoints', 'POINTS_NEGATIVE']],
    ],
    [
      'units of a gap',
      { measure: gap, pays: { by: 'unit', price: '2.00' } },
      [['/pays/by', 'NO_UNITS']],
    ],
    ['paying for a gap that widens', { measure: gap }, [['/pays/pass', 'DIRECTION_CONTRADICTS']]],
    [
      'paying for a gap that narrows',
      { measure: gap, pays: { ...POINTS.pays, pass: 'below' } },
      [],
    ],
  ])('answers %s', (_name, rule, faults) =>
    expect(
      periodRatio
        .problems({ ...POINTS, ...rule }, someRuleSurroundings([aRate({ groups: ['all', 'few'] })]))
        .map(({ at, code }) => [at, code]),
    ).toEqual(faults),
  );

  it.each<[PeriodRatioRule, string]>([
    [POINTS, 'pays £100.00 for each percentage point above 65% of the rate of Visits on time'],
    [
      { ...BONUS, minimumDenominator: 50 },
      'pays £5,000.00 where 65% or more is the rate of Visits on time, counted over at least 50',
    ],
    [
      { ...POINTS, pays: { by: 'unit', price: '2.00' } },
      'pays £2.00 for each unit of the numerator of the rate of Visits on time',
    ],
  ])('reads aloud: %j', (rule, words) =>
    expect(periodRatio.inWords(rule, aWording(aMeasureContext().metrics))).toBe(words),
  );
});
