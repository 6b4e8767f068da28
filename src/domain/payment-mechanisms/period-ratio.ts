import { z } from 'zod';
import { gapSchema } from '../aggregate-measures/gap.js';
import { pointsInWords } from '../money/number-in-words.js';
import { rateChangeSchema } from '../aggregate-measures/rate-change.js';
import { rateSchema } from '../aggregate-measures/rate.js';
import { measureOf } from '../aggregate-measures/registry.js';
import { amountFaults } from '../money/amount-faults.js';
import {
  compare,
  equals,
  formatFraction,
  fraction,
  isPositive,
  min,
  multiply,
  ONE,
  parseFraction,
  subtract,
  type Fraction,
} from '../money/fraction.js';
import { numberFaults } from '../money/half-open-steps.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { round } from '../money/rounding.js';
import type { Fault } from '../shared/domain-error.js';
import { measureFaults, nothing, perMeasure, type Worth } from './aggregate.js';
import type { ClauseContext, Mechanism } from './mechanism.js';

const threshold = z
  .string()
  .describe('A percentage, or percentage points for a gap or change: "65%".');
const paymentSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('point'),
    pass: z.enum(['above', 'below']).describe('On which side of the threshold points are counted.'),
    threshold,
    price: z.string().describe('Price of one percentage point.'),
    points: z
      .enum(['exact', 'whole'])
      .describe('Whether parts of a point count, or whole ones only.'),
    maxPoints: z.string().optional().describe('The most points that one figure may pay for.'),
  }),
  z.strictObject({
    by: z.literal('bonus'),
    pass: z
      .enum(['above', 'below'])
      .describe('Which side of the threshold earns it; so does equal.'),
    threshold,
    amount: z.string().describe('The bonus for each figure.'),
  }),
  z.strictObject({
    by: z.literal('unit'),
    price: z.string().describe('Price of each unit of the numerator.'),
  }),
]);

/**
 * R11, ratio at the end of a period: a submitted rate, a gap between groups or a change on a historic baseline pays for
 * each percentage point above (or below) a threshold, a bonus at the threshold, or a price for each unit of the
 * numerator. Which definition a figure was counted by stands in every line. A denominator may have to be large enough.
 * Refused with a line: a threshold that is not passed, too small a denominator, a figure by another definition, and a
 * group without its counterpart. Money over several spans is limited by caps, not here.
 */
export const periodRatioSchema = z
  .strictObject({
    type: z.literal('R11'),
    measure: z.discriminatedUnion('of', [rateSchema, gapSchema, rateChangeSchema]),
    pays: paymentSchema,
    minimumDenominator: z.int().min(1).optional().describe('A smaller denominator pays nothing.'),
  })
  .describe('R11: a ratio or percentage at the end of a period.');
export type PeriodRatioRule = z.infer<typeof periodRatioSchema>;
type Payment = PeriodRatioRule['pays'];

export const periodRatio: Mechanism<PeriodRatioRule> = {
  schema: periodRatioSchema,
  pays: 'outcomes',
  level: () => 'cohort',
  inWords: ({ measure, pays, minimumDenominator }, { currency, metrics, attributes }) =>
    `pays ${payInWords(pays, currency)} ${measureOf(measure).inWords(measure, { metrics, attributes })}` +
    (minimumDenominator === undefined ? '' : `, counted over at least ${minimumDenominator}`),
  metrics: ({ measure }) => measureOf(measure).metrics(measure),

  problems: ({ measure, pays }, surroundings) => [
    ...measureFaults(measure, surroundings),
    ...(pays.by === 'bonus'
      ? amountFaults('/pays/amount', pays.amount, surroundings.currency, 'PRICE_NEGATIVE')
      : amountFaults('/pays/price', pays.price, surroundings.currency, 'PRICE_NEGATIVE')),
    ...(pays.by === 'unit' ? [] : numberFaults(pays.threshold, '/pays/threshold')),
    ...(pays.by === 'point' ? maxPointsFaults(pays.maxPoints) : []),
    ...sideFaults(measure, pays),
  ],

  open: openPeriodRatio,
};

