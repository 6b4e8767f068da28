import { parseFraction } from '../money/fraction.js';
import { someRuleSurroundings, aWording } from '../../../test/support/clause.builder.js';
import {
  aMeasureContext,
  aRate,
  EFFECT,
  foundBy,
  inShort,
  scored,
  signed,
  UCLA,
} from '../../../test/support/measure.builder.js';
import { RECONNECTIONS_BAND } from '../../../test/worked-examples/cohort-rules.js';
import { slidingBand, type SlidingBandRule } from './sliding-band.js';

const MEAN: SlidingBandRule['measure'] = {
  of: 'mean-change',
  metric: 'ucla',
  timePoint: '6m',
  missing: 'exclude',
  over: 'cohort',
  cohorts: 'each',
};
const BAND: SlidingBandRule = {
  type: 'R5',
  measure: MEAN,
  floor: RECONNECTIONS_BAND.floor,
  ceiling: RECONNECTIONS_BAND.ceiling,
  pays: { by: 'maximum', amount: RECONNECTIONS_BAND.maximum },
};
const EACH: SlidingBandRule = { ...BAND, pays: { by: 'each', price: '110.00' } };

/** A hundred people of whom so many improved by one point: their mean is that many hundredths. */
const aHundred = (improved: number) =>
  Array.from({ length: 100 }, (_, i) => [scored(`P-${i}`, 8, i < improved ? 7 : 8), true] as const);
const outcomes = (rule: SlidingBandRule, improved: number) =>
  foundBy(rule, aMeasureContext(), aHundred(improved));

describe('R5, the band of Reconnections', () => {
  it.each(RECONNECTIONS_BAND.rows)('pays £$pays at a mean of $mean', ({ mean, pays, reason }) => {
    const improved = Number(
      parseFraction(mean).numerator * (100n / parseFraction(mean).denominator),
    );
    const found = outcomes(BAND, improved);
    expect(inShort(found)).toMatchObject([{ cohort: 'all', occurrence: '6m', pays, reason }]);
    expect(found[0]!.n).toBe(100n);
    expect(found[0]!.followUp).toMatchObject({ due: 100, measured: 100 });
  });

  it('reads aloud how the amount came about', () => {
    const [found] = outcomes(BAND, 69);
    expect(found!.reckoning).toBe('50% of £100,000.00');
    expect(found!.steps).toEqual([
      {
        step: 'R5',
        before: '0',
        after: '5000000',
        why: '0.69 is 50% of the way from 0.55 to 0.83',
      },
    ]);
    expect(outcomes(BAND, 55)[0]!.steps[0]!.why).toBe(
      'the value is exactly 0.55, above which payment begins',
    );
  });
});

describe('R5', () => {
  it.each<[number, string, string]>([
    [55, '0.00', '0'],
    [69, '5500.00', '50'],
    [83, '11000.00', '100'],
    [100, '11000.00', '100'],
  ])(
    'with %i of a hundred improved by one pays £%s for each who counts',
    (improved, pays, quantity) =>
      expect(inShort(outcomes(EACH, improved))).toMatchObject([{ pays, quantity }]),
  );

  it.each<[string, Parameters<typeof foundBy>[2], string]>([
    ['nobody', [], 'too-few'],
    ['all missing', [[scored('a', 8, null), true]], 'too-few'],
    ['only somebody who is not counted', [[scored('a', 9, 3), false]], 'too-few'],
  ])('pays nothing for %s', (_name, people, reason) =>
    expect(inShort(foundBy(BAND, aMeasureContext(), people))).toMatchObject([
      { pays: '0.00', reason },
    ]),
  );

  it('may be on all cohorts pooled, by a signed effect', () => {
    const measure = {
      of: 'effect',
      metric: 'reconvictions',
      cohorts: 'pooled',
      test: 'point',
    } as const;
    const rule = { ...EACH, measure, floor: '5%', ceiling: '10%' };
    const context = aMeasureContext({ effects: [signed('*', '7.5%')] });
    expect(inShort(foundBy(rule, context))).toMatchObject([
      { cohort: '*', pays: '55000.00', quantity: '500' },
    ]);
    const nobody = aMeasureContext({ effects: [signed('*', '7.5%', { n: 0n })] });
    expect(inShort(foundBy(rule, nobody))).toMatchObject([{ pays: '0.00', reason: 'too-few' }]);
  });

  it('records a price of nil', () =>
    expect(
      inShort(outcomes({ ...BAND, pays: { by: 'maximum', amount: '0.00' } }, 90)),
    ).toMatchObject([{ pays: '0.00', reason: 'price-is-nil' }]));

  it.each<[string, Partial<SlidingBandRule>, string[][]]>([
    ['nothing wrong', {}, []],
    ['a band without width', { ceiling: '0.55' }, [['/ceiling', 'BAND_BACKWARD']]],
    ['a band upside down', { ceiling: '0.50' }, [['/ceiling', 'BAND_BACKWARD']]],
    ['a floor that is no number', { floor: 'low' }, [['/floor', 'NOT_A_FRACTION']]],
    [
      'a negative price',
      { pays: { by: 'each', price: '-1.00' } },
      [['/pays/price', 'PRICE_NEGATIVE']],
    ],
    [
      'a negative maximum',
      { pays: { by: 'maximum', amount: '-1.00' } },
      [['/pays/amount', 'AMOUNT_NEGATIVE']],
    ],
    [
      'a measure of nothing known',
      { measure: { ...MEAN, timePoint: '9m' } },
      [['/measure/timePoint', 'TIME_POINT_UNKNOWN']],
    ],
    [
      'a gap of which less is better',
      { measure: { of: 'gap', metric: 'visits', group: 'all', against: 'few', better: 'lower' } },
      [['/measure/better', 'DIRECTION_CONTRADICTS']],
    ],
  ])('answers %s', (_name, rule, faults) => {
    const metrics = [UCLA, EFFECT, aRate({ groups: ['all', 'few'] })];
    expect(
      slidingBand
        .problems({ ...BAND, ...rule }, someRuleSurroundings(metrics))
        .map(({ at, code }) => [at, code]),
    ).toEqual(faults);
  });

  it('reads aloud', () =>
    expect(slidingBand.inWords(BAND, aWording(aMeasureContext().metrics))).toMatch(
      /^pays nothing up to 0\.55, £100,000\.00 from 0\.83 on, and in proportion between, on the mean improvement in UCLA/,
    ));
});
