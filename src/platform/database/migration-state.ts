import { MIGRATIONS } from './data-source.js';
import type { Transaction } from './transaction.js';

/** Where a database stands against the migrations of this version. */
export interface MigrationState {
  readonly done: readonly string[];
  /** Still to be run, oldest first. */
  readonly pending: readonly string[];
  /** Run by a newer version of the service than this one. */
  readonly unknown: readonly string[];
}

const NAMES = MIGRATIONS.map((migration) => new migration().name);

/**
 * Reads the table of migrations that have been run. A database without one has run none; one that does not let the
 * service read it has not run the migration that does.
 */
export async function readMigrationState(tx: Pick<Transaction, 'query'>): Promise<MigrationState> {
  const [table] = await tx.query<{ is_readable: boolean }>(
    `select coalesce(has_table_privilege(to_regclass('migration'), 'select'), false) as is_readable`,
  );
  const rows = table?.is_readable
    ? await tx.query<{ name: string }>('select name from migration order by timestamp, name')
    : [];
  const done = rows.map(({ name }) => name);
  return {
    done,
    pending: NAMES.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !NAMES.includes(name)),
  };
}