function openPeriodRatio(rule: PeriodRatioRule, context: ClauseContext) {
  const { measure, pays, minimumDenominator } = rule;
  const rateMinor = parseMoney(
    pays.by === 'bonus' ? pays.amount : pays.price,
    context.currency,
  ).minor;
  const rateText = formatMoney(money(rateMinor, context.currency));
  const inWords = (value: Fraction) => measureOf(measure).valueInWords(measure, value, context);

  const worth = (quantity: Fraction, unit: string, counted: string, why: string): Worth => ({
    quantity,
    unit,
    rateMinor,
    exactMinor: multiply(quantity, fraction(rateMinor)),
    reason: rateMinor === 0n ? 'price-is-nil' : isPositive(quantity) ? null : 'not-reached',
    reckoning: `${counted} at ${rateText}`,
    why,
  });

  return perMeasure('R11', measure, context, (value, { n, numerator }) => {
    if (minimumDenominator !== undefined && n < BigInt(minimumDenominator))
      return nothing(
        'too-few',
        `counted over ${n}, and at least ${minimumDenominator} are asked for`,
      );
    if (pays.by === 'unit') {
      const units = formatFraction(numerator!);
      const counted = `${units} unit${units === '1' ? '' : 's'}`;
      return worth(numerator!, 'unit', counted, `${counted} of the numerator`);
    }
    const least = parseFraction(pays.threshold);
    const past = pays.pass === 'above' ? subtract(value, least) : subtract(least, value);
    const side = pays.pass === 'above' ? 'above' : 'below';
    const place =
      compare(past, fraction(0n)) === 0
        ? `${inWords(value)} is exactly the threshold`
        : `${inWords(value)} is ${isPositive(past) ? '' : 'not '}${side} the threshold of ${inWords(least)}`;
    if (pays.by === 'bonus')
      return past.numerator < 0n
        ? nothing('not-reached', place)
        : worth(fraction(1n), 'bonus', '1 bonus', place);
    if (!isPositive(past)) return nothing('not-reached', `${place}; points count ${side} it`);
    const found = multiply(past, fraction(100n));
    const points = pointsThatCount(pays, found);
    const why = equals(points, found) ? place : `${place}, of which ${thatCount(points)}`;
    return worth(points, 'point', pointsInWords(multiply(points, fraction(1n, 100n))), why);
  });
}

/** Points past the threshold, as far as they count. */
function pointsThatCount(pays: Extract<Payment, { by: 'point' }>, points: Fraction): Fraction {
  const counted = pays.points === 'whole' ? fraction(round(points, 'down')) : points;
  return pays.maxPoints === undefined ? counted : min(counted, parseFraction(pays.maxPoints));
}

const thatCount = (points: Fraction): string =>
  equals(points, ONE) ? '1 point counts' : `${formatFraction(points)} points count`;

function payInWords(pays: Payment, currency: ClauseContext['currency']): string {
  const pounds = (text: string) => formatMoney(parseMoney(text, currency));
  switch (pays.by) {
    case 'point':
      return (
        `${pounds(pays.price)} for each ${pays.points === 'whole' ? 'whole ' : ''}percentage point ${pays.pass} ` +
        `${pays.threshold}${pays.maxPoints === undefined ? '' : `, at most ${pays.maxPoints} points,`} of`
      );
    case 'bonus':
      return `${pounds(pays.amount)} where ${pays.threshold} or ${pays.pass === 'above' ? 'more' : 'less'} is`;
    case 'unit':
      return `${pounds(pays.price)} for each unit of the numerator of`;
  }
}

const maxPointsFaults = (maxPoints: string | undefined): Fault[] =>
  maxPoints === undefined || /^\d{1,9}(\.\d{1,9})?$/.test(maxPoints)
    ? []
    : [
        {
          at: '/pays/maxPoints',
          code: 'POINTS_NEGATIVE',
          detail: `"${maxPoints}" must be a plain number, nil or more.`,
        },
      ];

/** The side that is paid is the side that the measure says is better; a change is positive for better already. */
function sideFaults(measure: PeriodRatioRule['measure'], pays: Payment): Fault[] {
  if (pays.by === 'unit')
    return measure.of === 'rate'
      ? []
      : [
          {
            at: '/pays/by',
            code: 'NO_UNITS',
            detail: 'A gap or a change has no numerator to price. Pay by point or bonus.',
          },
        ];
  const better = measure.of === 'gap' && measure.better === 'lower' ? 'below' : 'above';
  return measure.of === 'rate' || pays.pass === better
    ? []
    : [
        {
          at: '/pays/pass',
          code: 'DIRECTION_CONTRADICTS',
          detail: `It would pay for getting worse: better is ${better} the threshold. Write ${better}.`,
        },
      ];
}
