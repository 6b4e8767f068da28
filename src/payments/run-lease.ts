import { Logger } from '@nestjs/common';
import type { TransactionRunner } from '../platform/database/transaction-runner.js';
import type { ClaimedRun } from './payment-computation.mapping.js';
import { ClaimLost, RunInterrupted } from './payments.errors.js';
import type { PaymentsRepository } from './payments.repository.js';

const BEATS_PER_LEASE = 4;
const BEAT_MS_MAX = 500;

/**
 * A worker's hold on a computation while it runs. A heartbeat on a connection of its own extends the lease, shows
 * progress, and notices when the computation was cancelled or taken over. Losing it only spares work: what decides is
 * the token under which the result is written.
 */
export class RunLease {
  readonly rows: { done: number; total: number | null } = { done: 0, total: null };
  private lost = false;
  private timer: NodeJS.Timeout | null = null;
  private beat: Promise<void> = Promise.resolve();
  private readonly logger = new Logger(RunLease.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly repository: PaymentsRepository,
    private readonly run: ClaimedRun,
    private readonly leaseSeconds: number,
    private readonly stopping: AbortSignal,
  ) {
    this.next();
  }

  /** Throws ClaimLost or RunInterrupted once there is no point in going on. */
  check(): void {
    if (this.lost) throw new ClaimLost();
    if (this.stopping.aborted) throw new RunInterrupted();
  }

  get isLost(): boolean {
    return this.lost;
  }

  /** Ends the heartbeat, after the one that is under way. */
  async end(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    await this.beat;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private next(): void {
    const pause = Math.min(BEAT_MS_MAX, (this.leaseSeconds * 1000) / BEATS_PER_LEASE);
    this.timer = setTimeout(() => {
      this.beat = this.extend();
    }, pause);
  }

  private async extend(): Promise<void> {
    try {
      const held = await this.transactions.run(this.run.acting, (tx) =>
        this.repository.heartbeat(tx, this.run, this.leaseSeconds, this.rows),
      );
      if (!held) this.lost = true;
    } catch (error) {
      // the run itself finds out soon whether the database is gone; a single missed beat is no reason to stop
      this.logger.warn(`heartbeat of computation ${this.run.id} failed: ${String(error)}`);
    }
    if (!this.lost) this.next();
  }
}
