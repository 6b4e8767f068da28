import {
  formatFraction,
  fraction,
  isPositive,
  multiply,
  negate,
  type Fraction,
} from './fraction.js';
import { round } from './rounding.js';

const PLACES = 4;
const SCALE = 10n ** BigInt(PLACES);
const HUNDRED = fraction(100n);

/** "0.69"; where four decimals do not hold it, "about 0.6543 (53/81)", so that both the reader and the checker are served. */
export function numberInWords(value: Fraction): string {
  const exact = formatFraction(value);
  if (fitsDecimals(exact)) return exact;
  return `about ${rounded(value)} (${value.numerator}/${value.denominator})`;
}

/** 3/5 as "60%"; -1/8 as "-12.5%". */
export const percentInWords = (value: Fraction): string => percentage(value, '%');

/** A difference between two percentages: -1/8 as "-12.5 percentage points". */
export const pointsInWords = (value: Fraction): string =>
  percentage(
    value,
    value.numerator * 100n === value.denominator ? ' percentage point' : ' percentage points',
  );

function percentage(value: Fraction, unit: string): string {
  const percent = multiply(value, HUNDRED);
  const exact = formatFraction(percent);
  return fitsDecimals(exact)
    ? exact + unit
    : `about ${rounded(percent)}${unit} (${value.numerator}/${value.denominator})`;
}

const fitsDecimals = (text: string): boolean =>
  !text.includes('/') && (text.split('.')[1]?.length ?? 0) <= PLACES;

const rounded = (value: Fraction): string =>
  formatFraction(fraction(round(multiply(value, fraction(SCALE)), 'half-up'), SCALE));

/** An improvement, positive for better: "improved by 0.69", "worsened by 0.2", "did not change". */
export function movedInWords(improvement: Fraction): string {
  if (improvement.numerator === 0n) return 'did not change';
  return isPositive(improvement)
    ? `improved by ${numberInWords(improvement)}`
    : `worsened by ${numberInWords(negate(improvement))}`;
}
