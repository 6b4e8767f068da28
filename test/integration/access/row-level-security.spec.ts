// The second layer alone: statements of the login of the service, with no guard and no service method in between.
import { Client } from 'pg';
import {
  PERMISSIONS_OF_ADMINISTRATOR,
  PERMISSIONS_OF_ROLE,
  ROLES,
  type Role,
} from '../../../src/access/permissions.js';
import { onBehalfOf, SERVICE, settingsOf, type Acting } from '../../../src/platform/auth/acting.js';
import type { Actor } from '../../../src/platform/auth/actor.js';
import { PERMISSIONS, type Permission } from '../../../src/platform/auth/permission.js';
import { LOG_TABLES } from '../../support/log-tables.js';
import { manyOrganisations, type Organisations } from '../../support/organisations.js';
import { asOwner, rowsOfOwner } from '../../support/owner.js';
import { SIGN_IN_TABLES } from '../../support/sign-in-tables.js';

const ORGANISATIONS = 20;

/** Tables without row-level security, and why. A new table that is in neither list fails the first test. */
const WITHOUT: Readonly<Record<string, string>> = {
  migration:
    'which migrations have been run is the same for everybody, and readiness says it to all',
  measurement_recorded:
    'the rows of measurement: the service may add to them by COPY and not read them',
  payment_line_posted: 'the rows of payment_line: the same',
};

/** Whose a row is. The contract is found by the column that leads to it. */
const LEADS: Readonly<Record<string, string>> = {
  contract_id: 't.contract_id::text',
  participant_id: '(select p.contract_id::text from participant p where p.id = t.participant_id)',
  claim_id: '(select c.contract_id::text from claim c where c.id = t.claim_id)',
  computation_id:
    '(select c.contract_id::text from payment_computation c where c.id = t.computation_id)',
  stream: 't.stream',
};
const contractOf = (table: string, columns: readonly string[]): string => {
  if (table === 'contract') return 't.id::text';
  if (table === 'person')
    return `(select m.contract_id::text from membership m where m.person_id = t.id limit 1)`;
  const column = Object.keys(LEADS).find((name) => columns.includes(name));
  return column === undefined ? 'null' : LEADS[column]!;
};
/** The manager of an organisation, which the provider's person is here, sees what is about it. */
const MANAGER: Readonly<Record<string, string>> = {
  organisation: 't.id',
  access_review: 't.organisation_id',
};
const personOf = (table: string, columns: readonly string[]): string => {
  if (table === 'person') return 't.id';
  if (table in MANAGER)
    return `(select a.person_id from affiliation a where a.organisation_id = ${MANAGER[table]!})`;
  return columns.includes('person_id') ? 't.person_id' : 'null::uuid';
};

interface Reading {
  /** With one of these on its contract, a person sees a row. */
  readonly see: readonly Permission[];
  /** The same for some of the rows, by what stands in them. */
  readonly seeWhere?: { readonly json: RegExp; readonly see: readonly Permission[] };
  /** Without one of these on its contract, nobody adds a row like it. */
  readonly add: readonly Permission[];
  /** Sees a row about themselves, whatever it belongs to. */
  readonly own?: true;
  /** The manager of an organisation adds such rows: `any` of them, or what is `own`. */
  readonly manager?: 'any' | 'own';
  /** The parts of the service that see every row. */
  readonly parts?: readonly string[];
}

