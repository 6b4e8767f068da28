import { add, divide, multiply, negate, ONE, ZERO, type Fraction } from '../money/fraction.js';
import { MONEY, type Step } from './figure.js';
import { ReckoningFault } from './reckoning-fault.js';

type Way = 'product' | 'sum' | 'quotient';

/** Far beyond any figure of a value case; products of products would otherwise grow without end. */
const MOST = 10n ** 60n;

/** What the steps come to. Refuses to add money to counts, to multiply money by money, and to divide by nought. */
export function combine(by: Way, steps: readonly Step[], isMoney: boolean, at: string): Fraction {
  refuseUnits(by, steps, isMoney, at);
  if (by === 'sum')
    return steps.reduce(
      (sum, { value, isMinus }) => bounded(add(sum, isMinus ? negate(value) : value), at),
      ZERO,
    );
  if (by === 'product')
    return steps.reduce((product, { value }) => bounded(multiply(product, value), at), ONE);
  const [of, divisor] = steps as [Step, Step];
  if (divisor.value.numerator === 0n)
    throw new ReckoningFault(
      `${at}/of/1`,
      'DIVISION_BY_NOUGHT',
      'Nothing can be divided by nought.',
    );
  return bounded(divide(of.value, divisor.value), at);
}

function refuseUnits(by: Way, steps: readonly Step[], isMoney: boolean, at: string): void {
  const [first, second] = steps.map(({ unit }) => unit === MONEY);
  const amounts = steps.filter(({ unit }) => unit === MONEY).length;
  const sound = {
    product: amounts === (isMoney ? 1 : 0),
    sum: amounts === (isMoney ? steps.length : 0),
    quotient: isMoney ? first === true && second === false : first === second,
  }[by];
  if (!sound) throw new ReckoningFault(`${at}/of`, 'UNITS_DISAGREE', WANTED[by](isMoney));
}

const WANTED: Readonly<Record<Way, (isMoney: boolean) => string>> = {
  product: (isMoney) =>
    isMoney
      ? 'An amount of money is the product of exactly one amount and any numbers.'
      : 'A count is a product of numbers, without any amount of money.',
  sum: (isMoney) =>
    isMoney
      ? 'An amount of money is a sum of amounts: a number among them needs "is: amount".'
      : 'A count is a sum of numbers, without any amount of money.',
  quotient: (isMoney) =>
    isMoney
      ? 'An amount of money is an amount divided by a number.'
      : 'A number is an amount divided by an amount, or a number by a number.',
};

function bounded(value: Fraction, at: string): Fraction {
  const size = value.numerator < 0n ? -value.numerator : value.numerator;
  if (size <= MOST && value.denominator <= MOST) return value;
  throw new ReckoningFault(
    at,
    'NUMBER_UNWIELDY',
    'This grows beyond sixty digits. No figure of a value case needs as many.',
  );
}
