import { Redis } from 'ioredis';
import { redisOptions } from './queue-connection.js';
import { QueueMayEvict, QueueUnavailable } from './queue.errors.js';

/** Asks Redis, once and briefly. Refuses QueueUnavailable, and QueueMayEvict when it could throw jobs away. */
export async function checkRedis(redisUrl: string): Promise<void> {
  const redis = new Redis({
    ...redisOptions(redisUrl),
    lazyConnect: true,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined); // the promises below say it
  try {
    await redis.connect();
    const memory = await redis.info('memory');
    const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
    if (policy !== undefined && policy !== 'noeviction') throw new QueueMayEvict(policy);
  } catch (error) {
    throw error instanceof QueueMayEvict ? error : new QueueUnavailable(error);
  } finally {
    redis.disconnect();
  }
}

/** At start: refuses QueueMayEvict; a Redis that is down is not refused, because it may come back. */
export async function refuseEvictingRedis(redisUrl: string | null): Promise<void> {
  if (redisUrl === null) return;
  await checkRedis(redisUrl).catch((error: unknown) => {
    if (error instanceof QueueMayEvict) throw error;
  });
}