const TABLES: Readonly<Record<string, Reading>> = {
  person: {
    see: ['contract:read', 'person:manage'],
    add: ['person:manage'],
    own: true,
    manager: 'any',
    parts: ['authenticator', 'operator'],
  },
  api_key: { see: ['person:manage'], add: ['person:manage'], own: true, parts: ['authenticator'] },
  idempotency_key: { see: [], add: [], own: true },
  contract: { see: ['contract:read'], add: ['contract:draft'], parts: ['operator', 'worker'] },
  terms_version: {
    see: ['contract:read'],
    add: ['contract:draft', 'contract:amend'],
    parts: ['eraser'],
  },
  activation_consent: { see: ['contract:read'], add: ['contract:consent'] },
  membership: { see: ['member:manage'], add: ['member:manage'], own: true },
  audit_head: {
    see: ['contract:read'],
    add: ['contract:read'],
    parts: ['operator', 'sealer', 'eraser', 'replayer'],
  },
  audit_entry: { see: ['audit:read'], add: ['contract:read'], parts: ['operator', 'sealer'] },
  participant: {
    see: ['participant:read', 'line:read'],
    add: ['participant:write', 'participant:admit'],
  },
  enrolment: {
    see: ['participant:read', 'line:read'],
    add: ['participant:write', 'participant:admit'],
  },
  participant_key: {
    see: ['participant:read', 'line:read'],
    seeWhere: {
      json: /"purpose": "identity"/,
      see: ['identity:read', 'identity:write', 'participant:export'],
    },
    add: ['participant:write', 'participant:admit', 'measurement:write', 'identity:write'],
  },
  participant_erasure: { see: ['participant:read', 'line:read'], add: [] },
  participant_identifier: {
    see: ['identity:read', 'identity:write', 'participant:export'],
    add: ['identity:write'],
  },
  participant_consent: { see: ['participant:read', 'measurement:read'], add: ['consent:write'] },
  measurement: { see: ['measurement:read', 'line:read'], add: ['measurement:write'] },
  score_author: {
    see: ['measurement:read', 'claim:read'],
    add: ['measurement:write', 'figure:submit', 'effect:sign'],
  },
  import_batch: {
    see: ['participant:read', 'figure:read'],
    add: ['participant:write', 'figure:submit', 'effect:sign'],
  },
  contract_figure: { see: ['figure:read'], add: ['figure:submit'] },
  effect_result: { see: ['effect:read'], add: ['effect:sign'] },
  payment_computation: {
    see: ['computation:read'],
    add: ['computation:request'],
    parts: ['worker', 'sweeper'],
  },
  payment_line: { see: ['line:read'], add: [] },
  claim: { see: ['claim:read'], add: ['claim:submit'] },
  claim_line: { see: ['claim:read'], add: ['claim:submit'] },
  claim_decision: { see: ['claim:read'], add: ['claim:decide'] },
  claim_decision_act: { see: ['claim:read'], add: ['claim:decide'] },
  account_recognition: {
    see: ['person:manage'],
    add: ['person:manage'],
    parts: ['authenticator', 'operator'],
  },
  oauth_client: { see: [], add: [], own: true, parts: ['authenticator'] },
  oauth_token: { see: [], add: [], parts: ['authenticator'] },
  organisation: { see: ['organisation:manage'], add: ['organisation:manage'], own: true },
  affiliation: { see: ['organisation:manage'], add: ['organisation:manage'], own: true },
  contract_party: { see: ['contract:read'], add: ['member:manage'] },
  access_review: { see: ['organisation:manage'], add: ['organisation:manage'], own: true },
  access_review_item: {
    see: ['organisation:manage'],
    add: ['organisation:manage'],
    own: true,
    manager: 'own',
  },
  issued_statement: { see: ['statement:read'], add: ['statement:issue'] },
  issued_line: { see: ['line:read'], add: ['statement:issue'] },
  work_outbox: {
    see: [],
    add: ['computation:request', 'computation:cancel'],
    parts: ['relay', 'sweeper'],
  },
  letter: { see: [], add: [], parts: ['carrier'] },
};

/** Parts that write of no contract see the head of the service's own trail. */
const OF_SERVICE: readonly string[] = ['authenticator', 'rewrapper'];

interface Row {
  readonly text: string;
  readonly json: string;
  readonly contract: string | null;
  readonly person: string | null;
}

/** Tables whose rows belong to people, organisations or the service. */
const OF_NO_CONTRACT = [
  'access_review',
  'account_recognition',
  'affiliation',
  'api_key',
  'idempotency_key',
  'letter',
  'oauth_client',
  'oauth_token',
  'organisation',
  'work_outbox',
];

/** Somebody who looks, with what they may do on which contract. */
interface Viewer {
  readonly name: string;
  readonly acting: Acting;
  readonly may: (permission: Permission, contract: string | null) => boolean;
}

let client: Client;
let all: Organisations[];
let administrator: Actor;
let tables: string[];
let updatable: Map<string, string>;
let rows: Map<string, Row[]>;

