import pg from 'pg';
import type { Config } from '../config/config.js';
import { LoginRefused, refusePowerfulLogin } from './login.js';

const PATIENCE_MS = 5_000;

/**
 * At start, in production: refuses LoginRefused. A database that is away is not refused, because it may come back; it is
 * asked again then (see Database).
 */
export async function refuseUnsafeLogin(config: Config): Promise<void> {
  if (config.environment !== 'production') return;
  const client = new pg.Client({
    connectionString: config.databaseUrl,
    connectionTimeoutMillis: PATIENCE_MS,
    application_name: 'outturn',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await refusePowerfulLogin(async (sql) => (await client.query(sql)).rows as unknown[]);
  } catch (error) {
    if (error instanceof LoginRefused) throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
