import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Row-level security for organisations, for accounts of one human, and for the keys and clients of machines. Managers
 * look after the people of their organisation: they see who acts for its parties, and may say who does, on contracts
 * that they have no other part in. Rules that the database checks when a row is written see every row they ask about.
 */
export class WhoSeesOrganisations1790000011900 implements MigrationInterface {
  name = 'WhoSeesOrganisations1790000011900';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${GRANTS}
      ${MANAGED}
      ${WIDENED.map(([table, act, clause, before, added]) => anew(table, act, clause, `(${before}) or (${added})`)).join('\n')}
      ${POLICIES.map(([table, act, clause, test]) => created(table, act, clause, test)).join('\n')}
      ${TABLES.map((table) => `alter table ${table} enable row level security;`).join('\n')}
      ${RULES.map((rule) => `alter function ${rule}() security definer set search_path = pg_catalog, public, pg_temp;`).join('\n')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${RULES.map((rule) => `alter function ${rule}() security invoker reset all;`).join('\n')}
      ${TABLES.map((table) => `alter table ${table} disable row level security;`).join('\n')}
      ${POLICIES.map(([table, act]) => `drop policy ${table}_${act} on ${table};`).join('\n')}
      ${WIDENED.map(([table, act, clause, before]) => anew(table, act, clause, before)).join('\n')}
      revoke all on ${TABLES.join(', ')} from outturn_app;
      revoke update (last_used_at) on api_key from outturn_app;
      revoke update (human_id) on person from outturn_app;
      drop function last_act_of(uuid, uuid), person_by_email(text), people_managed(), contracts_managed(),
        organisations_known(), organisations_managed();
    `);
  }
}

const SAFE = 'security definer set search_path = pg_catalog, public, pg_temp';

const TABLES = [
  'account_recognition',
  'oauth_client',
  'oauth_token',
  'organisation',
  'affiliation',
  'contract_party',
  'access_review',
  'access_review_item',
];

const GRANTS = `
      grant select, insert on account_recognition, organisation, contract_party, access_review, access_review_item
        to outturn_app;
      grant select, insert, update (is_manager, granted_by, granted_at, ended_at) on affiliation to outturn_app;
      grant select, insert, update (last_used_at, revoked_at) on oauth_client to outturn_app;
      grant select, insert, delete on oauth_token to outturn_app;
      grant update (last_used_at) on api_key to outturn_app;
      grant update (human_id) on person to outturn_app;`;

const MANAGED = `
      create function organisations_managed() returns uuid[] stable ${SAFE} language sql as $$
        select coalesce(case when acting_is_administrator() then (select array_agg(o.id) from organisation o)
          else (select array_agg(a.organisation_id) from affiliation a
                 where a.person_id = acting_person() and a.is_manager and a.ended_at is null) end, '{}')
      $$;

      create function organisations_known() returns uuid[] stable ${SAFE} language sql as $$
        select organisations_managed() || coalesce((select array_agg(a.organisation_id) from affiliation a
         where a.person_id = acting_person() and a.ended_at is null), '{}')
      $$;

      create function contracts_managed() returns uuid[] stable ${SAFE} language sql as $$
        select coalesce(array_agg(distinct cp.contract_id), '{}') from contract_party cp
         where cp.organisation_id = any(organisations_managed())
           and (acting_within() is null or cp.contract_id = any(acting_within()))
      $$;
      comment on function contracts_managed() is 'the contracts of whose parties the acting person may say who acts for them';

      create function people_managed() returns uuid[] stable ${SAFE} language sql as $$
        select coalesce(array_agg(distinct a.person_id), '{}') from affiliation a
         where a.organisation_id = any(organisations_managed())
      $$;

      create function person_by_email(address text)
        returns table (id uuid, email text, name text, is_administrator boolean, created_at timestamptz)
        stable ${SAFE} language sql as $$
        select p.id, p.email, p.name, p.is_administrator, p.created_at from person p
         where p.email = address and (acting_is_administrator() or acting_as() in ('operator', 'authenticator')
           or p.id = acting_person() or organisations_managed() <> '{}')
      $$;
      comment on function person_by_email(text) is
        'managers name people of whom they know only the address: they find one by it, and cannot list them';

      create function last_act_of(contract uuid, person uuid) returns timestamptz stable ${SAFE} language sql as $$
        select max(e.recorded_at) from audit_entry e
         where e.stream = contract::text and e.person_id = person
           and contract = any((select contracts_managed())::uuid[])
      $$;

      revoke all on function organisations_managed(), organisations_known(), contracts_managed(), people_managed(),
        person_by_email(text), last_act_of(uuid, uuid) from public;
      grant execute on function organisations_managed(), organisations_known(), contracts_managed(), people_managed(),
        person_by_email(text), last_act_of(uuid, uuid) to outturn_app;`;

/** Rules of the record that must see accounts, memberships and consents of others than the acting person's. */
const RULES = [
  'refuse_own_decision',
  'refuse_one_human_for_two_parties',
  'refuse_parting_of_accounts',
  'refuse_member_of_another_organisation',
];

type Act = 'select' | 'insert' | 'update' | 'delete';
type Clause = 'using' | 'with check';

const created = (table: string, act: Act, clause: Clause, test: string): string =>
  `create policy ${table}_${act} on ${table} for ${act} to outturn_app ${clause} (${test});`;
const anew = (table: string, act: Act, clause: Clause, test: string): string =>
  `drop policy ${table}_${act} on ${table};\n${created(table, act, clause, test)}`;

const ME = '(select acting_person())';
const ADMINISTRATOR = '(select acting_is_administrator())';
const is = (...parts: readonly string[]): string =>
  `(select acting_as()) in (${parts.map((part) => `'${part}'`).join(', ')})`;
const one = (column: string, list: string): string => `${column} = any((select ${list})::uuid[])`;
const contracts = (permission: string): string => `contracts_where('${permission}')`;
const MANAGES_ANY = `(select organisations_managed()) <> '{}'`;
const PARTY_MANAGED = `exists (select 1 from contract_party cp
  where cp.contract_id = membership.contract_id and cp.party = membership.party
    and cp.organisation_id = any((select organisations_managed())::uuid[]))`;
const MEMBERS = one('contract_id', contracts('member:manage'));
const STREAM = `stream = any((select contracts_where('contract:read'))::text[]) or ${is('operator')}
  or stream = 'service' and ${is('person', 'authenticator')}
  or ${is('worker')} and stream = any((select acting_within())::text[])`;
const STREAM_MANAGED = 'stream = any((select contracts_managed())::text[])';

/** Policies of the first migration: as they were, and what is added now that there are organisations and own keys. */
const WIDENED: readonly (readonly [string, Act, Clause, string, string])[] = [
  [
    'person',
    'select',
    'using',
    `id = ${ME} or ${ADMINISTRATOR} or ${is('authenticator', 'operator')} or ${one('id', 'people_known()')}`,
    one('id', 'people_managed()'),
  ],
  [
    'person',
    'insert',
    'with check',
    `${ADMINISTRATOR} or ${is('operator')}`,
    `${MANAGES_ANY} and not is_administrator`,
  ],
  ['api_key', 'insert', 'with check', `${ADMINISTRATOR} or ${is('operator')}`, `person_id = ${ME}`],
  ['api_key', 'update', 'using', `person_id = ${ME} or ${ADMINISTRATOR}`, is('authenticator')],
  [
    'contract',
    'select',
    'using',
    `${one('id', contracts('contract:read'))} or ${is('operator')}
      or ${is('worker')} and ((select acting_within()) is null or ${one('id', 'acting_within()')})`,
    one('id', 'contracts_managed()'),
  ],
  // who is let act for a party must be looked up in the terms, which name the parties
  [
    'terms_version',
    'select',
    'using',
    one('contract_id', contracts('contract:read')),
    one('contract_id', 'contracts_managed()'),
  ],
  ['membership', 'select', 'using', `person_id = ${ME} or ${MEMBERS}`, PARTY_MANAGED],
  [
    'membership',
    'insert',
    'with check',
    `granted_by = ${ME} and (${MEMBERS}
      or person_id = ${ME} and role = 'commissioner' and (select may_open_contract())
         and ${one('contract_id', contracts('contract:draft'))}
         and contract_id in (select c.id from contract c where c.created_by = ${ME}))`,
    `granted_by = ${ME} and ${PARTY_MANAGED}`,
  ],
  ['membership', 'update', 'using', MEMBERS, PARTY_MANAGED],
  ['audit_head', 'select', 'using', STREAM, STREAM_MANAGED],
  ['audit_head', 'insert', 'with check', STREAM, STREAM_MANAGED],
  ['audit_head', 'update', 'using', STREAM, STREAM_MANAGED],
  [
    'audit_entry',
    'insert',
    'with check',
    `(${STREAM}) and (person_id = ${ME} or not ${is('person')}) and (not ${is('worker')} or type like 'computation.%')`,
    `${STREAM_MANAGED} and person_id = ${ME}`,
  ],
];

const KNOWN = one('organisation_id', 'organisations_known()');
const MANAGED_ONE = one('organisation_id', 'organisations_managed()');
const ITS_REVIEW = 'exists (select 1 from access_review r where r.id = review_id)';

const POLICIES: readonly (readonly [string, Act, Clause, string])[] = [
  ['person', 'update', 'using', `${ADMINISTRATOR} or ${is('authenticator', 'operator')}`],
  [
    'account_recognition',
    'select',
    'using',
    `${ADMINISTRATOR} or ${is('authenticator', 'operator')}`,
  ],
  [
    'account_recognition',
    'insert',
    'with check',
    `${ADMINISTRATOR} or ${is('authenticator', 'operator')}`,
  ],
  ['oauth_client', 'select', 'using', `person_id = ${ME} or ${is('authenticator')}`],
  ['oauth_client', 'insert', 'with check', `person_id = ${ME}`],
  ['oauth_client', 'update', 'using', `person_id = ${ME} or ${is('authenticator')}`],
  ['oauth_token', 'select', 'using', is('authenticator')],
  ['oauth_token', 'insert', 'with check', is('authenticator')],
  ['oauth_token', 'delete', 'using', is('authenticator')],
  ['organisation', 'select', 'using', one('id', 'organisations_known()')],
  ['organisation', 'insert', 'with check', `created_by = ${ME} and ${ADMINISTRATOR}`],
  ['affiliation', 'select', 'using', `person_id = ${ME} or ${KNOWN}`],
  ['affiliation', 'insert', 'with check', `granted_by = ${ME} and ${MANAGED_ONE}`],
  ['affiliation', 'update', 'using', MANAGED_ONE],
  [
    'contract_party',
    'select',
    'using',
    `${one('contract_id', contracts('contract:read'))} or ${KNOWN}`,
  ],
  [
    'contract_party',
    'insert',
    'with check',
    `named_by = ${ME} and ${one('contract_id', contracts('member:manage'))}`,
  ],
  ['access_review', 'select', 'using', MANAGED_ONE],
  ['access_review', 'insert', 'with check', `reviewed_by = ${ME} and ${MANAGED_ONE}`],
  ['access_review_item', 'select', 'using', ITS_REVIEW],
  ['access_review_item', 'insert', 'with check', ITS_REVIEW],
];
