import type { Fraction } from '../money/fraction.js';
import type { FollowUpCounts } from '../outcomes/follow-up-counts.js';
import type { Reason } from '../outcomes/outcome.js';

/** Whether a folded row is of the statement's own period or of those before it. */
export type Span = 'this-period' | 'earlier';

/** Where an amount comes from: outcomes posted for the first time, or later corrections of them. */
export type Source = 'payment' | 'true-up';

/**
 * Approved lines folded by clause. Rows with the same change and quantity are one row, so their number does not grow with
 * the number of participants and none of them is about a person.
 */
export interface OutcomeFold {
  readonly span: Span;
  readonly source: Source;
  readonly clause: string;
  readonly lines: number;
  readonly amountMinor: bigint;
  /** For each line: +1 if the outcome became paid by it, -1 if it ceased to be, 0 if only its amount changed. */
  readonly outcomeChange: -1 | 0 | 1;
  /** For each line: what is paid for after it, less what was paid for before it. */
  readonly quantityChange: Fraction;
  readonly unit: string;
}

/** Parts of approved lines folded by clause and payer. */
export interface PayerFold {
  readonly span: Span;
  readonly source: Source;
  readonly clause: string;
  readonly payer: string;
  readonly amountMinor: bigint;
}

/**
 * Follow-ups behind score-based payments, as last posted up to the end of the period: of participants, folded by the
 * reason of their line, or of a whole cohort, counted when its line was worked out.
 */
export type FollowUpFold = {
  readonly clause: string;
  readonly cohort: string;
  readonly timePoint: string;
} & (
  | { readonly reason: Reason | null; readonly participants: number }
  | { readonly counts: FollowUpCounts }
);

/** Payable lines of the period that the statement's money does not include. */
export interface PendingTotals {
  readonly lines: number;
  readonly amountMinor: bigint;
}

/** What the record holds for a statement: folds by clause, by payer, and the plain sums that both must come to. */
export interface StatementRows {
  readonly outcomes: readonly OutcomeFold[];
  readonly parts: readonly PayerFold[];
  readonly followUps: readonly FollowUpFold[];
  readonly approvedMinor: Readonly<Record<Span, bigint>>;
  readonly awaiting: PendingTotals;
  readonly returned: PendingTotals;
  readonly unclaimed: PendingTotals;
  /** What all payable lines of the period's computations come to, whatever their state. */
  readonly payableMinor: bigint;
}
