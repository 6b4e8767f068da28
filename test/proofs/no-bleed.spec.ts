// Many people of many contracts share five connections, and some of their requests end as badly as can be. Whoever comes
// next on a connection must find nothing of whoever was there before.
import { DataSource } from 'typeorm';
import type { Socket } from 'node:net';
import type { PoolClient } from 'pg';
import { ROLES } from '../../src/access/permissions.js';
import { loadConfig } from '../../src/platform/config/config.js';
import { dataSourceOptions } from '../../src/platform/database/data-source.js';
import { Database } from '../../src/platform/database/database.js';
import { TransactionRunner } from '../../src/platform/database/transaction-runner.js';
import type { Transaction } from '../../src/platform/database/transaction.js';
import { manyOrganisations, type Organisations } from '../support/organisations.js';
import { rowsOfOwner } from '../support/owner.js';
import { Chance } from '../second-implementation/chance.js';

const ORGANISATIONS = 20;
const CONNECTIONS = 5;
const REQUESTS = 100_000;
const AT_ONCE = 20;
/** The roles of whom half may see participants, and half may not. */
const SEES_PARTICIPANTS = new Set(['provider', 'commissioner', 'top-up-fund', 'verifier']);

const LOOK = `select count(*) filter (where contract_id = $1)::int as own,
  count(*) filter (where contract_id <> $1)::int as foreign, acting_person() as person from participant`;

let source: DataSource;
let transactions: TransactionRunner;
let all: Organisations[];

beforeAll(async () => {
  ({ all } = await manyOrganisations(ORGANISATIONS));
  const config = loadConfig(process.env);
  source = new DataSource({
    ...dataSourceOptions(config.databaseUrl),
    poolSize: CONNECTIONS,
  } as never);
  transactions = new TransactionRunner(new Database(source, config));
}, 60_000);
afterAll(() => source.destroy());

class Undone extends Error {}

/** How a request ends. The first is as it should be. */
const ENDINGS: Readonly<Record<string, (tx: Transaction) => Promise<void>>> = {
  well: () => Promise.resolve(),
  'rolled back by a thrown error': () => Promise.reject(new Undone()),
  'broken by a statement': async (tx) => void (await tx.query('select 1 / 0')),
  'broken and gone on regardless': async (tx) => {
    await tx.query('select 1 / 0').catch(() => undefined);
    await tx.query('select 1');
  },
  'committed behind its back': async (tx) => {
    await tx.query('commit');
    const after = tx.query('select 1 from participant limit 1');
    await expect(after).rejects.toMatchObject({ code: '42501' }); // nobody acts any more
  },
  'left with its statement under way': async (tx) => {
    void tx.query('select pg_sleep(0.001)').catch(() => undefined);
    return Promise.reject(new Undone());
  },
  'cut off': async (tx) => {
    const { stream } = (tx.client as PoolClient & { connection: { stream: Socket } }).connection;
    stream.destroy();
    await tx.query('select 1');
  },
};
const [WELL, ...BADLY] = Object.keys(ENDINGS) as [string, ...string[]];
/** A new connection costs as much as twenty requests: most bad ends leave the old one. */
function endingOf(chance: Chance): string {
  if (chance.in100(80)) return WELL;
  const ending = chance.of(...BADLY);
  return ending === 'cut off' && !chance.in100(5) ? BADLY[0]! : ending;
}

it(`shows nobody a foreign row in ${REQUESTS} requests over ${ORGANISATIONS} contracts on ${CONNECTIONS} connections`, async () => {
  const chance = new Chance(12);
  const wrong: string[] = [];
  const ends = new Map<string, number>();
  let left = REQUESTS;

  async function request(): Promise<void> {
    const { contractId, people } = chance.of(...all);
    const role = chance.of(...ROLES);
    const { personId } = people[role];
    const ending = endingOf(chance);
    const open = chance.in100(50) ? 'readOnly' : 'run';
    ends.set(ending, (ends.get(ending) ?? 0) + 1);
    try {
      await transactions[open](people[role], async (tx) => {
        const [seen] = await tx.query<{ own: number; foreign: number; person: string }>(LOOK, [
          contractId,
        ]);
        const own = SEES_PARTICIPANTS.has(role) ? 2 : 0;
        if (seen?.own !== own || seen.foreign !== 0 || seen.person !== personId)
          wrong.push(`${role} of ${contractId} as ${personId}: ${JSON.stringify(seen)}`);
        await ENDINGS[ending]!(tx);
      });
    } catch (error) {
      // a failed expectation is a finding, however the request was to end
      if (ending === WELL || 'matcherResult' in (error as object)) wrong.push(String(error));
    }
  }
  const requests = async () => {
    while (left-- > 0 && wrong.length < 10) await request();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, requests));

  expect(wrong).toEqual([]);
  expect([...ends.keys()].sort()).toEqual(Object.keys(ENDINGS).sort());
}, 600_000);

it('leaves nothing of anybody on a connection', async () => {
  const runners = Array.from({ length: CONNECTIONS }, () => source.createQueryRunner());
  const clients = await Promise.all(
    runners.map((runner) => runner.connect() as Promise<PoolClient>),
  );
  for (const client of clients) {
    const { rows } = await client.query(
      `select current_user = session_user as is_login, coalesce(current_setting('outturn.principal', true), '') as principal,
              coalesce(current_setting('outturn.person_id', true), '') as person,
              coalesce(current_setting('outturn.contract_ids', true), '') as contracts`,
    );
    expect(rows).toEqual([{ is_login: true, principal: '', person: '', contracts: '' }]);
  }
  await Promise.all(runners.map((runner) => runner.release()));
  const sessions = await rowsOfOwner<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity
      where datname = current_database() and usename <> current_user and state like 'idle in transaction%'`,
  );
  expect(sessions).toEqual([{ n: 0 }]);
});
