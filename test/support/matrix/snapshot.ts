import { rowsOfOwner } from '../owner.js';

/** What every call leaves behind, done or refused, and what is of the caller alone. */
const OF_THE_CALL = ['idempotency_key', 'api_key', 'sign_in_attempt', 'failed_sign_in'];

/** A digest of every table's rows, by name. */
export async function snapshot(): Promise<ReadonlyMap<string, string>> {
  const tables = await rowsOfOwner<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and not c.relname = any($1) order by 1`,
    [OF_THE_CALL],
  );
  const digests = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await rowsOfOwner<{ digest: string | null }>(
      `select md5(string_agg(t::text, chr(10) order by t::text)) as digest from ${name} t`,
    );
    digests.set(name, row!.digest ?? 'empty');
  }
  return digests;
}
