import { types } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { SERVICE } from '../auth/acting.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { readMigrationState } from '../database/migration-state.js';
import { askAnything } from '../database/server-state.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { QueueProbe } from '../queue/queue-probe.js';
import { WaitingWorkRepository } from './waiting-work.repository.js';

/** One thing the service depends on. `slow` is worth looking at and takes nothing out of service. */
export interface Check {
  readonly name: 'database' | 'migrations' | 'queue' | 'oldest waiting work' | 'letters';
  readonly status: 'up' | 'slow' | 'down';
  readonly detail: string;
}

export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: readonly Check[];
}

const PATIENCE_MS = 4_000;
/** Longer than a server that asks a stranger to come back later, as many do, has it wait. */
const LETTER_PATIENCE_SECONDS = 900;

/** Whether the service can do its work now, and if not, which part of it is missing. */
@Injectable()
export class Readiness {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly queue: QueueProbe,
    private readonly waitingWork: WaitingWorkRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async report(): Promise<ReadinessReport> {
    const checks = await Promise.all([
      attempt('database', () => this.database()),
      attempt('migrations', () => this.migrations()),
      attempt('queue', () => this.queue.check()),
      attempt('oldest waiting work', () => this.waiting()),
      attempt('letters', () => this.letters()),
    ]);
    return { ready: checks.every(({ status }) => status !== 'down'), checks };
  }

  private async database(): Promise<Finding> {
    await this.transactions.readOnly(SERVICE.health, askAnything);
    return { status: 'up', detail: 'PostgreSQL answers.' };
  }

  private async migrations(): Promise<Finding> {
    const { pending, unknown } = await this.transactions.readOnly(
      SERVICE.health,
      readMigrationState,
    );
    if (unknown.length > 0) {
      return { status: 'down', detail: 'The database was migrated by a newer version of Outturn.' };
    }
    if (pending.length === 0) return { status: 'up', detail: 'The database is up to date.' };
    return {
      status: 'down',
      detail: `Run "outturn migrate": ${pending.length} still to be run, ${pending.join(', ')}.`,
    };
  }

  private async waiting(): Promise<Finding> {
    const { oldestSeconds, unsent } = await this.waitingWork.measure();
    const patienceSeconds = 60 + 4 * this.config.sweepSeconds;
    const isSlow = oldestSeconds > patienceSeconds;
    return {
      status: isSlow ? 'slow' : 'up',
      detail: isSlow
        ? `Work has waited for ${Math.round(oldestSeconds)} seconds (${unsent} unsent). Is a worker running?`
        : `The oldest has waited for ${Math.round(oldestSeconds)} seconds; ${unsent} unsent.`,
    };
  }

  /** A mail server that is away takes nothing out of service: what waits for it is not lost. */
  private async letters(): Promise<Finding> {
    const { waiting, oldestSeconds } = await this.waitingWork.letters();
    const isSlow = oldestSeconds > LETTER_PATIENCE_SECONDS;
    return {
      status: isSlow ? 'slow' : 'up',
      detail: isSlow
        ? `${waiting} letters wait, the oldest for ${Math.round(oldestSeconds)} seconds. Is a worker running, and the mail server there?`
        : `${waiting === 1 ? '1 letter waits' : `${waiting} letters wait`} for the mail server.`,
    };
  }
}

/** What one check found. */
export type Finding = Pick<Check, 'status' | 'detail'>;

async function attempt(name: Check['name'], check: () => Promise<Finding>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<Finding>((resolve) => {
    const detail = `No answer within ${PATIENCE_MS / 1000} seconds.`;
    timer = setTimeout(() => resolve({ status: 'down', detail }), PATIENCE_MS);
  });
  try {
    return { name, ...(await Promise.race([check(), tooLong])) };
  } catch (error) {
    return {
      name,
      status: 'down',
      detail: types.isNativeError(error) ? error.message : 'It failed.',
    };
  } finally {
    clearTimeout(timer);
  }
}
