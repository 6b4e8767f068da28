import { civilDate } from '../calendar/civil-date.js';
import { formatFraction } from '../money/fraction.js';
import { formatMoney, money } from '../money/money.js';
import { round } from '../money/rounding.js';
import type { Outcome } from '../outcomes/outcome.js';
import { aMeasureContext, figure, foundBy, signed } from '../../../test/support/measure.builder.js';
import { BAND, DIFFERENCE, RATIO, TIERS, TRIGGER } from '../../../test/support/sample-rules.js';
import { ruleSchema } from './registry.js';

/** "paid: 0.5 maximum, £50,000.00: why", with the reason in front where nothing is paid. */
const told = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ reason, quantity, unit, exactMinor, steps }) => {
    const pounds = formatMoney(money(round(exactMinor, 'half-up'), 'GBP'));
    const why = steps.map((step) => step.why).join(' ');
    return `${reason ?? 'paid'}: ${formatFraction(quantity)} ${unit}, ${pounds}: ${why}`;
  });
const COHORTS = ['a', 'b', 'c'].map((id) => ({
  id,
  label: `Cohort ${id}`,
  opensOn: civilDate('2015-04-01'),
  closesOn: civilDate('2015-12-31'),
}));
const onSigned = (terms: object, value: string | null, n = 1000n) =>
  told(
    foundBy(
      ruleSchema.parse(terms),
      aMeasureContext({ effects: value === null ? [] : [signed('all', value, { n })] }),
    ),
  );
const onFigure = (terms: object, numerator: string, denominator: string) =>
  told(
    foundBy(
      ruleSchema.parse(terms),
      aMeasureContext({ figures: [figure('2015-04-01', numerator, denominator)] }),
    ),
  );
/** Signed results of cohorts a, b and c, over one, two and three people, and of all pooled. */
const onCohorts = (terms: object, ...values: readonly (string | null)[]) =>
  told(
    foundBy(
      ruleSchema.parse(terms),
      aMeasureContext(
        {
          effects: values.flatMap((value, i) =>
            value === null ? [] : [signed('abc*'[i]!, value, { n: BigInt(i + 1) })],
          ),
        },
        { cohorts: COHORTS },
      ),
    ),
  );

const EACH = { by: 'each', price: '110.00' };
const BONUS = { by: 'bonus', pass: 'above', threshold: '65%', amount: '5000.00' };
const TRIG_EACH = { ...TRIGGER, pays: { by: 'each', price: '250.00' } };

describe('a rule on a signed result says why each line is worth what it is', () => {
  it.each<[Parameters<typeof onSigned>, string]>([
    [[BAND, null], 'no-result: 0 result, £0.00: there is no value to pay for'],
    [
      [BAND, '4.9%'],
      'below-floor: 0 result, £0.00: the value is 4.9%, below 5%, above which payment begins',
    ],
    [
      [BAND, '5%'],
      'below-floor: 0 result, £0.00: the value is exactly 5%, above which payment begins',
    ],
    [[BAND, '7.5%'], 'paid: 0.5 maximum, £50,000.00: 7.5% is 50% of the way from 5% to 10%'],
    [[BAND, '10%'], 'paid: 1 maximum, £100,000.00: 10% reaches 10%: all of it'],
    [
      [{ ...BAND, pays: EACH }, '7.5%'],
      'paid: 500 participant, £55,000.00: 7.5% is 50% of the way from 5% to 10%',
    ],
    [[{ ...BAND, pays: EACH }, '7.5%', 0n], 'too-few: 0 result, £0.00: nobody counts'],
    [[BAND, '7.5%', 0n], 'paid: 0.5 maximum, £50,000.00: 7.5% is 50% of the way from 5% to 10%'],
    [
      [TIERS, '59.99%'],
      'below-floor: 0 result, £0.00: 59.99% is below 60%, where the first step begins',
    ],
    [[TIERS, '60%'], 'paid: 1 result, £100.00: 60% is on the step from 60% up to 65%'],
    [[TIERS, '65%'], 'paid: 1000 participant, £10,000.00: 65% is on the step from 65% up to 70%'],
    [[TIERS, '65%', 0n], 'too-few: 0 result, £0.00: nobody counts'],
    [[TIERS, '70%'], 'paid: 0.15 principal, £1,050,000.00: 70% is on the step from 70% on'],
    [[DIFFERENCE, '50%'], 'paid: 500 unit, £5,000.00: 50% times 1000 at £10.00'],
    [
      [DIFFERENCE, '-50%'],
      'below-floor: 0 unit, £0.00: -50%, counting as 0%, times 1000 at £10.00',
    ],
    [[DIFFERENCE, '50%', 0n], 'too-few: 0 result, £0.00: nobody counts'],
    [
      [{ ...DIFFERENCE, ceiling: { in: 'value', value: '40%' } }, '50%'],
      'paid: 400 unit, £4,000.00: 50%, counting as 40%, times 1000 at £10.00',
    ],
    [
      [{ ...DIFFERENCE, ceiling: { in: 'money', amount: '4000.00' } }, '50%'],
      'paid: 500 unit, £4,000.00: 50% times 1000 at £10.00, no more than £4,000.00',
    ],
    [
      [{ ...DIFFERENCE, floor: { in: 'money', amount: '-100.00' } }, '-50%'],
      'paid: -500 unit, -£100.00: -50% times 1000 at £10.00, no less than -£100.00',
    ],
  ])('%j', (given, words) => expect(onSigned(...given)).toEqual([words]));
});

