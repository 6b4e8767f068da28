// The database as its owner has it: row-level security does not hold here. For tests that tamper, prepare what the
// service itself may not, or look behind its back.
import { Client } from 'pg';
import type { Transaction } from '../../src/platform/database/transaction.js';

const connect = async (): Promise<Client> => {
  const client = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
  await client.connect();
  return client;
};

/** One transaction as the owner; undone when the work throws. Only for work that asks by SQL, not by entities. */
export async function asOwner<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await connect();
  const query = async <Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> =>
    (await client.query(sql, parameters && [...parameters])).rows as Row[];
  try {
    await client.query('begin');
    const prepared: Transaction['prepared'] = (_, sql, parameters) => query(sql, parameters);
    const result = await work({ query, prepared } as Transaction);
    await client.query('commit');
    return result;
  } finally {
    await client.end(); // which undoes what was not committed
  }
}

/**
 * Records what no audit entry tells of, as somebody with the database's keys does: triggers are off, so that none asks for
 * the entry. For what a test begins with.
 */
export async function withoutEntry<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin; set local session_replication_role = replica');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** For tests of other rules of the database: from here on it asks for no entry, in this test file's database. */
export async function askForNoEntries(client: Client): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `select format('alter table %s disable trigger %I', t.tgrelid::regclass, t.tgname) as statement
       from pg_trigger t join pg_proc p on p.oid = t.tgfoid
      where p.proname in ('refuse_without_entry', 'refuse_without_entry_due')`,
  );
  for (const { statement } of rows) await client.query(statement);
}

/** The rows of one statement, as the owner sees them. */
export const rowsOfOwner = <Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> =>
  asOwner((tx) => tx.query<Row>(sql, parameters));
