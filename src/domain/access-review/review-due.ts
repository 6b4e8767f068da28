import { addMonths, londonDateOf, type CivilDate } from '../calendar/civil-date.js';

/** What an organisation's people may do is looked through at least this often, in months. */
export const REVIEW_MONTHS = 6;

/** What decides by when a review is due. */
export interface ReviewFacts {
  /** null when there was none. */
  readonly lastReviewedAt: Date | null;
  /** When the oldest access in force was given; null where nobody may do anything. */
  readonly accessSince: Date | null;
}

/** By when somebody has to say of every access whether it stays. */
export interface ReviewDue {
  /** The last day in time; null where there is nothing to review. */
  readonly dueOn: CivilDate | null;
  readonly isOverdue: boolean;
}

/** Six months after the last review, or after access was first given where that is later: nothing older is unreviewed. */
export function reviewDue(
  { lastReviewedAt, accessSince }: ReviewFacts,
  today: CivilDate,
): ReviewDue {
  if (accessSince === null) return { dueOn: null, isOverdue: false };
  const isReviewed = lastReviewedAt !== null && lastReviewedAt >= accessSince;
  const dueOn = addMonths(londonDateOf(isReviewed ? lastReviewedAt : accessSince), REVIEW_MONTHS);
  return { dueOn, isOverdue: today > dueOn };
}
