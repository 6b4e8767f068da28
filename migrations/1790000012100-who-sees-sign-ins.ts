import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Row-level security for what signing in needs. Before somebody has signed in nobody acts but the authenticator, a part
 * of the service: passwords, factors and challenges are seen by it alone. An administrator looks after providers and can
 * disable people; whoever ends somebody's access ends their sessions with it.
 */
export class WhoSeesSignIns1790000012100 implements MigrationInterface {
  name = 'WhoSeesSignIns1790000012100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      grant update (disabled_at) on person to outturn_app;
      grant select, insert, update, delete on ${TABLES.join(', ')} to outturn_app;
      ${Object.entries(WHO)
        .flatMap(([table, who]) => [
          `alter table ${table} enable row level security;`,
          policy(table, who),
        ])
        .join('\n')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${TABLES.map((table) => `drop policy ${table}_all on ${table}; alter table ${table} disable row level security;`).join('\n')}
      revoke all on ${TABLES.join(', ')} from outturn_app;
      revoke update (disabled_at) on person from outturn_app;
    `);
  }
}

const AUTHENTICATOR = `(select acting_as()) in ('authenticator', 'operator')`;
const ADMINISTRATOR = '(select acting_is_administrator())';
const OF_WHOM_ONE_LOOKS_AFTER = `${AUTHENTICATOR} or ${ADMINISTRATOR} or person_id = (select acting_person())
  or person_id = any((select people_managed())::uuid[])`;

const WHO: Readonly<Record<string, string>> = {
  person_password: AUTHENTICATOR,
  password_link: OF_WHOM_ONE_LOOKS_AFTER,
  second_factor: AUTHENTICATOR,
  recovery_code: AUTHENTICATOR,
  browser_session: OF_WHOM_ONE_LOOKS_AFTER,
  passkey_ceremony: AUTHENTICATOR,
  failed_sign_in: AUTHENTICATOR,
  sign_in_attempt: AUTHENTICATOR,
  sign_in_provider: `${AUTHENTICATOR} or ${ADMINISTRATOR}`,
  sign_in_provider_domain: `${AUTHENTICATOR} or ${ADMINISTRATOR}`,
  provider_identity: AUTHENTICATOR,
  provider_visit: AUTHENTICATOR,
};
const TABLES = Object.keys(WHO);

/** That somebody acts is asked even where a table is empty. */
const policy = (table: string, anybody: string): string => {
  const who = `(select acting_as()) is not null and (${anybody})`;
  return `create policy ${table}_all on ${table} for all to outturn_app using (${who}) with check (${who});`;
};