async function as<T>(acting: Acting, work: () => Promise<T>): Promise<T> {
  const { principal, personId, party, contractIds } = settingsOf(acting);
  await client.query('begin');
  try {
    await client.query(
      `select set_config('role', 'outturn_app', true), set_config('outturn.principal', $1, true),
              set_config('outturn.person_id', $2, true), set_config('outturn.party', $3, true),
              set_config('outturn.contract_ids', $4, true)`,
      [principal, personId, party, contractIds],
    );
    return await work();
  } finally {
    await client.query('rollback');
  }
}

/** What a statement is refused with, or null; the transaction goes on, and nothing of the statement stays. */
async function refusal(sql: string, parameters: readonly unknown[]): Promise<string | null> {
  await client.query('savepoint attempt');
  try {
    await client.query(sql, [...parameters]);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.query('rollback to attempt');
  }
}

/** As refusal, for adding one row, in a single round trip: there are thousands of them. */
async function refusalToAdd(table: string, row: Row): Promise<string | null> {
  const { rows: found } = await client.query<{ code: string }>(
    'select pg_temp.refusal_to_add($1, $2::jsonb) as code',
    [table, row.json],
  );
  return found[0]!.code;
}

const REFUSAL_TO_ADD = `
  create function pg_temp.refusal_to_add(into_table text, as_row jsonb) returns text language plpgsql as $$
  begin
    execute format('insert into %1$I overriding system value select (jsonb_populate_record(null::%1$I, $1)).*', into_table)
      using as_row;
    raise exception 'added' using errcode = 'OT000'; -- so that it does not stay
  exception when others then
    return sqlstate;
  end $$;
  grant execute on function pg_temp.refusal_to_add(text, jsonb) to public`;

const member = (role: Role, { contractId, people }: Organisations): Viewer => ({
  name: `${role} of ${contractId}`,
  acting: people[role],
  may: (permission, contract) =>
    contract === contractId && PERMISSIONS_OF_ROLE[role].includes(permission),
});
const everybody = (): Viewer[] => [
  ...all.flatMap((organisations) => ROLES.map((role) => member(role, organisations))),
  {
    name: 'administrator',
    acting: administrator,
    may: (permission) => PERMISSIONS_OF_ADMINISTRATOR.includes(permission),
  },
];
const personIdOf = (acting: Acting): string | null =>
  'personId' in acting ? acting.personId : null;

beforeAll(async () => {
  ({ all, administrator } = await manyOrganisations(ORGANISATIONS));
  await asOwner((tx) =>
    tx.query(
      `insert into letter (id, sealed, written_at, useless_at, due_at)
       select gen_random_uuid(), 'sealed', now(), now() + interval '1 day', now() from generate_series(1, $1)`,
      [ORGANISATIONS],
    ),
  );
  client = new Client({ connectionString: process.env['DATABASE_URL'] });
  await client.connect();
  await client.query(REFUSAL_TO_ADD);
  const columns = await rowsOfOwner<{ table: string; columns: string[] }>(
    `select t.table_name as table, array_agg(c.column_name::text) as columns
       from information_schema.tables t
       join information_schema.columns c using (table_schema, table_name)
      where t.table_schema = 'public' and t.table_type = 'BASE TABLE' group by 1 order by 1`,
  );
  // the tables of signing in and of the audit log have files of their own
  const elsewhere = new Set<string>([
    ...Object.keys(WITHOUT),
    ...SIGN_IN_TABLES,
    ...LOG_TABLES,
    'entry_due',
  ]);
  tables = columns.map(({ table }) => table).filter((table) => !elsewhere.has(table));
  rows = new Map();
  for (const { table, columns: names } of columns)
    rows.set(
      table,
      await rowsOfOwner<Row>(
        `select t::text as text, to_jsonb(t)::text as json, ${contractOf(table, names)} as contract,
                ${personOf(table, names)} as person from ${table} t`,
      ),
    );
  const changes = await rowsOfOwner<{ table: string; column: string }>(
    `select table_name as table, min(column_name) as column from information_schema.column_privileges
      where table_schema = 'public' and grantee = 'outturn_app' and privilege_type = 'UPDATE' group by 1`,
  );
  const own = changes.filter(({ table }) => !(LOG_TABLES as readonly string[]).includes(table));
  updatable = new Map(own.map(({ table, column }) => [table, column]));
}, 60_000);
afterAll(() => client.end());

