import { divide, fraction, multiply, type Fraction } from '../money/fraction.js';
import { CURRENCIES, type Currency } from '../money/currency.js';
import { round } from '../money/rounding.js';
import type { FigureRounding, RoundingStep } from './rounding.schema.js';

/** A figure rounded as the case declares; amounts are in whole units of the currency. */
export function roundFigure(
  value: Fraction,
  rounding: FigureRounding,
  currency: Currency,
): Fraction {
  if (rounding.to === 'none') return value;
  const step = stepOf(rounding.to, currency);
  return multiply(fraction(round(divide(value, step), rounding.mode)), step);
}

const STEPS: Readonly<Record<Exclude<RoundingStep, 'none' | 'penny'>, bigint>> = {
  pound: 1n,
  one: 1n,
  ten: 10n,
  hundred: 100n,
  thousand: 1_000n,
  'ten-thousand': 10_000n,
  'hundred-thousand': 100_000n,
  million: 1_000_000n,
};

const stepOf = (to: Exclude<RoundingStep, 'none'>, currency: Currency): Fraction =>
  to === 'penny' ? fraction(1n, 10n ** BigInt(CURRENCIES[currency].places)) : fraction(STEPS[to]);
