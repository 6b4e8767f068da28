import { Injectable } from '@nestjs/common';
import { civilDate } from '../domain/calendar/civil-date.js';
import type { Period } from '../domain/calendar/period.js';
import type { TermsInForce } from '../domain/contract-terms/terms-in-force.js';
import type { Currency } from '../domain/money/currency.js';
import { onBehalfOf } from '../platform/auth/acting.js';
import type { Transaction } from '../platform/database/transaction.js';
export type { OtherLine } from './compared-lines.js';
import { ComparedLines, type OtherLine } from './compared-lines.js';
import { ComputationRun } from './computation-run.js';
import type { ClaimedRun } from './payment-computation.mapping.js';
import {
  StoredComputationsRepository,
  type StoredComputationRow,
} from './stored-computations.repository.js';

/** Lines folded: how many, what they come to, and the digest of their canonical bytes. */
export interface FoldedLines {
  readonly lines: number;
  readonly totalMinor: bigint;
  readonly digest: string;
}

/** A computation made again beside what is stored of it. */
export interface ReplayedComputation {
  /** null where it was not computed again. */
  readonly computed: FoldedLines | null;
  readonly stored: FoldedLines;
  readonly firstOther: OtherLine | null;
  /** Why it could not be computed again; null where it could. */
  readonly failure: string | null;
}

/** What the trail says a computation was asked for with. */
export interface RecordedRun {
  readonly id: string;
  readonly number: number;
  readonly period: Period;
  /** The number of the entry that asked for it: what was recorded before is what it knew. */
  readonly knownThrough: bigint;
  readonly requestedBy: string;
  readonly currency: string;
}

export interface StoredComputation {
  readonly id: string;
  readonly number: number;
  readonly period: Period;
  readonly knownThrough: bigint;
  readonly requestedBy: string;
  readonly lines: number;
  readonly totalMinor: string;
  readonly currency: string;
  readonly digest: string;
  readonly engineVersion: string | null;
}

/** Computes again what was computed, from what was known then and with the same engine, and posts nothing. */
@Injectable()
export class ComputationReplay {
  constructor(
    private readonly run: ComputationRun,
    private readonly repository: StoredComputationsRepository,
  ) {}

  /** Computations of a contract as their rows have them. Authorise before. */
  async stored(tx: Transaction, contractId: string): Promise<StoredComputation[]> {
    return (await this.repository.computed(tx, contractId)).map(toStored);
  }

  /** Computes again with these terms and holds every line against the stored one of its number. Authorise before. */
  async replay(
    tx: Transaction,
    contract: { readonly id: string; readonly code: string },
    recorded: RecordedRun,
    versions: readonly TermsInForce[],
  ): Promise<ReplayedComputation> {
    const sink = new ComparedLines(this.repository, tx, recorded.id);
    const lease = { rows: { done: 0, total: null }, check: () => undefined };
    const run = toRun(contract, recorded);
    try {
      const { lines, totalMinor, digest } = await this.run.compute(tx, {
        run,
        versions,
        lease,
        sink,
      });
      await sink.finish();
      const computed = { lines, totalMinor, digest: digest.toString('hex') };
      return { computed, stored: sink.result(), firstOther: sink.firstOther, failure: null };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { ...(await this.storedLines(tx, recorded.id)), failure: error.message };
    }
  }

  /** The stored lines alone, of a computation that another engine made. Authorise before. */
  async storedLines(tx: Transaction, id: string): Promise<ReplayedComputation> {
    const sink = new ComparedLines(this.repository, tx, id);
    await sink.abandon();
    return { computed: null, stored: sink.result(), firstOther: null, failure: null };
  }
}

const toStored = (row: StoredComputationRow): StoredComputation => ({
  id: row.id,
  number: row.number,
  period: {
    id: row.period_id,
    from: civilDate(row.period_from),
    to: civilDate(row.period_to),
  },
  knownThrough: BigInt(row.known_through),
  requestedBy: row.requested_by,
  lines: row.lines ?? 0,
  totalMinor: row.total_minor ?? '',
  currency: row.currency,
  digest: row.digest?.toString('hex') ?? '',
  engineVersion: row.engine_version,
});

const toRun = (
  contract: { readonly id: string; readonly code: string },
  { id, number, period, knownThrough, requestedBy, currency }: RecordedRun,
): ClaimedRun => ({
  id,
  contractId: contract.id,
  contractCode: contract.code,
  number,
  kind: 'recheck',
  rechecks: id,
  period,
  knownThrough,
  currency: currency as Currency,
  acting: onBehalfOf(requestedBy, contract.id),
  token: 0,
  attempts: 1,
  postsAfter: number,
  expectedDigest: null,
});
