import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { SERVICE } from '../auth/acting.js';
import { schemaExists } from '../database/server-state.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { QUEUE_SCHEMA } from './queue-connection.js';
import { checkRedis } from './redis-policy.js';

/** Whether the queue can be reached from here. */
@Injectable()
export class QueueProbe {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: TransactionRunner,
  ) {}

  async check(): Promise<{ readonly status: 'up'; readonly detail: string }> {
    if (this.config.redisUrl !== null) {
      await checkRedis(this.config.redisUrl);
      return { status: 'up', detail: 'Redis answers.' };
    }
    const isMade = await this.transactions.readOnly(SERVICE.health, (tx) =>
      schemaExists(tx, QUEUE_SCHEMA),
    );
    const detail = isMade
      ? 'The queue is kept in PostgreSQL, which answers.'
      : 'The queue is kept in PostgreSQL; the first worker to start makes it.';
    return { status: 'up', detail };
  }
}
