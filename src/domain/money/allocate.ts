import { assert } from '../shared/assert.js';
import { equals, ONE, sum, type Fraction } from './fraction.js';

/**
 * Splits an integer amount by exact shares so that the parts sum to the whole (ruling 2: largest remainder, ties to the
 * earlier share). Each part is within one minor unit of its exact share. A negative amount is split as its positive
 * and negated, so that a clawback returns the same pennies to the same payers.
 */
export function allocate(amountMinor: bigint, shares: readonly Fraction[]): bigint[] {
  assert(shares.length > 0 && equals(sum(shares), ONE), 'shares must sum to one');
  if (amountMinor < 0n) return allocate(-amountMinor, shares).map((part) => -part);
  let leftMinor = amountMinor;
  const parts = shares.map(({ numerator, denominator }) => {
    const exact = amountMinor * numerator;
    const floorMinor = exact / denominator;
    leftMinor -= floorMinor;
    return { floorMinor, rest: exact % denominator, denominator };
  });
  const byRemainder = [...parts].sort((a, b) => {
    const difference = b.rest * a.denominator - a.rest * b.denominator;
    return difference > 0n ? 1 : difference < 0n ? -1 : 0; // ties stay as they stand: the sort is stable
  });
  for (const part of byRemainder.slice(0, Number(leftMinor))) part.floorMinor += 1n;
  return parts.map((part) => part.floorMinor);
}
