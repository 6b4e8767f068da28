import { formatFraction, fraction, multiply, type Fraction } from '../money/fraction.js';
import { CURRENCIES, type Currency } from '../money/currency.js';
import { formatMoney, money, type Money } from '../money/money.js';
import { round } from '../money/rounding.js';
import { asMoney } from './amounts.js';
import { MONEY, type Unit } from './figure.js';

/** "£405,288", "£407.92": an amount to be read; pennies are left out where there are none. */
export const showMoney = (amount: Money): string => formatMoney(amount).replace(/\.0+$/, '');

/** A figure to be read. What is no whole number of pennies is shown to the penny with its exact value behind it. */
export function show(value: Fraction, unit: Unit, currency: Currency): string {
  if (unit !== MONEY) return showNumber(value);
  const whole = asMoney(value, currency);
  if (whole !== null) return showMoney(whole);
  const minor = round(
    multiply(value, fraction(10n ** BigInt(CURRENCIES[currency].places))),
    'half-up',
  );
  return `about ${showMoney(money(minor, currency))} (exactly ${formatFraction(value)})`;
}

const DECIMALS = 10_000n;

/** "2,160", "25.2", "about 0.9167 (11/12)". */
export function showNumber(value: Fraction): string {
  const text = formatFraction(value);
  if (!text.includes('/')) return grouped(text);
  const near = fraction(round(multiply(value, fraction(DECIMALS)), 'half-up'), DECIMALS);
  return `about ${grouped(formatFraction(near))} (${text})`;
}

const grouped = (decimal: string): string => {
  const [whole, decimals] = decimal.split('.') as [string, string?];
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return decimals === undefined ? digits : `${digits}.${decimals}`;
};
