// The second layer alone, for the tables of the audit log: who sees what of them, and adds to them, as the login of the service.
import { Client } from 'pg';
import { openApplication } from '../../../src/cli/application.js';
import { Sealer } from '../../../src/log/sealer.service.js';
import {
  auditorFor,
  onBehalfOf,
  SERVICE,
  settingsOf,
  type Acting,
} from '../../../src/platform/auth/acting.js';
import type { Actor } from '../../../src/platform/auth/actor.js';
import { LOG_TABLES } from '../../support/log-tables.js';
import { manyOrganisations, type Organisations } from '../../support/organisations.js';
import { asOwner, rowsOfOwner } from '../../support/owner.js';

let client: Client;
let ours: Organisations;
let administrator: Actor;
let all: Record<string, number>;

beforeAll(async () => {
  const made = await manyOrganisations(2);
  [ours] = made.all as [Organisations, Organisations];
  ({ administrator } = made);
  const application = await openApplication();
  await application.get<Sealer>(Sealer).sealAll();
  await application.close();
  await asOwner((tx) =>
    tx.query(
      `insert into log_cosignature select size, 'w', '00000000', 'line', now() from log_checkpoint`,
    ),
  );
  all = Object.fromEntries(
    await Promise.all(
      LOG_TABLES.map(async (table): Promise<[string, number]> => {
        const [row] = await rowsOfOwner<{ n: number }>(`select count(*)::int as n from ${table}`);
        return [table, row!.n];
      }),
    ),
  );
  client = new Client({ connectionString: process.env['DATABASE_URL'] });
  await client.connect();
}, 60_000);
afterAll(() => client.end());

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

const seenBy = (acting: Acting): Promise<Record<string, number>> =>
  as(acting, async () => {
    const seen: Record<string, number> = {};
    for (const table of LOG_TABLES) {
      const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`);
      seen[table] = rows[0]!.n;
    }
    return seen;
  });

/** The code of what adding a copy of a row is refused with. */
const refusalToAdd = (acting: Acting, table: string): Promise<string> =>
  as(acting, async () => {
    const [row] = await rowsOfOwner<{ json: string }>(
      `select to_jsonb(t)::text as json from ${table} t limit 1`,
    );
    const insert = `insert into ${table} select (jsonb_populate_record(null::${table}, $1)).*`;
    return client.query(insert, [row!.json]).then(
      () => 'added',
      (error: { code: string }) => error.code,
    );
  });

const REFUSED = '42501';
const DUPLICATE = '23505';

describe('the tables of the log', () => {
  it('have rows of two contracts and of the service here', () => {
    expect(all).toEqual({
      log_checkpoint: 1,
      log_cosignature: 1,
      log_key: 1,
      log_leaf: 4,
      log_node: 7,
      log_stream: 3,
    });
  });

  it('are seen whole by the sealer and the operator', async () => {
    expect(await seenBy(SERVICE.sealer)).toEqual(all);
    expect(await seenBy(SERVICE.operator)).toEqual(all);
  });

  it.each(['authenticator', 'relay', 'sweeper', 'worker', 'health', 'stranger'] as const)(
    'show the %s hashes and checkpoints, and nobody’s leaf',
    async (part) => {
      expect(await seenBy(SERVICE[part])).toEqual({ ...all, log_leaf: 0, log_stream: 0 });
    },
  );

  it('show a person the leaves of the contracts whose trail they may read, and an auditor those of one', async () => {
    for (const role of ['provider', 'commissioner', 'verifier'] as const)
      expect(await seenBy(ours.people[role])).toEqual({ ...all, log_leaf: 1, log_stream: 1 });
    for (const role of ['investor', 'observer'] as const)
      expect(await seenBy(ours.people[role])).toEqual({ ...all, log_leaf: 0, log_stream: 0 });
    const auditor = auditorFor(ours.people.investor.personId, ours.contractId);
    expect(await seenBy(auditor)).toEqual({ ...all, log_leaf: 1, log_stream: 1 });
    expect(await seenBy(administrator)).toEqual({ ...all, log_leaf: 1, log_stream: 1 });
    const { personId } = ours.people.provider;
    expect(await seenBy(onBehalfOf(personId, ours.contractId))).toMatchObject({ log_leaf: 1 });
  });

  it('take rows from the sealer alone', async () => {
    for (const table of LOG_TABLES) {
      expect([table, await refusalToAdd(SERVICE.sealer, table)]).toEqual([table, DUPLICATE]);
      for (const acting of [SERVICE.operator, SERVICE.stranger, ours.people.commissioner])
        expect([table, await refusalToAdd(acting, table)]).toEqual([table, REFUSED]);
    }
  });

  it('let the sealer read every entry, and write none but the declaration of a key', async () => {
    await as(SERVICE.sealer, async () => {
      const { rows } = await client.query('select 1 from audit_entry');
      expect(rows).toHaveLength(3);
    });
    const add = (type: string) =>
      as(SERVICE.sealer, () =>
        client
          .query(
            `insert into audit_entry (stream, seq, type, duty, recorded_at, body, previous_hash, hash, salt)
             select stream, seq + 1, $1, 'service', now(), '', hash, '', sha256('x') from audit_head where stream = 'service'`,
            [type],
          )
          .then(
            () => 'added',
            (error: { code: string }) => error.code,
          ),
      );
    expect(await add('claim.decided')).toBe(REFUSED);
    expect(await add('log.key-declared')).toBe('added');
  });

  it('answer how far every stream goes, whoever asks, and never outside a transaction that says who', async () => {
    const heads = 'select stream, seq from heads_in_log(4) order by stream';
    await as(ours.people.observer, async () =>
      expect((await client.query(heads)).rows).toHaveLength(3),
    );
    await expect(client.query(heads)).rejects.toThrow('permission denied');
  });
});
