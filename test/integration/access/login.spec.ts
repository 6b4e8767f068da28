// What the login of the service is and can be, whatever the service asks of it.
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import { loadConfig, type Config } from '../../../src/platform/config/config.js';
import { createDataSource } from '../../../src/platform/database/data-source.js';
import { Database } from '../../../src/platform/database/database.js';
import { LoginRefused } from '../../../src/platform/database/login.js';
import { migrate } from '../../../src/platform/database/migrate.js';
import { refuseUnsafeLogin } from '../../../src/platform/database/start-check.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { manyOrganisations } from '../../support/organisations.js';
import { rowsOfLog } from '../../support/log-tables.js';
import { rowsOfSignIn } from '../../support/sign-in-tables.js';
import { rowsOfOwner } from '../../support/owner.js';

const serviceUrl = process.env['DATABASE_URL']!;
const ownerUrl = process.env['MIGRATION_DATABASE_URL']!;
const login = new URL(serviceUrl).username;
let client: Client;

beforeAll(async () => {
  await manyOrganisations(2);
  client = new Client({ connectionString: serviceUrl });
  await client.connect();
});
afterAll(() => client.end());

const TABLES_OF_OURS = `select relname::text as name from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;

describe('the login of the service', () => {
  it('is nobody special and owns nothing, as the roles that it works as are', async () => {
    const roles = await rowsOfOwner(
      `select rolname as name from pg_roles where rolname in ($1, 'outturn_app', 'outturn_queue')
          and not rolsuper and not rolbypassrls and not rolcreaterole and not rolcreatedb and not rolreplication
          and not rolinherit and rolcanlogin = (rolname = $1)`,
      [login],
    );
    expect(roles).toHaveLength(3);
    const owned = await rowsOfOwner(
      `select d.classid::regclass, d.objid from pg_shdepend d join pg_roles r on r.oid = d.refobjid
        where d.deptype = 'o' and d.refclassid = 'pg_authid'::regclass and r.rolname in ($1, 'outturn_app')
          and d.dbid = (select oid from pg_database where datname = current_database())`,
      [login],
    );
    expect(owned).toEqual([]);
  });

  it('can be the role of the service or of its queue, and nothing else', async () => {
    const { rows } = await client.query<{ name: string }>(
      `select rolname::text as name from pg_roles where pg_has_role($1, oid, 'MEMBER') order by 1`,
      [login],
    );
    expect(rows.map(({ name }) => name)).toEqual(['outturn_app', 'outturn_queue', login].sort());
    const owner = new URL(ownerUrl).username;
    for (const sql of [
      `set role ${owner}`,
      `set session authorization ${owner}`,
      `set role outturn_app; set role ${owner}`,
    ])
      await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
    await client.query('reset role');
  });

  it.each([
    'alter table participant disable row level security',
    'alter table participant no force row level security',
    'drop policy participant_select on participant',
    'create policy all_of_it on participant using (true)',
    'alter table participant disable trigger all',
    'create or replace function contracts_where(variadic permissions text[]) returns uuid[] language sql as $$ select null $$',
    'create table public.mine (a integer)',
    `set session_replication_role = 'replica'`,
    `grant outturn_app to ${login}`,
    'alter role outturn_app bypassrls',
    'select * from measurement_recorded',
    'select * from pg_authid',
  ])('cannot %s, as itself or as the role of the service', async (sql) => {
    for (const role of ['none', 'outturn_app']) {
      await client.query(`set role ${role}`);
      await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
    }
    await client.query('reset role');
  });

  it('sees none of our tables as the role of the queue', async () => {
    const seen = await rowsOfOwner(
      `${TABLES_OF_OURS} and has_any_column_privilege('outturn_queue', oid, 'SELECT, INSERT, UPDATE')`,
    );
    expect(seen).toEqual([]);
  });
});

describe('a statement outside a transaction with somebody who acts', () => {
  it('throws for every table, as the login and as the role of the service', async () => {
    const tables = await rowsOfOwner<{ name: string }>(TABLES_OF_OURS);
    expect(tables.length).toBeGreaterThan(20);
    // the policies of signing in, of letters and of the log are asked about rows, so there is one of each
    const personId = randomUUID();
    await rowsOfOwner(
      `insert into person (id, email, name) values ($1, 'one@example.org', 'One')`,
      [personId],
    );
    await rowsOfSignIn(personId);
    await rowsOfLog();
    await rowsOfOwner(
      `insert into letter (id, sealed, written_at, useless_at, due_at)
       values ($1, 'sealed', now(), now() + interval '1 day', now())`,
      [randomUUID()],
    );
    for (const { name } of tables) {
      const look = client.query(`select 1 from ${name} limit 1`);
      await expect(look).rejects.toMatchObject({
        code: '42501',
        message: expect.stringContaining('denied'),
      });
    }
    await client.query('set role outturn_app');
    for (const { name } of tables.filter((one) => one.name !== 'migration')) {
      const look = client.query(`select 1 from ${name} limit 1`);
      await expect(
        look.then(
          () => name,
          (error: { code: string }) => error.code,
        ),
      ).resolves.toBe('42501');
    }
    await expect(client.query('select 1 from participant')).rejects.toThrow('nobody acts');
    const write = client.query(
      'insert into participant (contract_id, reference) values (gen_random_uuid(), $1)',
      ['x'],
    );
    await expect(write).rejects.toThrow('nobody acts');
    await client.query('reset role');
  });

  it('throws on the connections of the service themselves', async () => {
    const source = createDataSource(serviceUrl);
    const runner = new TransactionRunner(new Database(source, loadConfig(process.env)));
    try {
      await runner.readOnly(SERVICE.operator, (tx) => tx.query('select 1 from contract'));
      await expect(source.query('select 1 from contract')).rejects.toThrow('permission denied');
    } finally {
      await source.destroy();
    }
  });
});

describe('in production', () => {
  const production = (databaseUrl: string): Config => ({
    ...loadConfig(process.env),
    environment: 'production',
    databaseUrl,
  });
  const made: string[] = [];
  /** The URL of another login, as the owner makes it; roles belong to the whole server, so they go again. */
  async function another(attributes: string): Promise<string> {
    const name = `outturn_test_${randomUUID().replaceAll('-', '')}`;
    await rowsOfOwner(`create role ${name} login password 'x' ${attributes}`);
    made.push(name);
    const url = new URL(serviceUrl);
    url.username = name;
    url.password = 'x';
    return url.href;
  }
  afterAll(async () => {
    for (const name of made) {
      await rowsOfOwner(`reassign owned by ${name} to current_user`);
      await rowsOfOwner(`drop role ${name}`);
    }
  });

  it('the service starts with a login that owns nothing', async () => {
    await expect(refuseUnsafeLogin(production(serviceUrl))).resolves.toBeUndefined();
  });

  it('it does not with that of a superuser, of one with BYPASSRLS, or of an owner', async () => {
    const owner = await another('');
    await rowsOfOwner(`alter view contract_measurement owner to ${new URL(owner).username}`);
    const heir = await another(`in role ${new URL(owner).username}`);
    for (const [url, why] of [
      [ownerUrl, "is a superuser's"],
      [await another('bypassrls'), 'has BYPASSRLS'],
      [owner, 'owns contract_measurement'],
      [heir, 'owns contract_measurement'],
    ] as const) {
      const refusal = refuseUnsafeLogin(production(url));
      await expect(refusal).rejects.toThrow(LoginRefused);
      await expect(refusal).rejects.toThrow(why);
      await expect(refusal).rejects.toThrow('DATABASE_URL');
      const source: DataSource = createDataSource(url);
      await expect(new Database(source, production(url)).ready()).rejects.toThrow(why);
      expect(source.isInitialized).toBe(false);
    }
  });

  it('it starts while the database is away, and asks when it is back', async () => {
    const away = 'postgres://app:app@127.0.0.1:9/none';
    await expect(refuseUnsafeLogin(production(away))).resolves.toBeUndefined();
  });

  it('a login that may not work as the service is told what is missing', async () => {
    const source = createDataSource(await another('noinherit'));
    const runner = new TransactionRunner(new Database(source, loadConfig(process.env)));
    try {
      const asked = runner.readOnly(SERVICE.health, (tx) => tx.query('select 1'));
      await expect(asked).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
      await expect(asked).rejects.toThrow('outturn migrate');
    } finally {
      await source.destroy();
    }
  });

  it('migrating makes the login that it is told of, and lets it in', async () => {
    const name = `outturn_test_${randomUUID().replaceAll('-', '')}`;
    made.push(name);
    const url = new URL(serviceUrl);
    url.username = name;
    url.password = `it's "secret"`;
    await migrate(ownerUrl, url.href);
    await migrate(ownerUrl, url.href);
    await expect(refuseUnsafeLogin(production(url.href))).resolves.toBeUndefined();
    const source = createDataSource(url.href);
    const runner = new TransactionRunner(new Database(source, loadConfig(process.env)));
    const seen = await runner.readOnly(SERVICE.operator, (tx) =>
      tx.query('select 1 from contract'),
    );
    expect(seen).toHaveLength(2);
    await source.destroy();
    await rowsOfOwner(`revoke outturn_app, outturn_queue from ${name}`);
  });
});
