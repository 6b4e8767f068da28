import {
  setDefaultBackendFactory,
  type ConnectionOptions,
  type PostgresConnectionOptions,
} from 'bullmq';
import { QUEUE_ROLE } from '../database/roles.js';
import type { Config } from '../config/config.js';
import { patientBackend } from './patient-connection.js';

/** The schema in which BullMQ keeps its tables when there is no Redis, as a role of its own; nothing of ours is in it. */
export const QUEUE_SCHEMA = 'bullmq';

interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: object;
}

/** What ioredis needs to reach the server that a URL names. */
export function redisOptions(redisUrl: string): RedisAddress {
  const url = new URL(redisUrl);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 6379),
    db: Number(url.pathname.slice(1) || 0),
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

/**
 * Where the queue lives: Redis when REDIS_URL is set, otherwise PostgreSQL in a schema of its own. BullMQ chooses its
 * backend for the whole process, so this is called before any queue or worker is made.
 */
export function queueConnection(config: Config): ConnectionOptions {
  if (config.redisUrl !== null) {
    setDefaultBackendFactory();
    return redisOptions(config.redisUrl);
  }
  setDefaultBackendFactory(patientBackend as never);
  return queueInPostgres(config) as ConnectionOptions; // @nestjs/bullmq knows only the options of Redis
}

/** How the queue is reached in PostgreSQL: as a role of its own, which sees nothing but its schema. */
export const queueInPostgres = (config: Config): PostgresConnectionOptions => ({
  connectionString: config.databaseUrl,
  schema: QUEUE_SCHEMA,
  max: 3,
  options: `-c role=${QUEUE_ROLE} -c idle_in_transaction_session_timeout=${Math.round(config.silentTransactionSeconds * 1_000)}`,
  application_name: 'outturn-queue',
});
