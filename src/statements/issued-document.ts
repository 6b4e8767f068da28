import type { NotMeasured } from '../domain/disclosure/follow-up.js';
import type { StatementDocument } from './statement-document.js';

/** A line as it was released: see Release. Amounts are exact texts, counts multiples of 5. */
export interface ReleasedView {
  readonly clause: string;
  readonly title: string;
  /** For each unit, or "0.00" where the amount is no multiple of a price. */
  readonly tariff: string;
  /** null where cohorts are joined. */
  readonly cohort: string | null;
  /** The statements whose small figures are joined in it. */
  readonly fromStatement: number;
  readonly throughStatement: number;
  readonly people: number | null;
  readonly outcomes: number | null;
  readonly quantity: number;
  readonly amount: string;
  /** null where too few people stand behind some payer's part; `payersHeldBack` says so. */
  readonly payers: readonly { readonly payer: string; readonly amount: string }[] | null;
  readonly payersHeldBack: string | null;
}

/** Sums of released lines. */
export interface ReleasedTotalView {
  readonly outcomes: number;
  readonly quantity: number;
  readonly amount: string;
  readonly payers: readonly {
    readonly payer: string;
    readonly name: string;
    readonly amount: string;
  }[];
  /** The part of the amount that is not shown by payer. */
  readonly notByPayer: string;
}

/** What a clause came to in the statements up to this one. */
export interface ReleasedClauseView {
  readonly clause: string;
  readonly title: string;
  readonly outcomes: number;
  readonly quantity: number;
  readonly amount: string;
}

export interface IssuedFollowUpView {
  readonly clause: string;
  readonly title: string;
  readonly cohort: string | null;
  readonly timePoint: string;
  readonly due: number | null;
  readonly measured: number | null;
  readonly notMeasured: number | null;
  readonly reasons: Readonly<Record<NotMeasured, number>> | null;
  readonly excluded: number | null;
  readonly rate: string | null;
}

/** Lines that await a decision, were returned or were not claimed; null where fewer than 8 people stand behind them. */
export interface IssuedPendingView {
  readonly lines: number | null;
}

/**
 * A statement as it was issued to those who may not learn of individuals: investors, fund managers, observers and the
 * top-up fund. It never changes. Every count in it is rounded or held back, and every amount is of at least 8 people.
 */
export interface IssuedStatement extends Pick<
  StatementDocument,
  'contract' | 'period' | 'currency' | 'comparison' | 'notes'
> {
  readonly issue: { readonly number: number; readonly issuedAt: string };
  /**
   * What it rests on. No digest of a computation: whoever has it can try out which few lines give it, and so find the counts
   * that are held back.
   */
  readonly basis: {
    readonly computations: readonly { readonly number: number; readonly period: string }[];
    readonly audit: StatementDocument['basis']['audit'];
  };
  /** How small counts are protected, in sentences. */
  readonly control: readonly string[];
  /** New in this statement. */
  readonly released: readonly ReleasedView[];
  /** Clauses of which nothing is released in it. */
  readonly heldBack: readonly {
    readonly clause: string;
    readonly title: string;
    readonly why: string;
  }[];
  readonly inStatement: ReleasedTotalView;
  readonly toDate: ReleasedTotalView & {
    readonly clauses: readonly ReleasedClauseView[];
    /** Against all that was planned up to the end of the period; what is held back counts as not come yet. */
    readonly plan: {
      readonly planned: { readonly quantity: string; readonly amount: string };
      readonly difference: { readonly quantity: string; readonly amount: string };
    } | null;
  };
  readonly followUp: readonly IssuedFollowUpView[];
  readonly pending: {
    readonly awaiting: IssuedPendingView;
    readonly returned: IssuedPendingView;
    readonly unclaimed: IssuedPendingView;
  };
}

/** What stays of the issuing of a statement with whoever issued it. */
export interface IssueReceipt {
  readonly contract: string;
  readonly period: string;
  readonly number: number;
  /** Lines released in it. */
  readonly released: number;
  /** What they come to. */
  readonly amount: string;
  /** SHA-256 of the document, hexadecimal: it is in the audit trail too. */
  readonly documentHash: string;
  /** The log's signed promise that this act will be in it (docs/audit-log.md section 3); null where no log is kept. */
  readonly receipt: string | null;
}

/** Whether it is an issued statement rather than an exact one. */
export const isIssued = (
  document: StatementDocument | IssuedStatement,
): document is IssuedStatement => 'issue' in document;
