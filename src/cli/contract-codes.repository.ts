import type { Transaction } from '../platform/database/transaction.js';

/** The code of every contract by its id, which is the name of its audit trail. */
export async function contractCodes(tx: Transaction): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; code: string }>(
    'select id, code from contract order by code',
  );
  return new Map(rows.map(({ id, code }) => [id, code]));
}
