import type { ClaimState } from '../domain/claims/claim-states.js';
import type { ClaimLineState, Decision } from '../domain/claims/line-states.js';

/** Lines and what they come to; amounts are decimal texts such as "1320.00". */
export interface TotalsView {
  readonly lines: number;
  readonly amount: string;
}

/** What one payer bears of the claim. */
export interface PayerShareView {
  readonly payer: string;
  readonly name: string;
  readonly amount: string;
  readonly awaiting: string;
  readonly approved: string;
  readonly returned: string;
}

/** A limit, and what is left of it once everything in the claim that is not returned is paid. */
export interface CapView {
  readonly cap: string;
  readonly scope: string;
  /** The clause, metric, payer or period it limits; null where it limits the contract. */
  readonly subject: string | null;
  readonly limit: string;
  readonly usedByApprovedLines: string;
  readonly usedByThisClaim: string;
  readonly headroom: string;
}

/** A claim in a list. */
export interface ClaimSummary {
  readonly contract: string;
  readonly number: number;
  readonly state: ClaimState;
  readonly revision: number;
  readonly computation: number;
  readonly period: string;
  readonly currency: string;
  readonly lines: number;
  readonly decided: number;
  readonly amount: string;
  readonly submittedAt: string;
}

/** A claim as it is reviewed: payer shares, caps and headroom first. */
export interface ClaimView {
  readonly contract: string;
  readonly number: number;
  readonly state: ClaimState;
  readonly revision: number;
  /** Whether the terms are a real contract's or illustrative. */
  readonly standing: string;
  readonly currency: string;
  readonly payers: readonly PayerShareView[];
  readonly caps: readonly CapView[];
  readonly total: TotalsView;
  readonly byState: readonly (TotalsView & { readonly state: ClaimLineState })[];
  readonly byClause: readonly (TotalsView & {
    readonly clause: string;
    readonly title: string;
    readonly byState: readonly (TotalsView & { readonly state: ClaimLineState })[];
  })[];
  readonly computation: {
    readonly number: number;
    readonly period: string;
    readonly digest: string;
  };
  readonly submittedBy: string;
  readonly submittedAt: string;
}

/** One line of a claim, with the sentence that explains it and what was decided. */
export interface ClaimLineView {
  readonly line: string;
  readonly state: ClaimLineState;
  readonly explanation: string;
  readonly participant: string | null;
  readonly cohort: string;
  readonly clause: string;
  readonly kind: string;
  readonly outcomeOn: string;
  readonly quantity: string;
  readonly unit: string;
  readonly rate: string;
  readonly amount: string;
  readonly currency: string;
  readonly parts: readonly { readonly payer: string; readonly amount: string }[];
  /** The line that a true-up corrects. */
  readonly corrects: string | null;
  readonly decision: {
    readonly decision: Decision;
    readonly reason: string | null;
    readonly decidedBy: string;
    readonly decidedAt: string;
  } | null;
}

/** What submitting a claim answers. */
export interface SubmittedClaim {
  readonly contract: string;
  readonly number: number;
  readonly state: ClaimState;
  readonly revision: number;
  readonly computation: number;
  readonly lines: number;
  readonly amount: string;
  readonly currency: string;
  /** SHA-256 over the claimed lines' references, as the audit entry has it. */
  readonly linesHash: string;
  /** The log's signed promise that this act will be in it (docs/audit-log.md section 3); null where no log is kept. */
  readonly receipt: string | null;
}

/** What an act of decision answers. */
export interface DecidedClaim {
  readonly contract: string;
  readonly number: number;
  readonly state: ClaimState;
  readonly revision: number;
  readonly currency: string;
  readonly approved: TotalsView;
  readonly returned: TotalsView;
  /** SHA-256 over the decided lines' references and decisions, as the audit entry has it. */
  readonly decisionsHash: string;
  /** The log's signed promise that this act will be in it (docs/audit-log.md section 3); null where no log is kept. */
  readonly receipt: string | null;
}
