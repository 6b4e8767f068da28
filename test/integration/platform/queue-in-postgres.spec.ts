// The queue in PostgreSQL, where it cannot be used at first: it is asked again, without haste, and works once it can be.
import { Queue, Worker, type ConnectionOptions, type PostgresConnectionOptions } from 'bullmq';
import pg from 'pg';
import { loadServiceConfig } from '../../../src/platform/config/config.js';
import { patientBackend } from '../../../src/platform/queue/patient-connection.js';
import { QUEUE_SCHEMA, queueInPostgres } from '../../../src/platform/queue/queue-connection.js';
import { Gate } from '../../support/gate.js';
import { rowsOfOwner } from '../../support/owner.js';
import { waitUntil } from '../../support/wait.js';

const connectionTo = (databaseUrl: string) =>
  queueInPostgres({ ...loadServiceConfig(process.env), databaseUrl });
const queueOn = (connection: PostgresConnectionOptions) =>
  new Queue('parcels', { connection: connection as ConnectionOptions }, patientBackend as never);

async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
  await client.connect();
  await client.query(sql);
  await client.end();
}

const databaseName = () => new URL(process.env['DATABASE_URL']!).pathname.slice(1);

it('tries again to make its tables, a second later and not before, and goes on once it may', async () => {
  await asOwner(`revoke create on database ${databaseName()} from outturn_queue`);
  const queue = queueOn(connectionTo(process.env['DATABASE_URL']!));
  queue.on('error', () => undefined);
  const asked = performance.now(); // before the first refusal, which may be heard of late
  await expect(queue.count()).rejects.toThrow('permission denied');
  await expect(Promise.all([queue.count(), queue.count()])).rejects.toThrow('permission denied');
  expect(performance.now() - asked).toBeGreaterThan(990);
  await asOwner(`grant create on database ${databaseName()} to outturn_queue`);
  expect(await queue.count()).toBe(0);
  await queue.close();
});

it('takes jobs once PostgreSQL is there, where it was away when the worker began', async () => {
  const { gate, url } = await Gate.to(process.env['DATABASE_URL']!, 5432);
  const carried: unknown[] = [];
  const worker = new Worker(
    'parcels',
    async ({ data }) => void carried.push(data),
    {
      connection: connectionTo(url) as ConnectionOptions,
      runRetryDelay: 100,
      skipStalledCheck: true,
    },
    patientBackend as never,
  );
  worker.on('error', () => undefined);
  const queue = queueOn(connectionTo(process.env['DATABASE_URL']!));
  await queue.add('parcel', { id: 1 });
  expect(carried).toEqual([]);
  await gate.open();
  await waitUntil('the parcel is carried', async () => (carried.length > 0 ? true : null));
  expect(carried).toEqual([{ id: 1 }]);
  await worker.close();
  await queue.close();
  await gate.close();
});

it('survives a connection that is cut while it makes its tables, and tries again', async () => {
  const earlier = queueOn(connectionTo(process.env['DATABASE_URL']!));
  expect(await earlier.count()).toBe(0);
  await earlier.close();
  const owner = new pg.Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
  await owner.connect();
  await owner.query(`begin; lock table ${QUEUE_SCHEMA}.migration in access exclusive mode`);
  const queue = queueOn(connectionTo(process.env['DATABASE_URL']!));
  queue.on('error', () => undefined);
  const first = queue.count().then(
    () => 'counted',
    (error: Error) => error.message,
  );
  await waitUntil('it waits for its tables', async () => {
    const rows = await rowsOfOwner(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'outturn-queue' and wait_event_type = 'Lock'`,
    );
    return rows.length > 0 ? true : null;
  });
  expect(await first).toMatch(/terminat/i);
  await owner.query('rollback');
  await owner.end();
  expect(await queue.count()).toBe(0);
  await queue.close();
});
