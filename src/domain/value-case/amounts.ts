import { fraction, multiply, type Fraction } from '../money/fraction.js';
import { CURRENCIES, type Currency } from '../money/currency.js';
import { money, type Money } from '../money/money.js';

const minorPerUnit = (currency: Currency): Fraction =>
  fraction(10n ** BigInt(CURRENCIES[currency].places));

/** An exact amount as money, or null where it is not whole pennies. */
export function asMoney(amount: Fraction, currency: Currency): Money | null {
  const { numerator, denominator } = multiply(amount, minorPerUnit(currency));
  return denominator === 1n ? money(numerator, currency) : null;
}

/** Money as an exact number of whole units of its currency (pounds). */
export const asFraction = ({ minor, currency }: Money): Fraction =>
  fraction(minor, minorPerUnit(currency).numerator);
