import { z } from 'zod';
import { percentInWords } from '../money/number-in-words.js';
import { measureOf, measureSchema } from '../aggregate-measures/registry.js';
import { amountFaults } from '../money/amount-faults.js';
import { fraction, multiply, ONE, parseFraction, type Fraction } from '../money/fraction.js';
import { readSteps, stepFaults, stepOf } from '../money/half-open-steps.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import type { Fault } from '../shared/domain-error.js';
import { measureFaults, nothing, people, perMeasure, type Worth } from './aggregate.js';
import type { ClauseContext, Mechanism } from './mechanism.js';

const payment = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('amount'), amount: z.string().describe('A flat price.') }),
  z.strictObject({
    by: z.literal('each'),
    price: z.string().describe('A price for each who counts.'),
  }),
  z.strictObject({
    by: z.literal('return'),
    percent: z
      .string()
      .describe('Percent of the principal for each result, such as a year: "7.5%".'),
  }),
]);

/**
 * R7, tier table: what a measure of many comes to falls on one step of a ladder, and each step pays a flat price, a price
 * for each who counts, or a return in percent of a stated principal for each result. A step holds its lower bound and not
 * its upper one; the last has no upper bound. Below the first step nothing is paid. Refused at activation: steps that
 * overlap, leave gaps, stand out of order or end; prices below nil; a return without a principal. How much is paid over
 * several results is limited by caps, not here.
 */
export const tierTableSchema = z
  .strictObject({
    type: z.literal('R7'),
    measure: measureSchema,
    tiers: z
      .array(
        z.strictObject({
          from: z.string().describe('The lowest value of the step, itself inside: "60%".'),
          to: z
            .string()
            .optional()
            .describe('The first value above it; left out in the last step.'),
          pays: payment,
        }),
      )
      .min(1),
    principal: z.string().optional().describe('What a return is a percentage of: "7000000.00".'),
  })
  .describe('R7: a table of half-open steps on a measure of many.');
export type TierTableRule = z.infer<typeof tierTableSchema>;
type Tier = TierTableRule['tiers'][number];

export const tierTable: Mechanism<TierTableRule> = {
  schema: tierTableSchema,
  pays: 'outcomes',
  level: () => 'cohort',
  inWords: ({ measure, tiers, principal }, { currency, metrics, attributes }) =>
    `pays by the step on which ${measureOf(measure).inWords(measure, { metrics, attributes })} falls: ` +
    tiers
      .map(({ from, to, pays }) => {
        const span = to === undefined ? `from ${from} on` : `from ${from} up to ${to}`;
        return `${span} ${paysInWords(pays, principal, currency)}`;
      })
      .join('; '),
  metrics: ({ measure }) => measureOf(measure).metrics(measure),

  problems: ({ measure, tiers, principal }, surroundings) => [
    ...measureFaults(measure, surroundings),
    ...stepFaults(tiers, '/tiers', 'Step'),
    ...tiers.flatMap(({ pays }, i) =>
      paymentFaults(pays, surroundings.currency, `/tiers/${i}/pays`),
    ),
    ...principalFaults(tiers, principal, surroundings.currency),
  ],

  open: openTierTable,
};

function openTierTable({ measure, tiers, principal }: TierTableRule, context: ClauseContext) {
  const { currency } = context;
  const steps = readSteps(tiers);
  const inWords = (value: Fraction) => measureOf(measure).valueInWords(measure, value, context);
  return perMeasure('R7', measure, context, (value, { n }): Worth => {
    const step = stepOf(steps, value);
    if (step === null)
      return nothing(
        'below-floor',
        `${inWords(value)} is below ${inWords(steps[0]!.from)}, where the first step begins`,
      );
    const { pays } = step.terms;
    const minor = parseMoney(
      pays.by === 'return' ? principal! : pays.by === 'each' ? pays.price : pays.amount,
      currency,
    ).minor;
    const quantity =
      pays.by === 'each' ? people(n) : pays.by === 'return' ? parseFraction(pays.percent) : ONE;
    if (pays.by === 'each' && n === 0n) return nothing('too-few', 'nobody counts');
    const exactMinor = multiply(quantity, fraction(minor));
    const end = step.to === null ? 'on' : `up to ${inWords(step.to)}`;
    const price = formatMoney(money(minor, currency));
    return {
      quantity,
      unit: pays.by === 'each' ? 'participant' : pays.by === 'return' ? 'principal' : 'result',
      rateMinor: minor,
      exactMinor,
      reason: exactMinor.numerator === 0n ? 'price-is-nil' : null,
      reckoning:
        pays.by === 'return'
          ? `${percentInWords(quantity)} of ${price}`
          : pays.by === 'each'
            ? `${n} at ${price}`
            : `1 result at ${price}`,
      why: `${inWords(value)} is on the step from ${inWords(step.from)} ${end}`,
    };
  });
}

function paysInWords(
  pays: Tier['pays'],
  principal: string | undefined,
  currency: ClauseContext['currency'],
): string {
  const pounds = (text: string) => formatMoney(parseMoney(text, currency));
  switch (pays.by) {
    case 'amount':
      return pounds(pays.amount);
    case 'each':
      return `${pounds(pays.price)} for each who counts`;
    case 'return':
      return `${pays.percent} of ${principal === undefined ? 'the principal' : pounds(principal)}`;
  }
}

function paymentFaults(
  pays: Tier['pays'],
  currency: ClauseContext['currency'],
  at: string,
): Fault[] {
  if (pays.by === 'amount')
    return amountFaults(`${at}/amount`, pays.amount, currency, 'PRICE_NEGATIVE');
  if (pays.by === 'each')
    return amountFaults(`${at}/price`, pays.price, currency, 'PRICE_NEGATIVE');
  return /^\d{1,6}(\.\d{1,9})?%$/.test(pays.percent)
    ? []
    : [
        {
          at: `${at}/percent`,
          code: 'NOT_A_PERCENTAGE',
          detail: `"${pays.percent}" is not a percentage, nil or more. Write it as 7.5%.`,
        },
      ];
}

function principalFaults(
  tiers: readonly Tier[],
  principal: string | undefined,
  currency: ClauseContext['currency'],
): Fault[] {
  const isReturn = tiers.some(({ pays }) => pays.by === 'return');
  if (principal !== undefined && isReturn) return amountFaults('/principal', principal, currency);
  if (principal === undefined && !isReturn) return [];
  return isReturn
    ? [
        {
          at: '/principal',
          code: 'PRINCIPAL_MISSING',
          detail: 'A step pays a return. Say of what principal.',
        },
      ]
    : [
        {
          at: '/principal',
          code: 'PRINCIPAL_UNUSED',
          detail: 'No step pays a return, so the principal changes nothing. Remove it.',
        },
      ];
}
