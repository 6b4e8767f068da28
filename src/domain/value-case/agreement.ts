import { equals, type Fraction } from '../money/fraction.js';
import type { Agreement } from './figure.js';

/** How what is printed stands to what was reckoned. */
export function agreementOf(
  printed: Fraction | null,
  exact: Fraction,
  rounded: Fraction,
): Agreement {
  if (printed === null) return 'not-printed';
  if (equals(printed, exact)) return 'same';
  return equals(printed, rounded) ? 'rounded' : 'slip';
}
