import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ComputationState } from '../domain/computation/computation-states.js';
import { APPLICATION_ROLE } from '../platform/database/roles.js';
import type { Transaction } from '../platform/database/transaction.js';
import { OutboxRepository } from '../platform/queue/outbox.repository.js';
import { PAYMENT_COMPUTATION } from './jobs/payment-computation.job.js';
import { PaymentComputationEntity } from './payment-computation.entity.js';
import {
  claimFromRow,
  type ClaimedRun,
  type ComputationRow,
} from './payment-computation.mapping.js';

const COLUMNS = `c.id, c.contract_id, k.code, c.number, c.kind, c.rechecks, c.period_id, c.period_from, c.period_to,
  c.known_through, c.state, c.token, c.attempts, c.requested_by, c.requested_at, c.started_at, c.finished_at, c.rows_total, c.rows_done,
  c.lines, c.currency, c.total_minor, c.digest, c.engine_version, c.failure_code, c.failure_detail,
  o.digest as original_digest, o.number as original_number`;
const FROM = `payment_computation c join contract k on k.id = c.contract_id
  left join payment_computation o on o.id = c.rechecks`;

const HOLD_ATTEMPTS = 20;
const HOLD_PAUSE_MS = 100;

/** What a run ended with. */
export interface RunResult {
  /** Participants looked at. */
  readonly participants: number;
  readonly lines: number;
  readonly totalMinor: bigint;
  readonly digest: Buffer;
  readonly engineVersion: string;
  /** Of a recheck that gave other bytes. */
  readonly mismatch: { readonly code: string; readonly detail: string } | null;
}

export type NewComputation = Pick<
  PaymentComputationEntity,
  | 'id'
  | 'contractId'
  | 'number'
  | 'kind'
  | 'rechecks'
  | 'periodId'
  | 'periodFrom'
  | 'periodTo'
  | 'knownThrough'
  | 'requestedBy'
  | 'currency'
>;

/**
 * Computations as rows, and the bell that goes with them. Every write under a claim names its token, so that a worker
 * which lost its claim without knowing it changes nothing.
 */
@Injectable()
export class PaymentsRepository {
  constructor(private readonly outbox: OutboxRepository) {}

  async find(tx: Transaction, id: string): Promise<ComputationRow | null> {
    const [row] = await tx.query<ComputationRow>(`select ${COLUMNS} from ${FROM} where c.id = $1`, [
      id,
    ]);
    return row ?? null;
  }

  /** The code of a computation's contract, also for whoever may not read the computation; null where neither is theirs. */
  async contractCodeOf(tx: Transaction, id: string): Promise<string | null> {
    const [row] = await tx.query<{ code: string | null }>(
      'select contract_of_computation($1) as code',
      [id],
    );
    return row?.code ?? null;
  }

  async findByNumber(
    tx: Transaction,
    code: string,
    number: number,
  ): Promise<ComputationRow | null> {
    const [row] = await tx.query<ComputationRow>(
      `select ${COLUMNS} from ${FROM} where k.code = $1 and c.number = $2`,
      [code, number],
    );
    return row ?? null;
  }

  /** Latest first. Served by payment_computation_number_once. */
  list(
    tx: Transaction,
    contractId: string,
    before: bigint | null,
    limit: number,
  ): Promise<ComputationRow[]> {
    return tx.query<ComputationRow>(
      `select ${COLUMNS} from ${FROM} where c.contract_id = $1 and ($2::bigint is null or c.number < $2::bigint)
        order by c.number desc limit $3`,
      [contractId, before, limit],
    );
  }

  /** The number that the next computation gets; the caller holds the contract's audit head, so nobody else asks now. */
  async nextNumber(tx: Transaction, contractId: string): Promise<number> {
    const [row] = await tx.query<{ next: number }>(
      'select coalesce(max(number), 0) + 1 as next from payment_computation where contract_id = $1',
      [contractId],
    );
    return row!.next;
  }

