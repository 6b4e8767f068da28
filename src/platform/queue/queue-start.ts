import { BullRegistrar } from '@nestjs/bullmq';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { SERVICE } from '../auth/acting.js';
import { asUnavailable } from '../database/availability.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { HandlersCheck } from './handlers-check.js';
import { OutboxRepository } from './outbox.repository.js';
import { makeQueueTables } from './patient-connection.js';
import { queueInPostgres } from './queue-connection.js';
import { QueueMayEvict } from './queue.errors.js';
import { checkRedis } from './redis-policy.js';
import { Relay } from './relay.js';

const RETRY_MS = 1_000;

/** Starts the processors and the relay as soon as the database is migrated and the queue is there, however long that takes. */
@Injectable()
export class QueueStart implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Queue');
  private isStopped = false;
  private timer: NodeJS.Timeout | null = null;
  private starting: Promise<void> = Promise.resolve();
  private hasWaited = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: TransactionRunner,
    private readonly outbox: OutboxRepository,
    private readonly registrar: BullRegistrar,
    private readonly relay: Relay,
    private readonly handlers: HandlersCheck,
  ) {}

  /** Refuses to start when a job has no handler or Redis may evict; a service that is away is waited for. */
  async onApplicationBootstrap(): Promise<void> {
    this.handlers.refuseUnhandled();
    await this.tryToStart();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.starting;
    await this.relay.stop();
  }

  private async tryToStart(): Promise<void> {
    try {
      await this.transactions.readOnly(SERVICE.relay, (tx) => this.outbox.mustBeThere(tx));
      await this.reachQueue();
    } catch (error) {
      if (error instanceof QueueMayEvict) throw error;
      if (!this.hasWaited) this.logger.warn('Waiting until it is back', error as Error);
      this.hasWaited = true;
      this.tryLater();
      return;
    }
    if (this.isStopped) return;
    this.registrar.register();
    this.relay.start();
    this.logger.log(`Taking jobs from ${this.config.redisUrl === null ? 'PostgreSQL' : 'Redis'}`);
  }

  private async reachQueue(): Promise<void> {
    if (this.config.redisUrl !== null) return checkRedis(this.config.redisUrl);
    await makeQueueTables(queueInPostgres(this.config)).catch((error: unknown) => {
      throw asUnavailable(error);
    });
  }

  private tryLater(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.starting = this.tryToStart().catch((error: unknown) => {
        this.logger.fatal('The queue cannot be used', error as Error);
        process.kill(process.pid, 'SIGTERM');
        process.exitCode = 1;
      });
    }, RETRY_MS);
  }
}
