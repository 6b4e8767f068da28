import type { Transaction } from './transaction.js';

/** Asks the database for anything at all. */
export const askAnything = async (tx: Transaction): Promise<void> => {
  await tx.query('select 1');
};

/** Whether a schema has been made. */
export async function schemaExists(tx: Transaction, schema: string): Promise<boolean> {
  const [row] = await tx.query<{ made: boolean }>(
    'select to_regnamespace($1) is not null as made',
    [schema],
  );
  return row?.made ?? false;
}