  /** Periods that have been computed, or that an earlier request is about to compute; below a number where one is given. */
  async periodsWith(
    tx: Transaction,
    contractId: string,
    states: readonly ComputationState[],
    below: number | null = null,
  ): Promise<Set<string>> {
    const rows = await tx.query<{ period_id: string }>(
      `select distinct period_id from payment_computation
        where contract_id = $1 and kind = 'payable' and state = any($2) and ($3::integer is null or number < $3)`,
      [contractId, states, below],
    );
    return new Set(rows.map((row) => row.period_id));
  }

  /** Records the request and asks for the bell to be rung once it is committed. */
  async insertRequested(tx: Transaction, computation: NewComputation): Promise<void> {
    await tx.manager.insert(PaymentComputationEntity, { ...computation, state: 'requested' });
    await this.ring(tx, computation.id, 0);
  }

  private ring(tx: Transaction, computationId: string, attempt: number): Promise<void> {
    return this.outbox.enqueue(tx, PAYMENT_COMPUTATION, { computationId, attempt });
  }

  /** Rings for the contract's next waiting computation, which may run now. */
  async ringNext(tx: Transaction, contractId: string): Promise<void> {
    const [next] = await tx.query<{ id: string; attempts: number }>(
      `select id, attempts from payment_computation where contract_id = $1 and state = 'requested'
        order by number limit 1`,
      [contractId],
    );
    if (next) await this.ring(tx, next.id, next.attempts);
  }

