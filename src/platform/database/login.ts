import type pg from 'pg';
import { DomainError } from '../../domain/shared/domain-error.js';
import { sqlStateOf } from './constraint.js';
import { APPLICATION_ROLE, QUEUE_ROLE } from './roles.js';

/** Thrown where the login of the service could pass row-level security by, or cannot work as the role it should. */
export class LoginRefused extends DomainError {
  constructor(fault: string, cause?: unknown) {
    super({
      code: 'LOGIN_REFUSED',
      kind: 'unavailable',
      detail: `${fault} Give DATABASE_URL a login that is only a NOINHERIT member of ${APPLICATION_ROLE}; "outturn migrate" makes it, where MIGRATION_DATABASE_URL names the owner of the tables.`,
    });
    this.cause = cause;
  }
}

interface LoginRow {
  readonly name: string;
  readonly is_superuser: boolean;
  readonly bypasses: boolean;
  readonly owns: string | null;
}

const LOGIN = `
  select r.rolname as name, r.rolsuper as is_superuser, r.rolbypassrls as bypasses,
         (select min(c.relname) from pg_class c
           where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
             and pg_has_role(r.rolname, c.relowner, 'MEMBER')) as owns
    from pg_roles r where r.rolname = session_user`;

/** Refuses a login that row-level security would not hold: a superuser's, one with BYPASSRLS, or an owner's. */
export async function refusePowerfulLogin(
  query: (sql: string) => Promise<readonly unknown[]>,
): Promise<void> {
  const [login] = (await query(LOGIN)) as readonly LoginRow[];
  if (!login) return;
  const { name } = login;
  if (login.is_superuser) throw new LoginRefused(`The database login ${name} is a superuser's.`);
  if (login.bypasses) throw new LoginRefused(`The database login ${name} has BYPASSRLS.`);
  if (login.owns !== null)
    throw new LoginRefused(
      `The database login ${name} owns ${login.owns}, or may act as its owner.`,
    );
}

/**
 * Lets the login of the service work as the roles of the service and of its queue, making the login first where it is
 * missing. The client is the owner's. Whoever migrates as the login itself, in development, is let in as well.
 */
export async function letLoginIn(client: pg.Client, serviceUrl: string): Promise<void> {
  const { username, password } = new URL(serviceUrl);
  const login = username === '' ? await nameOf(client) : decodeURIComponent(username);
  try {
    await makeLogin(client, login, decodeURIComponent(password));
    const inherit = (await grantsSayInherit(client)) ? ' with inherit false, set true' : '';
    const roles = `${APPLICATION_ROLE}, ${QUEUE_ROLE}`;
    await client.query(`grant ${roles} to ${client.escapeIdentifier(login)}${inherit}`);
    // the queue makes its schema itself
    const { rows } = await client.query<{ name: string }>('select current_database() as name');
    const database = client.escapeIdentifier(rows[0]!.name);
    await client.query(`grant create on database ${database} to ${QUEUE_ROLE}`);
  } catch (error) {
    if (sqlStateOf(error) !== '42501') throw error;
    const fault = `The login ${login} cannot be made a member of ${APPLICATION_ROLE} and ${QUEUE_ROLE} by this owner: an administrator of the server has to.`;
    throw new LoginRefused(fault, error);
  }
}

async function nameOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select current_user as name');
  return rows[0]!.name;
}

async function makeLogin(client: pg.Client, login: string, password: string): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [login]);
  if (found.rows.length > 0) return;
  const secret = password === '' ? '' : ` password ${client.escapeLiteral(password)}`;
  await client.query(
    `create role ${client.escapeIdentifier(login)} login noinherit nosuperuser nobypassrls nocreatedb nocreaterole${secret}`,
  );
}

/** Since PostgreSQL 16 a grant says whether it is inherited; before, the member says so for all of its grants. */
async function grantsSayInherit(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ version: string }>(
    `select current_setting('server_version_num') as version`,
  );
  return Number(rows[0]!.version) >= 160_000;
}
