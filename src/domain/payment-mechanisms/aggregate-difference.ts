import { z } from 'zod';
import { measureOf, measureSchema } from '../aggregate-measures/registry.js';
import { amountFaults } from '../money/amount-faults.js';
import {
  compare,
  fraction,
  max,
  min,
  multiply,
  parseFraction,
  type Fraction,
} from '../money/fraction.js';
import { numberFaults } from '../money/half-open-steps.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { DomainError, type Fault } from '../shared/domain-error.js';
import {
  directionFaults,
  measureFaults,
  nothing,
  people,
  perMeasure,
  type Worth,
} from './aggregate.js';
import type { ClauseContext, Mechanism } from './mechanism.js';

const boundSchema = z.discriminatedUnion('in', [
  z.strictObject({
    in: z.literal('value'),
    value: z.string().describe('A difference: "0", "0.4".'),
  }),
  z.strictObject({
    in: z.literal('money'),
    amount: z.string().describe('An amount for each result: "0.00", "50000.00".'),
  }),
]);
type Bound = z.infer<typeof boundSchema>;

/**
 * R8, linear on an aggregate difference: what the treated gained over those they are compared with, times how many count,
 * times a price for one unit of value and one participant. A floor and a ceiling hold it within bounds, stated in value
 * (a lower or higher difference counts as the bound) or in money. The floor is a term that may not be left out: nil where
 * a worsening counts as nought, below nil where it is paid back. Refused with a line: no value, nobody who counts, and a
 * difference that a floor of nil leaves without worth.
 */
export const aggregateDifferenceSchema = z
  .strictObject({
    type: z.literal('R8'),
    measure: measureSchema,
    price: z
      .string()
      .describe('Price of one unit of value for each who counts; a rate of 100% is one unit.'),
    floor: boundSchema.describe('The least that counts, in value or in money.'),
    ceiling: boundSchema.optional().describe('The most that counts, in value or in money.'),
  })
  .describe('R8: a difference times participants times a price.');
export type AggregateDifferenceRule = z.infer<typeof aggregateDifferenceSchema>;

export const aggregateDifference: Mechanism<AggregateDifferenceRule> = {
  schema: aggregateDifferenceSchema,
  pays: 'outcomes',
  level: () => 'cohort',
  inWords: ({ measure, price, floor, ceiling }, { currency, metrics, attributes }) =>
    `pays ${formatMoney(parseMoney(price, currency))} for each unit of ` +
    `${measureOf(measure).inWords(measure, { metrics, attributes })} and for each who counts, no less than ` +
    boundInWords(floor, currency) +
    (ceiling === undefined ? '' : ` and no more than ${boundInWords(ceiling, currency)}`),
  metrics: ({ measure }) => measureOf(measure).metrics(measure),

  problems({ measure, price, floor, ceiling }, surroundings) {
    const { currency } = surroundings;
    const bounds = [
      ...boundFaults(floor, '/floor', currency),
      ...(ceiling === undefined ? [] : boundFaults(ceiling, '/ceiling', currency)),
    ];
    return [
      ...measureFaults(measure, surroundings),
      ...directionFaults(measure),
      ...amountFaults('/price', price, currency, 'PRICE_NEGATIVE'),
      ...(bounds.length > 0 ? bounds : orderFaults(floor, ceiling, currency)),
    ];
  },

  open: openAggregateDifference,
};

function openAggregateDifference(rule: AggregateDifferenceRule, context: ClauseContext) {
  const { measure, floor, ceiling } = rule;
  const rateMinor = parseMoney(rule.price, context.currency).minor;
  const rateText = formatMoney(money(rateMinor, context.currency));
  const inWords = (value: Fraction) => measureOf(measure).valueInWords(measure, value, context);
  const held = (found: Fraction, by: Bound['in']): Fraction => {
    const [least, most] = [floor, ceiling].map((bound) =>
      bound?.in === by ? boundOf(bound, context.currency) : null,
    );
    const raised = least === null || least === undefined ? found : max(found, least);
    return most === null || most === undefined ? raised : min(raised, most);
  };

  return perMeasure('R8', measure, context, (value, { n }): Worth => {
    if (n === 0n) return nothing('too-few', 'nobody counts');
    const counted = held(value, 'value');
    const quantity = multiply(counted, people(n));
    const reckoned = multiply(quantity, fraction(rateMinor));
    const exactMinor = held(reckoned, 'money');
    const asFound = compare(counted, value) === 0 ? '' : `, counting as ${inWords(counted)},`;
    const inMoney =
      compare(exactMinor, reckoned) === 0
        ? ''
        : compare(exactMinor, reckoned) > 0
          ? `, no less than ${boundInWords(floor, context.currency)}`
          : `, no more than ${boundInWords(ceiling!, context.currency)}`;
    const why = `${inWords(value)}${asFound} times ${n} at ${rateText}${inMoney}`;
    return {
      quantity,
      unit: 'unit',
      rateMinor,
      exactMinor,
      reason:
        exactMinor.numerator !== 0n ? null : rateMinor === 0n ? 'price-is-nil' : 'below-floor',
      reckoning: why,
      why,
    };
  });
}

const boundOf = (bound: Bound, currency: ClauseContext['currency']): Fraction =>
  bound.in === 'value'
    ? parseFraction(bound.value)
    : fraction(parseMoney(bound.amount, currency).minor);

const boundInWords = (bound: Bound, currency: ClauseContext['currency']): string =>
  bound.in === 'value' ? bound.value : formatMoney(parseMoney(bound.amount, currency));

function boundFaults(bound: Bound, at: string, currency: ClauseContext['currency']): Fault[] {
  if (bound.in === 'value') return numberFaults(bound.value, `${at}/value`);
  try {
    parseMoney(bound.amount, currency);
  } catch (error) {
    if (error instanceof DomainError)
      return [{ at: `${at}/amount`, code: error.code, detail: error.message }];
    throw error;
  }
  const isNegative = bound.amount.startsWith('-');
  return amountFaults(`${at}/amount`, isNegative ? bound.amount.slice(1) : bound.amount, currency);
}

function orderFaults(
  floor: Bound,
  ceiling: Bound | undefined,
  currency: ClauseContext['currency'],
): Fault[] {
  const isBackward =
    ceiling !== undefined &&
    ceiling.in === floor.in &&
    compare(boundOf(floor, currency), boundOf(ceiling, currency)) >= 0;
  return isBackward
    ? [
        {
          at: '/ceiling',
          code: 'BAND_BACKWARD',
          detail: `The ceiling ${boundInWords(ceiling, currency)} is not above the floor ${boundInWords(floor, currency)}.`,
        },
      ]
    : [];
}
