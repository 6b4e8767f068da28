import { z } from 'zod';
import { measureOf, measureSchema } from '../aggregate-measures/registry.js';
import { amountFaults } from '../money/amount-faults.js';
import {
  compare,
  divide,
  fraction,
  max,
  min,
  multiply,
  ONE,
  parseFraction,
  subtract,
  ZERO,
} from '../money/fraction.js';
import { numberFaults } from '../money/half-open-steps.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { percentInWords } from '../money/number-in-words.js';
import type { Fault } from '../shared/domain-error.js';
import { directionFaults, measureFaults, nothing, people, perMeasure } from './aggregate.js';
import type { ClauseContext, Mechanism } from './mechanism.js';

/**
 * R5, sliding band: what a measure of many comes to, such as the mean improvement of a cohort, pays nothing up to a floor,
 * everything from a ceiling on, and in proportion between them: of a maximum for each value, or of a price for each
 * participant who counts. At the floor itself the proportion is nought, so payment begins above it. Amounts over several
 * values are limited by caps, not here. Refused with a line: a value that is not above the floor, and no value at all.
 */
export const slidingBandSchema = z
  .strictObject({
    type: z.literal('R5'),
    measure: measureSchema,
    floor: z.string().describe('Up to this value nothing is paid: "0.55", or "5%" for a rate.'),
    ceiling: z.string().describe('From this value on everything is paid.'),
    pays: z.discriminatedUnion('by', [
      z
        .strictObject({
          by: z.literal('maximum'),
          amount: z.string().describe('What the ceiling pays: "100000.00".'),
        })
        .describe('A proportion of a maximum.'),
      z
        .strictObject({
          by: z.literal('each'),
          price: z.string().describe('What the ceiling pays for each who counts: "110.00".'),
        })
        .describe('A proportion of a price for each who counts.'),
    ]),
  })
  .describe('R5: a band between a floor and a ceiling, on a measure of many.');
export type SlidingBandRule = z.infer<typeof slidingBandSchema>;

export const slidingBand: Mechanism<SlidingBandRule> = {
  schema: slidingBandSchema,
  pays: 'outcomes',
  level: () => 'cohort',
  inWords: ({ measure, floor, ceiling, pays }, { currency, metrics, attributes }) =>
    `pays nothing up to ${floor}, ` +
    (pays.by === 'maximum'
      ? formatMoney(parseMoney(pays.amount, currency))
      : `${formatMoney(parseMoney(pays.price, currency))} for each who counts`) +
    ` from ${ceiling} on, and in proportion between, on ${measureOf(measure).inWords(measure, { metrics, attributes })}`,
  metrics: ({ measure }) => measureOf(measure).metrics(measure),

  problems(rule, surroundings) {
    const { measure, floor, ceiling, pays } = rule;
    const numbers = [...numberFaults(floor, '/floor'), ...numberFaults(ceiling, '/ceiling')];
    return [
      ...measureFaults(measure, surroundings),
      ...directionFaults(measure),
      ...(numbers.length > 0 ? numbers : bandFaults(rule)),
      ...(pays.by === 'maximum'
        ? amountFaults('/pays/amount', pays.amount, surroundings.currency)
        : amountFaults('/pays/price', pays.price, surroundings.currency, 'PRICE_NEGATIVE')),
    ];
  },

  open: openSlidingBand,
};

const bandFaults = ({ floor, ceiling }: SlidingBandRule): Fault[] =>
  compare(parseFraction(floor), parseFraction(ceiling)) < 0
    ? []
    : [
        {
          at: '/ceiling',
          code: 'BAND_BACKWARD',
          detail: `The ceiling ${ceiling} is not above the floor ${floor}. Raise it, or use R7 for a single step.`,
        },
      ];

function openSlidingBand(rule: SlidingBandRule, context: ClauseContext) {
  const { measure, pays } = rule;
  const [floor, ceiling] = [parseFraction(rule.floor), parseFraction(rule.ceiling)];
  const rateMinor = parseMoney(
    pays.by === 'maximum' ? pays.amount : pays.price,
    context.currency,
  ).minor;
  const rateText = formatMoney(money(rateMinor, context.currency));
  const inWords = (value: typeof floor) => measureOf(measure).valueInWords(measure, value, context);

  return perMeasure('R5', measure, context, (value, { n }) => {
    const [low, high] = [inWords(floor), inWords(ceiling)];
    if (compare(value, floor) <= 0) {
      const place = compare(value, floor) === 0 ? 'exactly' : `${inWords(value)}, below`;
      return nothing('below-floor', `the value is ${place} ${low}, above which payment begins`);
    }
    if (pays.by === 'each' && n === 0n) return nothing('too-few', 'nobody counts');
    const share = max(ZERO, min(ONE, divide(subtract(value, floor), subtract(ceiling, floor))));
    const quantity = pays.by === 'maximum' ? share : multiply(share, people(n));
    const why =
      compare(value, ceiling) >= 0
        ? `${inWords(value)} reaches ${high}: all of it`
        : `${inWords(value)} is ${percentInWords(share)} of the way from ${low} to ${high}`;
    const whole = pays.by === 'maximum' ? rateText : `${n} at ${rateText}`;
    return {
      quantity,
      unit: pays.by === 'maximum' ? 'maximum' : 'participant',
      rateMinor,
      exactMinor: multiply(quantity, fraction(rateMinor)),
      reason: rateMinor === 0n ? 'price-is-nil' : null,
      reckoning: `${percentInWords(share)} of ${whole}`,
      why,
    };
  });
}