describe('a rule on a figure says why each line is worth what it is', () => {
  it.each<[Parameters<typeof onFigure>, string]>([
    [
      [RATIO, '60', '100'],
      'not-reached: 0 result, £0.00: 60% is not above the threshold of 65%; points count above it',
    ],
    [
      [RATIO, '65', '100'],
      'not-reached: 0 result, £0.00: 65% is exactly the threshold; points count above it',
    ],
    [[RATIO, '665', '1000'], 'paid: 1.5 point, £1,500.00: 66.5% is above the threshold of 65%'],
    [
      [{ ...RATIO, pays: { ...RATIO.pays, points: 'whole', maxPoints: '3' } }, '665', '1000'],
      'paid: 1 point, £1,000.00: 66.5% is above the threshold of 65%, of which 1 point counts',
    ],
    [
      [{ ...RATIO, pays: { ...RATIO.pays, points: 'whole', maxPoints: '3' } }, '90', '100'],
      'paid: 3 point, £3,000.00: 90% is above the threshold of 65%, of which 3 points count',
    ],
    [
      [{ ...RATIO, pays: { ...RATIO.pays, points: 'whole' } }, '655', '1000'],
      'not-reached: 0 point, £0.00: 65.5% is above the threshold of 65%, of which 0 points count',
    ],
    [
      [{ ...RATIO, pays: { ...RATIO.pays, pass: 'below' } }, '60', '100'],
      'paid: 5 point, £5,000.00: 60% is below the threshold of 65%',
    ],
    [
      [{ ...RATIO, pays: { ...RATIO.pays, pass: 'below' } }, '70', '100'],
      'not-reached: 0 result, £0.00: 70% is not below the threshold of 65%; points count below it',
    ],
    [
      [{ ...RATIO, pays: BONUS }, '65', '100'],
      'paid: 1 bonus, £5,000.00: 65% is exactly the threshold',
    ],
    [
      [{ ...RATIO, pays: BONUS }, '66', '100'],
      'paid: 1 bonus, £5,000.00: 66% is above the threshold of 65%',
    ],
    [
      [{ ...RATIO, pays: BONUS }, '64', '100'],
      'not-reached: 0 result, £0.00: 64% is not above the threshold of 65%',
    ],
    [
      [{ ...RATIO, pays: { ...BONUS, pass: 'below' } }, '66', '100'],
      'not-reached: 0 result, £0.00: 66% is not below the threshold of 65%',
    ],
    [
      [{ ...RATIO, pays: { by: 'unit', price: '50.00' } }, '1', '100'],
      'paid: 1 unit, £50.00: 1 unit of the numerator',
    ],
    [
      [{ ...RATIO, pays: { by: 'unit', price: '50.00' } }, '2', '100'],
      'paid: 2 unit, £100.00: 2 units of the numerator',
    ],
    [
      [{ ...RATIO, minimumDenominator: 101 }, '90', '100'],
      'too-few: 0 result, £0.00: counted over 100, and at least 101 are asked for',
    ],
    [
      [{ ...RATIO, minimumDenominator: 100 }, '90', '100'],
      'paid: 25 point, £25,000.00: 90% is above the threshold of 65%',
    ],
  ])('%j', (given, words) => expect(onFigure(...given)).toEqual([words]));
});

