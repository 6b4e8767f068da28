import pg from 'pg';
import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/shared/domain-error.js';
import { asUnavailable } from './availability.js';
import { raisedWithHint, sqlStateOf } from './constraint.js';
import { createDataSource } from './data-source.js';
import { letLoginIn } from './login.js';
import { readMigrationState, type MigrationState } from './migration-state.js';

/** Thrown when a newer version of the service has migrated the database: an older one would damage what it cannot read. */
export class DatabaseIsNewer extends DomainError {
  constructor(readonly unknown: readonly string[]) {
    super({
      code: 'DATABASE_IS_NEWER',
      kind: 'conflict',
      detail: `The database was migrated by a newer version of Outturn (${unknown.join(', ')}). Use that version.`,
    });
  }
}

/** Thrown when the login that is to migrate may not: the service's own owns nothing, so that it cannot change a table. */
export class MigrationRefused extends DomainError {
  constructor(cause: unknown) {
    super({
      code: 'MIGRATION_REFUSED',
      kind: 'forbidden',
      detail:
        'This database login may not change the tables. Set MIGRATION_DATABASE_URL to the same database as the owner of its tables, and DATABASE_URL to the login of the service.',
    });
    this.cause = cause;
  }
}

/** Thrown when what is in the database cannot be brought up to date; it is as it was, up to the migration that says so. */
export class DatabaseCannotGoOn extends DomainError {
  constructor({ message, hint }: { readonly message: string; readonly hint: string }) {
    super({
      code: 'DATABASE_CANNOT_GO_ON',
      kind: 'conflict',
      detail: `The database cannot be brought up to date: ${message}. ${hint}`,
    });
  }
}

/** Any number will do, as long as every version uses the same: whoever holds it migrates, the others wait. */
const LOCK = '7034127716';

/**
 * Brings the database up to date, as the owner of its tables, and names what was run; safe when two start at once. Lets
 * the login of the service in, which is the owner itself where no other is given.
 */
export const migrate = (ownerUrl: string, serviceUrl = ownerUrl): Promise<readonly string[]> =>
  locked(ownerUrl, async (client) => {
    refuseNewer(await stateOf(client));
    const run = await within(ownerUrl, (source) => source.runMigrations());
    await letLoginIn(client, serviceUrl);
    // nothing analyses a partitioned table by itself, and plans of joins rest on it
    if (run.length > 0) await client.query('analyze measurement, payment_line');
    return run.map(({ name }) => name);
  });

/** Where the database stands; changes nothing. */
export async function migrationState(databaseUrl: string): Promise<MigrationState> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'outturn' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await stateOf(client);
  } catch (error) {
    throw asUnavailable(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Takes back the latest migration and names it; null when there is none. */
export const undoLastMigration = (databaseUrl: string): Promise<string | null> =>
  locked(databaseUrl, async (client) => {
    const state = await stateOf(client);
    refuseNewer(state);
    const last = state.done.at(-1);
    if (last === undefined) return null;
    await within(databaseUrl, (source) => source.undoLastMigration());
    return last;
  });

function refuseNewer({ unknown }: MigrationState): void {
  if (unknown.length > 0) throw new DatabaseIsNewer(unknown);
}

const stateOf = (client: pg.Client): Promise<MigrationState> =>
  readMigrationState({
    query: async <Row>(sql: string) => (await client.query(sql)).rows as Row[],
  });

async function within<T>(url: string, work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = createDataSource(url);
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

async function locked<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'outturn-migrate' });
  client.on('error', () => undefined); // a lost connection is reported by the query it interrupts
  try {
    await client.connect();
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    return await work(client); // the lock goes with the connection
  } catch (error) {
    const raised = raisedWithHint(error);
    if (raised !== null) throw new DatabaseCannotGoOn(raised);
    throw sqlStateOf(error) === '42501' ? new MigrationRefused(error) : asUnavailable(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}
