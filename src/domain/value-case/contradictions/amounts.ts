import { amountFaults } from '../../money/amount-faults.js';
import { compare, ONE, ZERO, type Fraction } from '../../money/fraction.js';
import type { Fault } from '../../shared/domain-error.js';
import { excerpt } from '../../shared/excerpt.js';
import type { Benefit, Working } from '../figures.schema.js';
import { number } from '../number.js';
import type { Operand, Reckoning } from '../reckoning.schema.js';
import { COUNT_STEPS, MONEY_STEPS } from '../rounding.schema.js';
import type { ValueCase } from '../value-case.schema.js';

/** Texts that are no exact numbers or amounts, chances above one, and roundings that do not suit their unit. */
export const amountFaultsOf = (of: ValueCase): Fault[] => [
  ...of.unitCosts.flatMap(({ amount }, n) =>
    amountFaults(`/unitCosts/${n}/amount`, amount, of.currency),
  ),
  ...(of.price ? amountFaults('/price/amount', of.price.amount, of.currency) : []),
  ...rateFaults(of.discounting),
  ...Object.entries(of.priceIndex?.values ?? {}).flatMap(([year, value]) =>
    numberFaults(`/priceIndex/values/${year}`, value, isAboveNought),
  ),
  ...of.benefits.flatMap((benefit, n) => figureFaults(benefit, `/benefits/${n}`, true)),
  ...of.workings.flatMap((working, n) =>
    figureFaults(working, `/workings/${n}`, working.unit === 'money'),
  ),
];

function rateFaults({ amounts, rate }: ValueCase['discounting']): Fault[] {
  if (rate === undefined) return [];
  const at = '/discounting/rate';
  if (amounts === 'present-values') return numberFaults(at, rate);
  return [
    {
      at,
      code: 'RATE_WITHOUT_DISCOUNTING',
      detail:
        'A rate is given, but the amounts are not said to be present values. Remove the rate, or say so.',
    },
  ];
}

function figureFaults(figure: Benefit | Working, at: string, isMoney: boolean): Fault[] {
  const { amount, rounding, printed } = figure;
  const unsuited: readonly string[] = isMoney ? COUNT_STEPS : MONEY_STEPS;
  const ofRounding: Fault[] = unsuited.includes(rounding.to)
    ? [
        {
          at: `${at}/rounding/to`,
          code: 'ROUNDING_UNSUITED',
          detail: isMoney
            ? 'Money is rounded to a penny, a pound, ten and so on, or not at all.'
            : 'A count is rounded to one, ten and so on, or not at all.',
        },
      ]
    : [];
  const ofNumbers =
    amount.by === 'statement'
      ? numberFaults(`${at}/amount/value`, amount.value)
      : amount.of.flatMap((operand, n) => [
          ...operandFaults(operand, `${at}/amount/of/${n}`),
          ...stateFaults(operand, amount.by, `${at}/amount/of/${n}`),
        ]);
  const ofPrinted = printed ? numberFaults(`${at}/printed/value`, printed.value) : [];
  return [...ofNumbers, ...ofRounding, ...ofPrinted];
}

const operandFaults = (operand: Operand, at: string): Fault[] => {
  if (operand.take !== 'number') return [];
  const isChance = operand.is === 'probability' || operand.is === 'attribution';
  return numberFaults(`${at}/value`, operand.value, isChance ? isProportion : undefined);
};

/** What is said of an operand and would otherwise be passed over in silence. */
function stateFaults(operand: Operand, by: Reckoning['by'], at: string): Fault[] {
  if (operand.minus === true && by !== 'sum')
    return [
      {
        at: `${at}/minus`,
        code: 'MINUS_MISPLACED',
        detail: `Only in a sum is anything taken away. In a ${by}, write a negative number.`,
      },
    ];
  if (operand.take === 'benefit' && operand.body !== undefined && operand.taken !== 'rounded')
    return [
      {
        at: `${at}/taken`,
        code: 'PART_NOT_ROUNDED',
        detail: 'The part of a body is settled in pennies. Write "taken: rounded".',
      },
    ];
  return [];
}

interface Bound {
  readonly holds: (value: Fraction) => boolean;
  readonly code: string;
  readonly wanted: string;
}
const isProportion: Bound = {
  holds: (value) => compare(value, ZERO) >= 0 && compare(value, ONE) <= 0,
  code: 'NOT_A_PROPORTION',
  wanted: 'A probability or attribution lies from 0 to 1: write 2.5%, 0.025 or 1/40',
};
const isAboveNought: Bound = {
  holds: (value) => compare(value, ZERO) > 0,
  code: 'INDEX_NOT_POSITIVE',
  wanted: 'A price index is above nought',
};

function numberFaults(at: string, text: string, bound?: Bound): Fault[] {
  const value = number(text);
  if (value === null)
    return [
      {
        at,
        code: 'NOT_A_NUMBER',
        detail: `"${excerpt(text)}" is not an exact number. Write it as 12, -3, 0.25, 2/3 or 25%.`,
      },
    ];
  if (bound && !bound.holds(value))
    return [{ at, code: bound.code, detail: `${bound.wanted}, not "${excerpt(text)}".` }];
  return [];
}