  /**
   * Rings again for work that waits although nobody seems to have heard: requests older than the pause, and runs whose
   * lease ran out, the first of each contract only. A bell that is still in the outbox is not doubled. One sweeper at a
   * time. Gives how many were rung. Served by payment_computation_unfinished.
   */
  async ringOverdue(tx: Transaction, pauseSeconds: number): Promise<number> {
    const [lock] = await tx.query<{ taken: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('outturn:payment-sweeper', 0)) as taken`,
    );
    if (!lock?.taken) return 0;
    const overdue = await tx.query<{ id: string; attempts: number }>(
      `select c.id, c.attempts from payment_computation c
        where ((c.state = 'requested' and coalesce(c.started_at, c.requested_at) < now() - make_interval(secs => $1))
            or (c.state = 'running' and c.lease_until < now()))
          and not exists (select 1 from payment_computation e
                           where e.contract_id = c.contract_id and e.number < c.number
                             and e.state in ('requested', 'running'))
          and not exists (select 1 from work_outbox w
                           where w.sent_at is null and w.payload ->> 'computationId' = c.id::text)
        order by c.requested_at, c.id limit 1000`,
      [pauseSeconds],
    );
    for (const { id, attempts } of overdue) await this.ring(tx, id, attempts);
    return overdue.length;
  }

  /**
   * Takes a computation for a worker: only the lowest unfinished number of its contract, and only while nobody else
   * holds it. null when there is nothing to do. Two workers that try at once are told apart by the row lock: the second
   * sees the first one's claim when it looks again.
   */
  async claim(tx: Transaction, id: string, leaseSeconds: number): Promise<ClaimedRun | null> {
    const claimed = await tx.query<{ id: string }>(
      `update payment_computation c
          set state = 'running', token = token + 1, attempts = attempts + 1, rows_done = 0,
              lease_until = now() + make_interval(secs => $2), started_at = coalesce(started_at, now())
        where c.id = $1
          and (c.state = 'requested' or (c.state = 'running' and c.lease_until < now()))
          and not exists (select 1 from payment_computation e
                           where e.contract_id = c.contract_id and e.number < c.number
                             and e.state in ('requested', 'running'))
        returning c.id`,
      [id, leaseSeconds],
    );
    return claimed.length === 0 ? null : claimFromRow((await this.find(tx, id))!);
  }

  /**
   * Makes this transaction the only one that writes lines of the contract. Whoever still holds the place lost its claim
   * and hangs (a stopped process keeps its connection and its half-written lines): after a moment its session is ended.
   */
  async holdContract(tx: Transaction, contractId: string): Promise<void> {
    const key = `outturn:payment-lines:${contractId}`;
    for (let attempt = 0; attempt < HOLD_ATTEMPTS; attempt += 1) {
      const [lock] = await tx.query<{ taken: boolean }>(
        'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken',
        [key],
      );
      if (lock?.taken) return;
      await sleep(HOLD_PAUSE_MS);
    }
    // the login may end the sessions of its own processes; the role that it works as may not
    await tx.query(`select set_config('role', 'none', true)`);
    await tx.query(
      `select pg_terminate_backend(l.pid)
         from pg_locks l, (select hashtextextended($1, 0) as key) k
        where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.pid <> pg_backend_pid()
          and l.database = (select oid from pg_database where datname = current_database())
          and l.classid = ((k.key >> 32) & 4294967295)::oid and l.objid = (k.key & 4294967295)::oid`,
      [key],
    );
    await tx.query(`select set_config('role', $1, true)`, [APPLICATION_ROLE]);
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
  }

  /** Extends the lease and shows progress; false when the claim is lost. */
  async heartbeat(
    tx: Transaction,
    run: ClaimedRun,
    leaseSeconds: number,
    rows: { done: number; total: number | null },
  ): Promise<boolean> {
    const held = await tx.query(
      `update payment_computation
          set lease_until = now() + make_interval(secs => $3), rows_done = $4, rows_total = coalesce($5, rows_total)
        where id = $1 and token = $2 and state = 'running' returning 1`,
      [run.id, run.token, leaseSeconds, rows.done, rows.total],
    );
    return held.length === 1;
  }

  /** Writes the result under the token; false when the claim is lost, and then nothing may be committed. */
  async complete(tx: Transaction, run: ClaimedRun, result: RunResult): Promise<boolean> {
    const held = await tx.query(
      `update payment_computation
          set state = 'computed', lines = $3, total_minor = $4, digest = $5, engine_version = $6,
              failure_code = $7, failure_detail = $8, finished_at = clock_timestamp(), lease_until = null,
              rows_done = $9, rows_total = $9
        where id = $1 and token = $2 and state = 'running' returning 1`,
      [
        run.id,
        run.token,
        result.lines,
        String(result.totalMinor),
        result.digest,
        result.engineVersion,
        result.mismatch?.code ?? null,
        result.mismatch?.detail ?? null,
        result.participants,
      ],
    );
    return held.length === 1;
  }

  async fail(
    tx: Transaction,
    run: ClaimedRun,
    failure: { readonly code: string; readonly detail: string },
  ): Promise<boolean> {
    const held = await tx.query(
      `update payment_computation
          set state = 'failed', failure_code = $3, failure_detail = $4, finished_at = clock_timestamp(), lease_until = null
        where id = $1 and token = $2 and state = 'running' returning 1`,
      [run.id, run.token, failure.code, failure.detail],
    );
    return held.length === 1;
  }

  /** Gives a claim back, so that the next attempt need not wait for the lease to run out. */
  async release(tx: Transaction, run: ClaimedRun): Promise<void> {
    await tx.query(
      `update payment_computation set state = 'requested', lease_until = null
        where id = $1 and token = $2 and state = 'running'`,
      [run.id, run.token],
    );
  }

  /** Rings again at once for a computation whose run was given back. */
  async ringAgain(tx: Transaction, run: ClaimedRun): Promise<void> {
    await this.ring(tx, run.id, run.attempts);
  }

  /** Cancels whatever has not ended; false when it has. */
  async cancel(tx: Transaction, id: string): Promise<boolean> {
    const cancelled = await tx.query(
      `update payment_computation set state = 'cancelled', finished_at = clock_timestamp(), lease_until = null
        where id = $1 and state in ('requested', 'running') returning 1`,
      [id],
    );
    return cancelled.length === 1;
  }
}
