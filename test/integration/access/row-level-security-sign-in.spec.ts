// The second layer alone, for the tables of signing in: who sees what of them as the login of the service.
import { Client, type DatabaseError } from 'pg';
import { SERVICE, settingsOf, type Acting } from '../../../src/platform/auth/acting.js';
import { manyOrganisations, type Organisations } from '../../support/organisations.js';
import type { Actor } from '../../../src/platform/auth/actor.js';
import { rowsOfSignIn, SIGN_IN_TABLES } from '../../support/sign-in-tables.js';

let client: Client;
let ours: Organisations;
let administrator: Actor;

beforeAll(async () => {
  const made = await manyOrganisations(2);
  [ours] = made.all as [Organisations, Organisations];
  ({ administrator } = made);
  for (const { people } of made.all)
    for (const { personId } of [people.commissioner, people.investor]) await rowsOfSignIn(personId);
  client = new Client({ connectionString: process.env['DATABASE_URL'] });
  await client.connect();
}, 60_000);
afterAll(() => client.end());

/** Does something as somebody; nothing of it stays. */
async function as<T>(acting: Acting, work: () => Promise<T>): Promise<T> {
  const { principal, personId, party, contractIds } = settingsOf(acting);
  await client.query('begin');
  try {
    await client.query('set local role outturn_app');
    await client.query(
      `select set_config('outturn.principal', $1, true), set_config('outturn.person_id', $2, true),
              set_config('outturn.party', $3, true), set_config('outturn.contract_ids', $4, true)`,
      [principal, personId, party, contractIds],
    );
    return await work();
  } finally {
    await client.query('rollback');
  }
}

/** How many rows of each table somebody sees. */
const seenBy = (acting: Acting): Promise<Record<string, number>> =>
  as(acting, async () => {
    const seen: Record<string, number> = {};
    for (const table of SIGN_IN_TABLES) {
      const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`);
      seen[table] = rows[0]!.n;
    }
    return seen;
  });

/** How many rows a statement gives somebody, or the code it is refused with. */
const tried = (acting: Acting, sql: string): Promise<number | string | undefined> =>
  as(acting, async () => (await client.query(sql)).rows.length).catch(
    (error: DatabaseError) => error.code,
  );
const each = (rows: number) => Object.fromEntries(SIGN_IN_TABLES.map((table) => [table, rows]));

describe('what signing in needs', () => {
  it('is seen whole by the authenticator and the operator', async () => {
    expect(await seenBy(SERVICE.authenticator)).toEqual(each(4));
    expect(await seenBy(SERVICE.operator)).toEqual(each(4));
  });

  it.each(['relay', 'sweeper', 'worker', 'health'] as const)(
    'is nothing to the %s',
    async (part) => {
      expect(await seenBy(SERVICE[part])).toEqual(each(0));
    },
  );

  it('is nobody else’s but for their own sessions and links', async () => {
    for (const person of [ours.people.commissioner, ours.people.investor])
      expect(await seenBy(person)).toEqual({ ...each(0), browser_session: 1, password_link: 1 });
    expect(await seenBy(ours.people.observer)).toEqual(each(0));
  });

  it('is an administrator’s where they end sessions and look after providers', async () => {
    expect(await seenBy(administrator)).toEqual({
      ...each(0),
      browser_session: 4,
      password_link: 4,
      sign_in_provider: 4,
      sign_in_provider_domain: 4,
    });
  });

  it('is sealed anew by the rewrapper alone, who sees it in no table', async () => {
    const nobody = '00000000-0000-0000-0000-000000000000';
    const seeds = `select * from seeds_sealed('${nobody}', 10)`;
    const anew = [
      `select seal_seed_anew('${nobody}', 'anew')`,
      `select seal_letter_anew('${nobody}', 'anew')`,
    ];
    const { rewrapper, ...parts } = SERVICE;
    expect(await seenBy(rewrapper)).toEqual(each(0));
    expect(await tried(rewrapper, seeds)).toBe(4);
    for (const sql of anew) expect(await tried(rewrapper, sql)).toBe(1);
    const everybodyElse = [...Object.values(ours.people), administrator, ...Object.values(parts)];
    for (const acting of everybodyElse) {
      expect([acting, await tried(acting, seeds)]).toEqual([acting, 0]);
      for (const sql of anew) expect([acting, await tried(acting, sql)]).toEqual([acting, '42501']);
    }
  });
});
