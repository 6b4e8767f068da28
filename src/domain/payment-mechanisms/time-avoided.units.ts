import {
  formatFraction,
  fraction,
  isPositive,
  multiply,
  negate,
  type Fraction,
} from '../money/fraction.js';
import { numberInWords } from '../money/number-in-words.js';

/** "104 weeks", "1 day", "-1 day": what is avoided, counted as a number that is already written. */
export const unitsInWords = (count: string, unit: string): string =>
  `${count} ${unit}${count === '1' || count === '-1' ? '' : 's'}`;

const SEVEN = fraction(7n);

/** As people count time: "3 weeks and 1 day" for 22/7 weeks, "about 74.7945 (5460/73) days" where days have no end. */
export function timeInWords(value: Fraction, unit: 'day' | 'week'): string {
  if (unit === 'day' || value.denominator === 1n) return unitsInWords(numberInWords(value), unit);
  if (value.numerator < 0n) return `minus ${timeInWords(negate(value), unit)}`;
  const weeks = value.numerator / value.denominator;
  const days = multiply(fraction(value.numerator % value.denominator, value.denominator), SEVEN);
  const rest = numberInWords(days);
  if (!isPositive(fraction(weeks))) return unitsInWords(rest, 'day');
  return `${unitsInWords(formatFraction(fraction(weeks)), 'week')} and ${unitsInWords(rest, 'day')}`;
}
