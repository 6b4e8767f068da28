import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { DomainError } from '../../domain/shared/domain-error.js';
import type { Actor } from '../auth/actor.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { openRedis } from '../queue/redis-client.js';
import type { LimitFigures } from './limit-figures.js';

const POLICY = 'calls';
const WINDOW_SECONDS = 60;

/** Thrown when somebody who is known calls more often than anybody needs to. Nothing was done. */
export class TooManyCalls extends DomainError {
  constructor(
    perMinute: number,
    readonly retryAfterSeconds: number,
  ) {
    super({
      code: 'TOO_MANY_CALLS',
      kind: 'too-many',
      detail: `More than ${perMinute} requests came from you within a minute, with all keys together. Try again in ${retryAfterSeconds} ${retryAfterSeconds === 1 ? 'second' : 'seconds'}, and send many rows as one file.`,
    });
  }
}

/** How a person's calls stand after one more. */
export interface CallCount {
  readonly figures: LimitFigures;
  readonly refusal: TooManyCalls | null;
}

/**
 * Counts what each person asks for, whichever of their keys or sessions it comes with, so that a good key cannot empty or fill
 * the service at will: keys are counted together, and browsers apart from keys, so that a script that runs wild leaves its owner
 * the pages. Each process counts for itself, in memory, because a write for every read would cost more than it saves; where
 * there is a Redis, they count there together, and each for itself again while it is away.
 */
@Injectable()
export class CallLimits implements OnApplicationShutdown {
  private readonly limiter: RateLimiterAbstract;
  private readonly redis: ReturnType<typeof openRedis> | null;
  private readonly perMinute: number;

  constructor(@Inject(CONFIG) { redisUrl, callsPerMinute }: Config) {
    this.perMinute = callsPerMinute;
    const options = { keyPrefix: POLICY, points: callsPerMinute, duration: WINDOW_SECONDS };
    const here = new RateLimiterMemory(options);
    this.redis = redisUrl === null ? null : openRedis(redisUrl);
    this.limiter =
      this.redis === null
        ? here
        : new RateLimiterRedis({
            ...options,
            storeClient: this.redis,
            insuranceLimiter: here,
            rejectIfRedisNotReady: true,
          });
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  /** Counts one call: how many are left, and the refusal where it was one too many. */
  async count(actor: Actor): Promise<CallCount> {
    const counted = await this.consume(`${actor.via}:${actor.personId}`);
    const resetSeconds = Math.max(1, Math.ceil(counted.msBeforeNext / 1_000));
    const figures = {
      policy: POLICY,
      quota: this.perMinute,
      windowSeconds: WINDOW_SECONDS,
      remaining: counted.remainingPoints,
      resetSeconds,
    };
    const isExceeded = counted.consumedPoints > this.perMinute;
    return { figures, refusal: isExceeded ? new TooManyCalls(this.perMinute, resetSeconds) : null };
  }

  private async consume(key: string): Promise<RateLimiterRes> {
    try {
      return await this.limiter.consume(key);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return refused;
      throw refused;
    }
  }
}
