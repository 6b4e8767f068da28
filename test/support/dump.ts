import { asOwner } from './owner.js';

/** Every row of every table of the test's database, the queue's among them, as `schema.table<TAB>row` by COPY's own text. */
export function dumpOfDatabase(): Promise<string> {
  return asOwner(async (tx) => {
    const tables = await tx.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const rows = await tx.query<{ row: string }>(`select t::text as row from ${name} t`);
      texts.push(...rows.map(({ row }) => `${name}\t${row}`));
    }
    return texts.join('\n');
  });
}

/** Every value in the Redis database of this test; empty where the queue is in PostgreSQL and the dump above has it. */
export async function dumpOfRedis(): Promise<string> {
  const url = process.env['REDIS_URL'];
  if (url === undefined) return '';
  const { Redis } = await import('ioredis');
  const redis = new Redis(url);
  try {
    const keys = await redis.keys('*');
    const values = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
    return keys.map((key, index) => `${key}\t${values[index]?.toString('latin1')}`).join('\n');
  } finally {
    redis.disconnect();
  }
}
