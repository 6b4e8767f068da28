import { assertNever } from '../shared/assert.js';
import { fraction, type Fraction } from './fraction.js';

/** How an exact amount becomes whole minor units. A term of the contract; half-up is the default (ruling 2). */
export const ROUNDING_MODES = ['half-up', 'half-even', 'down', 'up'] as const;
export type RoundingMode = (typeof ROUNDING_MODES)[number];

/**
 * Rounds to an integer. half-up and up move away from zero, so that a reversal rounds to the same pennies as the
 * payment it reverses; down moves towards zero.
 */
export function round(value: Fraction, mode: RoundingMode): bigint {
  const { numerator, denominator } = value;
  if (denominator === 1n) return numerator;
  const negative = numerator < 0n;
  const size = negative ? -numerator : numerator;
  const whole = size / denominator;
  const twice = (size % denominator) * 2n;
  const rounded = roundsUp(mode, twice, denominator, whole) ? whole + 1n : whole;
  return negative ? -rounded : rounded;
}

/** Rounds to whole multiples of a unit, itself in minor units: to the pound is 100n. */
export const roundTo = (value: Fraction, mode: RoundingMode, unitMinor: bigint): bigint =>
  unitMinor === 1n
    ? round(value, mode)
    : round(fraction(value.numerator, value.denominator * unitMinor), mode) * unitMinor;

function roundsUp(
  mode: RoundingMode,
  twiceRest: bigint,
  denominator: bigint,
  whole: bigint,
): boolean {
  switch (mode) {
    case 'half-up':
      return twiceRest >= denominator;
    case 'half-even':
      return twiceRest > denominator || (twiceRest === denominator && whole % 2n === 1n);
    case 'down':
      return false;
    case 'up':
      return twiceRest > 0n;
    default:
      return assertNever(mode);
  }
}
