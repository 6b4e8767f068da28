import { loadConfig } from '../platform/config/config.js';
import { migrate as runMigrations } from '../platform/database/migrate.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

/** `outturn migrate`: brings the database up to date, once, however many ask at the same time. */
export const migrate: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'migrate').description('bring the database up to date');
  made.action(async () => {
    const { json } = made.optsWithGlobals<GlobalOptions>();
    const { migrationDatabaseUrl, databaseUrl } = loadConfig(terminal.environment);
    const applied = await runMigrations(migrationDatabaseUrl, databaseUrl);
    print(terminal, json, { applied }, () =>
      applied.length === 0
        ? 'The database is up to date.'
        : `Brought the database up to date: ${applied.join(', ')}.`,
    );
  });
};
