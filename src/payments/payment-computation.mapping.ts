import { civilDate } from '../domain/calendar/civil-date.js';
import type { Period } from '../domain/calendar/period.js';
import type {
  ComputationKind,
  ComputationState,
} from '../domain/computation/computation-states.js';
import type { Currency } from '../domain/money/currency.js';
import { formatAmount, money } from '../domain/money/money.js';
import { onBehalfOf, type OnBehalf } from '../platform/auth/acting.js';
import type { ComputationView } from './computation-view.js';

/** A claimed run: all that a worker needs to know to perform it. */
export interface ClaimedRun {
  readonly id: string;
  readonly contractId: string;
  readonly contractCode: string;
  readonly number: number;
  readonly kind: ComputationKind;
  readonly rechecks: string | null;
  readonly period: Period;
  readonly knownThrough: bigint;
  readonly currency: Currency;
  /** The worker, with the rights of whoever asked for the computation, on its contract. */
  readonly acting: OnBehalf;
  readonly token: number;
  readonly attempts: number;
  /** Lines of computations below this number count as posted before: its own, or the one that a recheck repeats. */
  readonly postsAfter: number;
  /** The digest that a recheck must give again. */
  readonly expectedDigest: string | null;
}

export interface ComputationRow {
  readonly id: string;
  readonly contract_id: string;
  readonly code: string;
  readonly number: number;
  readonly kind: ComputationKind;
  readonly rechecks: string | null;
  readonly period_id: string;
  readonly period_from: string;
  readonly period_to: string;
  readonly known_through: string;
  readonly state: ComputationState;
  readonly token: number;
  readonly attempts: number;
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly rows_total: string | null;
  readonly rows_done: string;
  readonly lines: number | null;
  readonly currency: string;
  readonly total_minor: string | null;
  readonly digest: Buffer | null;
  readonly engine_version: string | null;
  readonly failure_code: string | null;
  readonly failure_detail: string | null;
  /** Of the computation that a recheck repeats. */
  readonly original_digest: Buffer | null;
  readonly original_number: number | null;
}

const periodOf = (row: ComputationRow): Period => ({
  id: row.period_id,
  from: civilDate(row.period_from),
  to: civilDate(row.period_to),
});

export function viewFromRow(row: ComputationRow): ComputationView {
  const currency = row.currency as Currency;
  const agrees =
    row.kind === 'recheck' && row.digest !== null && row.original_digest !== null
      ? row.digest.equals(row.original_digest)
      : null;
  return {
    id: row.id,
    contract: row.code,
    number: row.number,
    kind: row.kind,
    rechecks: row.rechecks,
    period: periodOf(row),
    knownThrough: row.known_through,
    state: row.state,
    requestedAt: row.requested_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    rowsDone: Number(row.rows_done),
    rowsTotal: row.rows_total === null ? null : Number(row.rows_total),
    lines: row.lines,
    total:
      row.total_minor === null
        ? null
        : { amount: formatAmount(money(BigInt(row.total_minor), currency)), currency },
    digest: row.digest?.toString('hex') ?? null,
    engineVersion: row.engine_version,
    agrees,
    failure:
      row.failure_code === null
        ? null
        : { code: row.failure_code, detail: row.failure_detail ?? '' },
  };
}

export const claimFromRow = (row: ComputationRow): ClaimedRun => ({
  id: row.id,
  contractId: row.contract_id,
  contractCode: row.code,
  number: row.number,
  kind: row.kind,
  rechecks: row.rechecks,
  period: periodOf(row),
  knownThrough: BigInt(row.known_through),
  currency: row.currency as Currency,
  acting: onBehalfOf(row.requested_by, row.contract_id),
  token: row.token,
  attempts: row.attempts,
  postsAfter: row.original_number ?? row.number,
  expectedDigest: row.original_digest?.toString('hex') ?? null,
});
