import type { Period } from '../domain/calendar/period.js';
import { civilDate } from '../domain/calendar/civil-date.js';
import type { ActedLine } from '../domain/claims/claim-line.js';
import { formatLineReference } from '../domain/computation/line-reference.js';
import type { LineFold, PartFold } from '../domain/claims/claim-account.js';
import type { ClaimLineState, Decision } from '../domain/claims/line-states.js';
import type { ClaimableLine } from '../domain/claims/selection.js';

export interface ComputationRow {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly state: string;
  readonly period_id: string;
  readonly currency: string;
}

export interface ClaimRow {
  readonly id: string;
  readonly contract_id: string;
  readonly number: number;
  readonly computation_id: string;
  readonly lines: number;
  readonly total_minor: string;
  readonly revision: number;
  readonly submitted_by: string;
  readonly submitted_by_name: string;
  readonly submitted_at: Date;
  readonly computation_number: number;
  readonly period_id: string;
  readonly period_from: string;
  readonly period_to: string;
  readonly currency: string;
  readonly digest: Buffer;
  readonly decided: number;
}

export interface NewClaim {
  readonly id: string;
  readonly contractId: string;
  readonly number: number;
  readonly computationId: string;
  readonly lines: number;
  readonly totalMinor: bigint;
  readonly submittedBy: string;
  readonly submittedAt: Date;
  /** The number of the audit entry that records the claim. */
  readonly recordedSeq: bigint;
  /** 32 random bytes out of which the salt of each line is made. */
  readonly linesSalt: Uint8Array;
}

export interface ActedLineRow {
  readonly line_no: number;
  readonly computation_number: number;
  readonly clause: string;
  readonly amount_minor: string;
  readonly participant: string | null;
  readonly cohort: string;
  readonly what: ActedLine['what'];
}

export interface LineStateRow {
  readonly line_no: number;
  readonly amount_minor: string;
  readonly state: ClaimLineState;
}

export interface LineFoldRow {
  readonly clause: string;
  readonly metric: string;
  readonly state: ClaimLineState;
  readonly lines: number;
  readonly amount_minor: string;
}

export interface PartFoldRow {
  readonly clause: string;
  readonly metric: string;
  readonly period_id: string;
  readonly payer: string;
  readonly state: ClaimLineState;
  readonly amount_minor: string;
}

export interface ClaimLineRow {
  readonly computation_id: string;
  readonly line_no: number;
  readonly computation_number: number;
  readonly participant_id: string | null;
  readonly participant: string | null;
  readonly cohort: string;
  readonly clause: string;
  readonly kind: string;
  readonly outcome_on: string;
  readonly quantity: string;
  readonly unit: string;
  readonly rate_minor: string;
  readonly amount_minor: string;
  readonly parts: Readonly<Record<string, string>>;
  readonly corrects: string | null;
  readonly explanation: string;
  readonly decision: Decision | null;
  readonly reason: string | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
}

export const toClaimableLine = (row: LineStateRow): ClaimableLine => ({
  lineNo: row.line_no,
  amountMinor: BigInt(row.amount_minor),
  state: row.state,
});

/** A line of an act; `contract` is the code in its reference. */
export const toActedLine = (contract: string, row: ActedLineRow): ActedLine => ({
  lineNo: row.line_no,
  reference: formatLineReference({
    contract,
    computation: row.computation_number,
    lineNo: row.line_no,
  }),
  clause: row.clause,
  amountMinor: BigInt(row.amount_minor),
  participant: row.participant,
  cohort: row.cohort,
  what: row.what,
});

export const toLineFold = (row: LineFoldRow): LineFold => ({
  clause: row.clause,
  metric: row.metric,
  state: row.state,
  lines: row.lines,
  amountMinor: BigInt(row.amount_minor),
});

export const toApprovedPart = (row: Omit<PartFoldRow, 'state'>): Omit<PartFold, 'state'> => ({
  clause: row.clause,
  metric: row.metric,
  periodId: row.period_id,
  payer: row.payer,
  amountMinor: BigInt(row.amount_minor),
});

export const toPartFold = (row: PartFoldRow): PartFold => ({
  ...toApprovedPart(row),
  state: row.state,
});

export const periodOf = (row: ClaimRow): Period => ({
  id: row.period_id,
  from: civilDate(row.period_from),
  to: civilDate(row.period_to),
});