describe('every table', () => {
  it('has row-level security with a policy for each thing that may be done, or a reason why not', async () => {
    const found = await rowsOfOwner<{ table: string; on: boolean; missing: string[] }>(
      `select c.relname as table, c.relrowsecurity as on,
              array(select act from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) act
                     where (has_table_privilege('outturn_app', c.oid, act)
                            or act in ('INSERT', 'UPDATE') and has_any_column_privilege('outturn_app', c.oid, act))
                       and not exists (select 1 from pg_policies p
                                        where p.tablename = c.relname and p.cmd in (act, 'ALL'))) as missing
         from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`,
    );
    const unsafe = found.filter(({ on, missing }) => !on || missing.length > 0);
    expect(unsafe.map(({ table }) => table).sort()).toEqual(Object.keys(WITHOUT).sort());
    expect(Object.keys(TABLES).sort()).toEqual(tables);
  });

  it('has a row of every contract here, so that there is something to leak', () => {
    for (const table of tables) {
      const contracts = new Set(rows.get(table)!.map(({ contract }) => contract));
      const ownsNone = !all.some(({ contractId }) => contracts.has(contractId));
      expect([table, ownsNone]).toEqual([table, OF_NO_CONTRACT.includes(table)]);
      expect([table, ownsNone || all.every(({ contractId }) => contracts.has(contractId))]).toEqual(
        [table, true],
      );
      expect(rows.get(table)!.length).toBeGreaterThanOrEqual(ORGANISATIONS);
    }
  });

  it('can be read or added to where it has no policy only as its reason says', async () => {
    const found = await rowsOfOwner(
      `select table_name::text as table, array_agg(privilege_type::text order by 1) as may
         from information_schema.role_table_grants where grantee = 'outturn_app' and table_name = any($1) group by 1`,
      [Object.keys(WITHOUT)],
    );
    expect(found).toEqual(
      expect.arrayContaining([
        { table: 'measurement_recorded', may: ['INSERT'] },
        { table: 'payment_line_posted', may: ['INSERT'] },
        { table: 'migration', may: ['SELECT'] },
      ]),
    );
  });

  it('lets nobody remove a row, but for tokens that are over, letters that are delivered and facts of signing in', async () => {
    const found = await rowsOfOwner<{ table: string; may: string }>(
      `select table_name::text as table, privilege_type::text as may from information_schema.role_table_grants
        where grantee in ('outturn_app', 'outturn_queue', 'PUBLIC') and table_schema = 'public'
          and privilege_type in ('DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER')`,
    );
    const removable = ['letter', 'oauth_token', ...SIGN_IN_TABLES].sort();
    expect(found.map(({ table, may }) => `${may} ${table}`).sort()).toEqual(
      removable.map((table) => `DELETE ${table}`),
    );
  });
});

