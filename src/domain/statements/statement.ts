import type { Period } from '../calendar/period.js';
import type { TermsDocument } from '../contract-terms/terms.schema.js';
import type { Fraction } from '../money/fraction.js';
import type { FollowUpCounts } from '../outcomes/follow-up-counts.js';
import type { PendingTotals } from './statement-rows.js';

/** Outcomes and money of one source: how many outcomes became paid (net), how much of what, and what was paid. */
export interface Account {
  readonly outcomes: number;
  readonly quantity: Fraction;
  readonly amountMinor: bigint;
}

/** An account shown with its true-ups apart. `all` is their sum. */
export interface Apart<T> {
  readonly payments: T;
  readonly trueUps: T;
  readonly all: T;
}

export interface ClauseAccount extends Apart<Account> {
  readonly clause: string;
  readonly title: string;
  readonly unit: string;
}

export interface PayerAccount extends Apart<{ readonly amountMinor: bigint }> {
  readonly payer: string;
  readonly name: string;
}

/**
 * What was planned, and how far the account is above (positive) or below it. A plan counts outcomes as the tariff pays
 * them, by the unit (a point, a family, a claim), so it is compared with the quantity.
 */
export interface AgainstPlan {
  readonly planned: Omit<Account, 'outcomes'>;
  readonly difference: Omit<Account, 'outcomes'>;
}

/** One span of time: the period itself, or the contract from its start to the period's end. */
export interface SpanAccount {
  readonly clauses: readonly ClauseAccount[];
  readonly payers: readonly PayerAccount[];
  readonly total: Apart<Account>;
  /** Null where the terms plan nothing for it. */
  readonly plan: AgainstPlan | null;
}

/** A computation that the statement rests on. */
export interface RestsOn {
  readonly number: number;
  readonly periodId: string;
  /** Hexadecimal. */
  readonly digest: string;
}

/** What a statement is about, beside its figures. */
export interface StatementFacts {
  readonly contract: { readonly code: string; readonly title: string };
  readonly terms: TermsDocument;
  readonly termsNumber: number;
  readonly period: Period;
  /** The calendar's periods up to and including this one. */
  readonly periodsToDate: readonly string[];
  readonly computations: readonly RestsOn[];
  /** The contract's latest audit entry: the same entry always gives the same statement. */
  readonly auditHead: { readonly sequence: bigint; readonly hash: string };
}

/** How many were due for a follow-up that a clause pays on, and what became of them, up to the end of the period. */
export interface FollowUpAccount {
  readonly clause: string;
  readonly title: string;
  readonly cohort: string;
  readonly timePoint: string;
  readonly counts: FollowUpCounts;
  /** Measured over due; null where nobody was due. */
  readonly rate: Fraction | null;
}

/** The investor's account of a period, from approved lines. It names no participant, no line and no person. */
export interface Statement {
  readonly facts: StatementFacts;
  readonly period: SpanAccount;
  readonly toDate: SpanAccount;
  /** Beside every score-based payment: who was followed up, by clause, cohort and time point. */
  readonly followUp: readonly FollowUpAccount[];
  /** Payable lines of the period that are not in the figures: in a claim, sent back, or not claimed. */
  readonly awaiting: PendingTotals;
  readonly returned: PendingTotals;
  readonly unclaimed: PendingTotals;
  /** Sentences a reader must have beside the figures. */
  readonly notes: readonly string[];
}
