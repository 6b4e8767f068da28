import { assert } from '../shared/assert.js';

/** The fewest people who may stand behind a published figure. A count below it is not shown, and nought counts as below. */
export const FEWEST = 8;

/** Published counts are multiples of this. */
export const ROUNDED_TO = 5;

/** Whether a count, or the size of a net count of corrections, is large enough to be shown rounded. */
export const isShowable = (count: number): boolean => Math.abs(count) >= FEWEST;

/**
 * A count rounded to the nearest 5. Because nothing below 8 is shown, each shown value stands for five possible counts: 10
 * for 8 to 12. Refuses what may not be shown, and what is no whole number.
 */
export function rounded(count: number): number {
  assert(Number.isSafeInteger(count), `a count is a whole number, not ${count}`);
  assert(isShowable(count), `a count of ${count} is not shown`);
  const size = Math.abs(count) + 2;
  return Math.sign(count) * (size - (size % ROUNDED_TO));
}

/** The count as it is published: rounded, or null where it is held back. */
export const publishedCount = (count: number): number | null =>
  isShowable(count) ? rounded(count) : null;