describe('what a role may do', () => {
  it('is in the database what it is in the service', async () => {
    const known = await rowsOfOwner<{ permission: Permission; roles: string[] }>(
      'select permission, roles_that_may(array[permission]) as roles from unnest($1::text[]) permission',
      [PERMISSIONS],
    );
    for (const { permission, roles } of known.filter((one) => one.roles.length > 0))
      expect([permission, [...roles].sort()]).toEqual([
        permission,
        [
          ...ROLES.filter((role) => PERMISSIONS_OF_ROLE[role].includes(permission)),
          ...(PERMISSIONS_OF_ADMINISTRATOR.includes(permission) ? ['administrator'] : []),
        ].sort(),
      ]);
  });

  it('is known for every permission that a policy or function names', async () => {
    const sources = await rowsOfOwner<{ sql: string }>(
      `select coalesce(qual, '') || coalesce(with_check, '') as sql from pg_policies
       union all select prosrc from pg_proc where pronamespace = 'public'::regnamespace
       union all select definition from pg_views where schemaname = 'public'`,
    );
    const named = new Set(sources.flatMap(({ sql }) => sql.match(/\b[a-z]+:[a-z]+\b(?=')/g) ?? []));
    named.delete('sealed:erased'); // what stands in the place of a text
    expect(named.size).toBeGreaterThan(15);
    expect([...named].filter((name) => !(PERMISSIONS as readonly string[]).includes(name))).toEqual(
      [],
    );
    const unknown = await rowsOfOwner(
      `select p from unnest($1::text[]) p where roles_that_may(array[p]) = '{}'`,
      [[...named]],
    );
    expect(unknown).toEqual([]);
  });
});

describe(`people of ${ORGANISATIONS} contracts, in every role`, () => {
  it('see every row that is theirs to see, and no other', async () => {
    const wrong: string[] = [];
    for (const { name, acting, may } of everybody())
      await as(acting, async () => {
        for (const table of tables) {
          const { see, seeWhere, own } = TABLES[table]!;
          const whoSees = ({ json }: Row) => (seeWhere?.json.test(json) ? seeWhere.see : see);
          const seen = await client.query<{ text: string }>(
            `select t::text as text from ${table} t`,
          );
          const expected = rows
            .get(table)!
            .filter(
              (row) =>
                whoSees(row).some((permission) => may(permission, row.contract)) ||
                (own === true && row.person === personIdOf(acting)) ||
                (table === 'audit_head' && row.contract === 'service'),
            );
          const texts = new Set(seen.rows.map(({ text }) => text));
          const foreign = [...texts].filter((text) => !expected.some((row) => row.text === text));
          const missing = expected.filter(({ text }) => !texts.has(text));
          if (foreign.length + missing.length > 0)
            wrong.push(
              `${name} on ${table}: ${foreign.length} too many, ${missing.length} missing`,
            );
        }
      });
    expect(wrong).toEqual([]);
  }, 120_000);

  it('add no row that belongs to another contract, nor one of their own that their role may not', async () => {
    const wrong: string[] = [];
    const everyone = everybody().filter(({ acting }) => acting !== administrator);
    for (const [index, { name, acting, may }] of everyone.entries())
      await as(acting, async () => {
        for (const table of tables) {
          const ofTable = rows.get(table)!;
          const own = ofTable.find(({ contract }) => may('contract:read', contract));
          const others = ofTable.filter(
            ({ contract, person }) =>
              !may('contract:read', contract) && person !== personIdOf(acting),
          );
          const mayAdd = (row: Row) => TABLES[table]!.add.some((one) => may(one, row.contract));
          const other = others[index % others.length]!;
          for (const row of [other, ...(own && !mayAdd(own) ? [own] : [])]) {
            // rows without a contract are anybody's who may ask for work; see the policy of the outbox
            if (
              table === 'work_outbox' &&
              all.some((one) => TABLES[table]!.add.some((p) => may(p, one.contractId)))
            )
              continue;
            const { manager } = TABLES[table]!;
            const isManager = name.startsWith('provider');
            if (isManager && (manager === 'any' || (manager === 'own' && row === own))) continue;
            const code = await refusalToAdd(table, row);
            const isService = table === 'audit_head' && row.contract === 'service';
            if (code !== '42501' && !isService) wrong.push(`${name} adds to ${table}: ${code}`);
          }
        }
      });
    expect(wrong).toEqual([]);
  }, 120_000);

  it('change no row that belongs to another contract', async () => {
    const wrong: string[] = [];
    for (const { name, acting, may } of everybody().filter(
      ({ acting: who }) => who !== administrator,
    ))
      await as(acting, async () => {
        for (const [table, column] of updatable) {
          const foreign = rows
            .get(table)!
            .filter(
              (row) =>
                !may('contract:read', row.contract) &&
                row.person !== personIdOf(acting) &&
                row.contract !== 'service',
            );
          const update = `update ${table} t set ${column} = ${column} where t::text = any($1)`;
          const changed = await client.query(update, [foreign.map(({ text }) => text)]);
          if (changed.rowCount !== 0) wrong.push(`${name} changes ${changed.rowCount} of ${table}`);
        }
      });
    expect(updatable.size).toBeGreaterThan(8);
    expect(wrong).toEqual([]);
  }, 120_000);

  it('see both contracts of two that they belong to, and nothing of one that they left', async () => {
    const [first, second] = all as [Organisations, Organisations];
    const { personId } = first.people.verifier;
    const contracts = () =>
      as(first.people.verifier, async () => {
        const found = await client.query<{ id: string }>(
          'select distinct contract_id as id from participant',
        );
        return found.rows.map(({ id }) => id).sort();
      });
    await rowsOfOwner(
      `insert into membership (contract_id, person_id, party, role, granted_by) values ($1, $2, 'v', 'verifier', $3)`,
      [second.contractId, personId, administrator.personId],
    );
    expect(await contracts()).toEqual([first.contractId, second.contractId].sort());
    await as(
      { ...first.people.verifier, scope: { contractIds: [second.contractId], permissions: null } },
      async () => {
        const found = await client.query('select distinct contract_id as id from participant');
        expect(found.rows).toEqual([{ id: second.contractId }]);
      },
    );
    await as({ ...first.people.verifier, party: 'v' }, async () => {
      const found = await client.query('select distinct contract_id as id from participant');
      expect(found.rows).toEqual([{ id: second.contractId }]);
    });
    await rowsOfOwner(
      'update membership set ended_at = now() where contract_id = $1 and person_id = $2',
      [first.contractId, personId],
    );
    expect(await contracts()).toEqual([second.contractId]);
    await asOwner(async (tx) => {
      await tx.query('update membership set ended_at = null where person_id = $1', [personId]);
      await tx.query(`delete from membership where person_id = $1 and party = 'v'`, [personId]);
    });
  });
});

describe('parts of the service', () => {
  it.each(Object.values(SERVICE))('see what they need and no more: $part', async (acting) => {
    await as(acting, async () => {
      for (const table of tables) {
        const seen = await client.query(`select 1 from ${table}`);
        const isAll = TABLES[table]!.parts?.includes(acting.part) ?? false;
        const service = table === 'audit_head' && OF_SERVICE.includes(acting.part) ? 1 : 0;
        expect([table, seen.rowCount]).toEqual([table, isAll ? rows.get(table)!.length : service]);
      }
    });
  });

  it('that work for somebody do so on one contract, with that person’s rights', async () => {
    const [first, second] = all as [Organisations, Organisations];
    const count = async (table: string) =>
      Number((await client.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]!.n);
    await as(onBehalfOf(first.people.provider.personId, first.contractId), async () => {
      expect([
        await count('participant'),
        await count('payment_computation'),
        await count('contract'),
      ]).toEqual([2, 1, 1]);
    });
    for (const [who, where] of [
      [first.people.investor, first], // may not ask for computations, so reads nothing for them
      [second.people.provider, first],
    ] as const)
      await as(onBehalfOf(who.personId, where.contractId), async () => {
        expect([await count('participant'), await count('contract_measurement')]).toEqual([0, 0]);
      });
  });
});

describe('COPY, which no policy sees', () => {
  const copyOf = (table: string) =>
    refusal(`insert into ${table} select * from ${table} where false`, []);

  it('takes measurements from whoever may record some, and lines from a worker on a contract', async () => {
    const [{ people, contractId }] = all as [Organisations];
    for (const role of ROLES)
      await as(people[role], async () => {
        const may = PERMISSIONS_OF_ROLE[role].includes('measurement:write');
        const insert = `insert into measurement_recorded (participant_id, metric, occurrence, version, measured_on, status, recorded_seq)
          select 0, 'x', 'x', 1, '2015-04-01', 'recorded', 1 where false`;
        expect([role, await refusal(insert, [])]).toEqual([role, may ? null : '42501']);
        expect(await copyOf('payment_line_posted')).toBe('42501');
        expect(await copyOf('measurement_recorded')).toBe('42501'); // may not be read
      });
    const post = `insert into payment_line_posted (computation_id, line_no) select gen_random_uuid(), 1 where false`;
    await as(people.provider, async () => expect(await refusal(post, [])).toBe('42501'));
    await as(SERVICE.worker, async () => expect(await refusal(post, [])).toBe('42501'));
    await as(onBehalfOf(people.provider.personId, contractId), async () =>
      expect(await refusal(post, [])).toBeNull(),
    );
  });
});
