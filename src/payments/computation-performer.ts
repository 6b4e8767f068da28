import { Inject, Injectable, Logger } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { AuditService } from '../audit/audit.service.js';
import { DomainError } from '../domain/shared/domain-error.js';
import { SERVICE } from '../platform/auth/acting.js';
import type { Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Transaction } from '../platform/database/transaction.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { ComputationRun } from './computation-run.js';
import { copyLines, NO_SINK } from './line-copy.repository.js';
import type { ClaimedRun } from './payment-computation.mapping.js';
import {
  ClaimLost,
  ComputationGivenUp,
  RequesterMayNoLonger,
  RunInterrupted,
} from './payments.errors.js';
import { PaymentsRepository, type RunResult } from './payments.repository.js';
import { RunLease } from './run-lease.js';

/** What came of ringing: nothing-to-do also when the run was cancelled or taken over on the way. */
export type Performance = 'computed' | 'failed' | 'interrupted' | 'nothing-to-do';

const ATTEMPTS_MAX = 10;

/** Performs computations in the worker: claim, compute, write, commit under the token. Safe to call twice, anywhere. */
@Injectable()
export class ComputationPerformer {
  private readonly logger = new Logger(ComputationPerformer.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly repository: PaymentsRepository,
    private readonly computation: ComputationRun,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Performs a computation if it is this one's turn and nobody else holds it. A refusal of the domain is recorded as the
   * computation's failure; anything else gives the claim back and is thrown, so that it is tried again.
   */
  async perform(
    id: string,
    stopping: AbortSignal = new AbortController().signal,
  ): Promise<Performance> {
    const { leaseSeconds } = this.config.computation;
    const run = await this.transactions.run(SERVICE.worker, (tx) =>
      this.repository.claim(tx, id, leaseSeconds),
    );
    if (run === null) return 'nothing-to-do';
    const lease = new RunLease(this.transactions, this.repository, run, leaseSeconds, stopping);
    try {
      if (run.attempts > ATTEMPTS_MAX) throw new ComputationGivenUp(run.attempts - 1);
      await this.computeAndCommit(run, lease);
      return 'computed';
    } catch (error) {
      await lease.end();
      return await this.settle(run, lease, error);
    } finally {
      await lease.end();
    }
  }

  /** Rings for computations that have waited too long; gives how many. Called again and again by the sweeper. */
  ringOverdue(): Promise<number> {
    return this.transactions.run(SERVICE.sweeper, (tx) =>
      this.repository.ringOverdue(tx, this.config.sweepSeconds),
    );
  }

  private async computeAndCommit(run: ClaimedRun, lease: RunLease): Promise<void> {
    const versions = await this.transactions.readOnly(run.acting, async (tx) => {
      await this.refuseUnlessStillAsked(tx, run);
      return this.computation.terms(tx, run);
    });
    await this.transactions.run(run.acting, async (tx) => {
      await this.repository.holdContract(tx, run.contractId);
      const sink = run.kind === 'payable' ? copyLines(tx, run.id, run.number) : NO_SINK;
      const result = await this.transactions.readOnly(run.acting, (reader) =>
        this.computation.compute(reader, { run, versions, lease, sink }),
      );
      await sink.finish();
      await lease.end();
      await this.commit(tx, run, result);
    });
  }

  /**
   * A worker has the rights of whoever asked, and no more. Without them it would see no participant and compute nothing,
   * so a person who may no longer ask is refused aloud.
   */
  private async refuseUnlessStillAsked(tx: Transaction, run: ClaimedRun): Promise<void> {
    const { personId, contractId } = run.acting;
    const may = await this.access.mayStill(tx, personId, 'computation:request', contractId);
    if (!may) throw new RequesterMayNoLonger();
  }

  /** The audit head is taken before the row, in the same order as every other act on a computation. */
  private async commit(tx: Transaction, run: ClaimedRun, result: RunResult): Promise<void> {
    await this.audit.lock(tx, run.contractId);
    if (!(await this.repository.complete(tx, run, result))) throw new ClaimLost();
    const digest = result.digest.toString('hex');
    const entry = { stream: run.contractId, actor: null, duty: 'service' };
    if (run.kind === 'payable') {
      await this.audit.append(tx, {
        ...entry,
        type: 'computation.computed',
        payload: {
          computationId: run.id,
          number: run.number,
          lines: result.lines,
          totalMinor: String(result.totalMinor),
          currency: run.currency,
          digest,
          engineVersion: result.engineVersion,
        },
      });
    } else {
      await this.audit.append(tx, {
        ...entry,
        type: 'computation.rechecked',
        payload: {
          computationId: run.id,
          rechecks: run.rechecks!,
          digest,
          agrees: result.mismatch === null,
        },
      });
    }
    await this.repository.ringNext(tx, run.contractId);
  }

  /** Says what a failure means: the run is no longer ours, the domain refuses, or it is to be tried again. */
  private async settle(run: ClaimedRun, lease: RunLease, error: unknown): Promise<Performance> {
    if (lease.isLost || error instanceof ClaimLost) return 'nothing-to-do';
    if (error instanceof DomainError && error.kind !== 'unavailable') {
      await this.fail(run, error);
      return 'failed';
    }
    await this.transactions
      .run(run.acting, async (tx) => {
        await this.repository.release(tx, run);
        if (error instanceof RunInterrupted) await this.repository.ringAgain(tx, run);
      })
      .catch(() =>
        this.logger.warn(`computation ${run.id} could not be given back; its lease will run out`),
      );
    if (error instanceof RunInterrupted) return 'interrupted';
    throw error;
  }

  private async fail(run: ClaimedRun, { code, message }: DomainError): Promise<void> {
    await this.transactions.run(run.acting, async (tx) => {
      await this.audit.lock(tx, run.contractId);
      if (!(await this.repository.fail(tx, run, { code, detail: message }))) return;
      await this.audit.append(tx, {
        stream: run.contractId,
        actor: null,
        duty: 'service',
        type: 'computation.failed',
        payload: { computationId: run.id, number: run.number, code },
      });
      await this.repository.ringNext(tx, run.contractId);
    });
    this.logger.log(`computation ${run.id} refused: ${code}`);
  }
}
