import type { TermsDocument } from '../domain/contract-terms/terms.schema.js';
import type { FollowUpCounts } from '../domain/outcomes/follow-up-counts.js';

/** Outcomes that became paid (net), what was paid for, and the money; numbers as exact texts. */
export interface AccountView {
  readonly outcomes: number;
  readonly quantity: string;
  readonly amount: string;
}

/** First postings and later corrections apart, and both together. */
export interface ApartView<T> {
  readonly payments: T;
  readonly trueUps: T;
  readonly all: T;
}

export interface ClauseView extends ApartView<AccountView> {
  readonly clause: string;
  readonly title: string;
  readonly unit: string;
}

export interface PayerView extends ApartView<{ readonly amount: string }> {
  readonly payer: string;
  readonly name: string;
}

/** A plan counts outcomes as the tariff pays them, by the unit, so it stands beside the quantity. */
export interface PlanView {
  readonly planned: Omit<AccountView, 'outcomes'>;
  /** Positive where more came than was planned. */
  readonly difference: Omit<AccountView, 'outcomes'>;
}

export interface SpanView {
  readonly clauses: readonly ClauseView[];
  readonly payers: readonly PayerView[];
  readonly total: ApartView<AccountView>;
  readonly plan: PlanView | null;
}

/** Who was followed up behind the payments of a clause for scores, up to the end of the period. */
export interface FollowUpView extends FollowUpCounts {
  readonly clause: string;
  readonly title: string;
  readonly cohort: string;
  readonly timePoint: string;
  /** Measured over due, exact: "0.9125" or "2/3"; null where nobody was due. */
  readonly rate: string | null;
}

export interface PendingView {
  readonly lines: number;
  readonly amount: string;
}

/** The statement of a period as it is downloaded. Every other form of it (CSV) is made from this one, number by number. */
export interface StatementDocument {
  readonly contract: {
    readonly code: string;
    readonly title: string;
    readonly standing: TermsDocument['standing'];
    readonly terms: number;
  };
  readonly period: { readonly id: string; readonly from: string; readonly to: string };
  readonly currency: string;
  readonly comparison: { readonly method: string; readonly deadweightPercent: string };
  readonly notes: readonly string[];
  readonly inPeriod: SpanView;
  readonly toDate: SpanView;
  readonly followUp: readonly FollowUpView[];
  /** Payable lines of the period that are not in the figures. */
  readonly pending: {
    readonly awaiting: PendingView;
    readonly returned: PendingView;
    readonly unclaimed: PendingView;
  };
  /** What the statement rests on; with the same audit head it is the same statement, byte for byte. */
  readonly basis: {
    readonly computations: readonly {
      readonly number: number;
      readonly period: string;
      readonly digest: string;
    }[];
    /** The entry it stands on, and what an outsider notes of it: see noteHash. */
    readonly audit: { readonly sequence: string; readonly hash: string };
  };
}

/** A period for which there is a statement. */
export interface StatementSummary {
  readonly contract: string;
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  /** Computations that were run for the period. */
  readonly computations: number;
  readonly approved: string;
}
