import { CURRENCIES, type Currency } from './currency.js';
import { divide, formatFraction, fraction, parseFraction } from './fraction.js';
import { formatAmount, money } from './money.js';

/** Exact minor units ("132000", "1/3") as a decimal text; before rounding they may be finer than the currency. */
export function formatExactAmount(minor: string, currency: Currency): string {
  const exact = parseFraction(minor);
  if (exact.denominator === 1n) return formatAmount(money(exact.numerator, currency));
  return formatFraction(divide(exact, fraction(10n ** BigInt(CURRENCIES[currency].places))));
}
