import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { SERVICE } from '../auth/acting.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { openRedis } from '../queue/redis-client.js';

/** A limit: so many within a window that begins with the first. */
export interface RatePolicy {
  /** Names the limit where it is counted and in the RateLimit header fields: small letters and hyphens. */
  readonly name: string;
  readonly quota: number;
  readonly windowSeconds: number;
}

/** How a limit stands after one more was counted. */
export interface RateState {
  readonly isExceeded: boolean;
  readonly remaining: number;
  /** Whole seconds until the window is over, at least one. */
  readonly resetSeconds: number;
}

const TABLE = 'sign_in_attempt';

/** Counts in Redis where there is one, otherwise in PostgreSQL; while Redis is away, in PostgreSQL as well. */
@Injectable()
export class RateLimits implements OnApplicationShutdown {
  private readonly limiters = new Map<string, RateLimiterAbstract>();
  private readonly redis: ReturnType<typeof openRedis> | null;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly transactions: TransactionRunner,
  ) {
    this.redis = config.redisUrl === null ? null : openRedis(config.redisUrl);
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  /** Counts one, and says whether that was one too many. The key must not tell who is meant: give a digest. */
  async count(policy: RatePolicy, key: string): Promise<RateState> {
    try {
      return stateOf(await this.limiterOf(policy).consume(key), false);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return stateOf(refused, true);
      throw refused;
    }
  }

  /** Takes one back that turned out not to count. */
  async takeBack(policy: RatePolicy, key: string): Promise<void> {
    await this.limiterOf(policy).reward(key, 1);
  }

  /** Forgets what was counted under a key. */
  async forget(policy: RatePolicy, key: string): Promise<void> {
    await this.limiterOf(policy).delete(key);
  }

  private limiterOf(policy: RatePolicy): RateLimiterAbstract {
    const known = this.limiters.get(policy.name);
    if (known) return known;
    const limiter = this.open(policy);
    this.limiters.set(policy.name, limiter);
    return limiter;
  }

  private open({ name, quota, windowSeconds }: RatePolicy): RateLimiterAbstract {
    const options = { keyPrefix: name, points: quota, duration: windowSeconds };
    const inPostgres = new RateLimiterPostgres({
      ...options,
      storeClient: { query: (statement: Statement) => this.query(statement) },
      storeType: 'client',
      tableName: TABLE,
      tableCreated: true, // by a migration
      clearExpiredByTimeout: false, // by the sweeper
    });
    if (this.redis === null) return inPostgres;
    return new RateLimiterRedis({
      ...options,
      storeClient: this.redis,
      insuranceLimiter: inPostgres,
      rejectIfRedisNotReady: true,
    });
  }

  /** The library's statements go through a transaction of ours, like every other, so that an outage is told as one. */
  private query({ text, values }: Statement): Promise<{ rows: unknown[]; rowCount: number }> {
    return this.transactions.run(SERVICE.authenticator, async (tx) => {
      const rows = await tx.query(text, values ?? []);
      return { rows, rowCount: rows.length };
    });
  }
}

interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

const stateOf = (result: RateLimiterRes, isExceeded: boolean): RateState => ({
  isExceeded,
  remaining: result.remainingPoints,
  resetSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1_000)),
});