describe('a rule with a trigger says of each cohort, and of all pooled, why it pays or not', () => {
  it.each<[Parameters<typeof onCohorts>, string[]]>([
    [
      [TRIGGER, '8.4%', '10%', null, '9%'],
      [
        'trigger-not-met: 0 result, £0.00: 8.4% against a trigger of 10%: not reached, so the cohort goes to the pooled test',
        'paid: 1 cohort, £5,000.00: 10% against a trigger of 10%: reached',
        'no-result: 0 result, £0.00: there is no result to test',
        'paid: 1 cohort, £5,000.00: 9% pooled against a trigger of 7.5%: reached, for Cohort a; paid on their own already: Cohort b',
      ],
    ],
    [
      [TRIG_EACH, '8.4%', '12%', '11%', '7.4%'],
      [
        'trigger-not-met: 0 result, £0.00: 8.4% against a trigger of 10%: not reached, so the cohort goes to the pooled test',
        'paid: 2 participant, £500.00: 12% against a trigger of 10%: reached',
        'paid: 3 participant, £750.00: 11% against a trigger of 10%: reached',
        'trigger-not-met: 0 result, £0.00: 7.4% pooled against a trigger of 7.5%: not reached',
      ],
    ],
    [
      [TRIG_EACH, '8.4%', '12%', null, '7.5%'],
      [
        'trigger-not-met: 0 result, £0.00: 8.4% against a trigger of 10%: not reached, so the cohort goes to the pooled test',
        'paid: 2 participant, £500.00: 12% against a trigger of 10%: reached',
        'no-result: 0 result, £0.00: there is no result to test',
        'paid: 1 participant, £250.00: 7.5% pooled against a trigger of 7.5%: reached, for Cohort a; paid on their own already: Cohort b',
      ],
    ],
    [
      [TRIG_EACH, '10%', '12%', '11%', '11%'],
      [
        'paid: 1 participant, £250.00: 10% against a trigger of 10%: reached',
        'paid: 2 participant, £500.00: 12% against a trigger of 10%: reached',
        'paid: 3 participant, £750.00: 11% against a trigger of 10%: reached',
        'already-paid: 0 result, £0.00: every cohort with a result was paid on its own: Cohort a, Cohort b, Cohort c',
      ],
    ],
    [
      [TRIGGER, null, null, null, '9%'],
      [
        'no-result: 0 result, £0.00: there is no result to test',
        'no-result: 0 result, £0.00: there is no result to test',
        'no-result: 0 result, £0.00: there is no result to test',
        'no-result: 0 result, £0.00: no cohort has a result of its own, so there is none to pay for',
      ],
    ],
    [
      [TRIGGER, '8.4%', '12%', null, null],
      [
        'trigger-not-met: 0 result, £0.00: 8.4% against a trigger of 10%: not reached, so the cohort goes to the pooled test',
        'paid: 1 cohort, £5,000.00: 12% against a trigger of 10%: reached',
        'no-result: 0 result, £0.00: there is no result to test',
        'no-result: 0 result, £0.00: there is no pooled result to test',
      ],
    ],
  ])('%j', (given, words) => expect(onCohorts(...given)).toEqual(words));

  it('gives lines by cohort and day, in whatever order results arrived', () => {
    const figures = ['2015-10-01', '2015-04-01', '2015-07-01'].map((on) => figure(on, 90, 100));
    const effects = ['c', 'a', 'b'].map((cohort) => signed(cohort, '12%'));
    for (const turn of [false, true]) {
      const inTurn = <T>(all: readonly T[]) => (turn ? [...all].reverse() : all);
      const cohorts = inTurn(COHORTS);
      const rates = foundBy(ruleSchema.parse(RATIO), aMeasureContext({ figures: inTurn(figures) }));
      expect(rates.map(({ occurrence }) => occurrence)).toEqual([
        '2015-04-01',
        '2015-07-01',
        '2015-10-01',
      ]);
      const signedOnes = foundBy(
        ruleSchema.parse(BAND),
        aMeasureContext({ effects: inTurn(effects) }, { cohorts }),
      );
      expect(signedOnes.map((line) => line.cohort)).toEqual(['a', 'b', 'c']);
    }
  });
});
