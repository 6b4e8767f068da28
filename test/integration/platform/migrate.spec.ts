import pg from 'pg';
import {
  DatabaseIsNewer,
  migrate,
  migrationState,
  undoLastMigration,
} from '../../../src/platform/database/migrate.js';
import { MIGRATIONS } from '../../../src/platform/database/data-source.js';

const NAMES = MIGRATIONS.map((migration) => new migration().name);
const DATABASE = `outturn_migrate_${process.env['JEST_WORKER_ID'] ?? 1}`;
let url: string;

async function asAdmin(sql: string, database?: string): Promise<void> {
  const address = new URL(process.env['TEST_ADMIN_URL']!);
  if (database !== undefined) address.pathname = database;
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  await client.query(sql);
  await client.end();
}

beforeEach(async () => {
  await asAdmin(`drop database if exists ${DATABASE} with (force)`);
  await asAdmin(`create database ${DATABASE}`);
  const address = new URL(process.env['TEST_ADMIN_URL']!);
  address.pathname = DATABASE;
  url = address.href;
});
afterAll(() => asAdmin(`drop database if exists ${DATABASE} with (force)`));

describe('migrating', () => {
  it('runs each once, oldest first, and says where the database stands', async () => {
    expect(await migrationState(url)).toEqual({ done: [], pending: NAMES, unknown: [] });
    expect(await migrate(url)).toEqual(NAMES);
    expect(await migrate(url)).toEqual([]);
    expect(await migrationState(url)).toEqual({ done: NAMES, pending: [], unknown: [] });
  });

  it('is safe when several start at once', async () => {
    const runs = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(runs.map((run) => run.length).sort()).toEqual([0, 0, NAMES.length]);
  });

  it('can be taken back, one by one, and run again', async () => {
    await migrate(url);
    for (const name of NAMES.toReversed()) expect(await undoLastMigration(url)).toBe(name);
    expect(await undoLastMigration(url)).toBeNull();
    expect(await migrate(url)).toEqual(NAMES);
  });

  it('goes on where a run was interrupted', async () => {
    await migrate(url);
    await undoLastMigration(url);
    expect((await migrationState(url)).pending).toEqual(NAMES.slice(-1));
    expect(await migrate(url)).toEqual(NAMES.slice(-1));
  });

  it('stops before a log of the former leaves, changes nothing, and says what to do', async () => {
    await migrate(url);
    const last = 'LeavesSayLess1790000015500';
    while ((await undoLastMigration(url)) !== last);
    await asAdmin(`insert into log_leaf (index) values (0)`, DATABASE);
    const { pending } = await migrationState(url);
    const refused = await migrate(url).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'DATABASE_CANNOT_GO_ON', kind: 'conflict' });
    expect((refused as Error).message).toMatch(/audit log.*empty database.*folder \.local/);
    expect((await migrationState(url)).pending).toEqual(pending);
    expect(pending[0]).toBe(last);
  });

  it('refuses a database that a newer version has migrated', async () => {
    await migrate(url);
    await asAdmin(
      `insert into migration (timestamp, name) values (9999999999999, 'FromTheFuture9999999999999')`,
      DATABASE,
    );
    expect((await migrationState(url)).unknown).toEqual(['FromTheFuture9999999999999']);
    await expect(migrate(url)).rejects.toThrow(DatabaseIsNewer);
    await expect(undoLastMigration(url)).rejects.toThrow('FromTheFuture9999999999999');
  });

  it('says whose login it needs, when it is given that of the service', async () => {
    await migrate(url);
    const service = new URL(process.env['DATABASE_URL']!);
    service.pathname = DATABASE;
    await expect(migrate(service.href)).rejects.toMatchObject({ code: 'MIGRATION_REFUSED' });
    await expect(migrate(service.href)).rejects.toThrow('MIGRATION_DATABASE_URL');
  });

  it('says that the database cannot be reached', async () => {
    const away = 'postgres://app:app@127.0.0.1:9/none';
    await expect(migrate(away)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await expect(migrationState(away)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });
});
