import { Redis } from 'ioredis';
import { redisOptions } from './queue-connection.js';

/**
 * A connection for short questions beside the queue: it fails at once while Redis is away, and comes back by itself.
 * Whoever opens it disconnects it.
 */
export function openRedis(redisUrl: string): Redis {
  const redis = new Redis({
    ...redisOptions(redisUrl),
    connectTimeout: 2_000,
    commandTimeout: 1_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
  });
  redis.on('error', () => undefined); // the question that failed says it
  return redis;
}
