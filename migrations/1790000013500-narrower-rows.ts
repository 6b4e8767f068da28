import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the database alone kept from nobody, found by calling every route with the checks of the application switched off:
 * whoever may verify a trail read its entries; managers of a party's organisation read the terms; colleagues read who
 * belongs to their organisation; a provider could admit somebody by exception, and a commissioner correct an enrolment.
 */
export class NarrowerRows1790000013500 implements MigrationInterface {
  name = 'NarrowerRows1790000013500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${PARTY_NAMED}
      ${POLICIES.map(({ table, act, after }) => anew(table, act, after)).join('\n')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${POLICIES.map(({ table, act, before }) => anew(table, act, before)).join('\n')}
      drop function terms_name_party(uuid, text, text);
    `);
  }
}

const PARTY_NAMED = `
      create function terms_name_party(contract uuid, party text, role text) returns boolean stable
        security definer set search_path = pg_catalog, public, pg_temp language sql as $$
        select exists (
          select 1 from terms_version t, jsonb_array_elements(t.document -> 'parties') p
           where t.contract_id = contract and p ->> 'id' = party and p ->> 'role' = role
             and t.number in (
               (select max(n.number) from terms_version n where n.contract_id = contract),
               (select max(n.number) from terms_version n where n.contract_id = contract and n.state = 'active'))
             and contract = any((select contracts_where('member:manage') || contracts_managed())::uuid[]))
      $$;
      comment on function terms_name_party(uuid, text, text) is
        'whether the terms in force or the latest draft name a party in a role: for whoever says who acts for it, without the terms';
      revoke all on function terms_name_party(uuid, text, text) from public;
      grant execute on function terms_name_party(uuid, text, text) to outturn_app;`;

interface Changed {
  readonly table: string;
  readonly act: 'select' | 'insert';
  readonly before: string;
  readonly after: string;
}

const ME = '(select acting_person())';
const is = (...parts: readonly string[]): string =>
  `(select acting_as()) in (${parts.map((part) => `'${part}'`).join(', ')})`;
const where = (...permissions: readonly string[]): string =>
  `(select contracts_where(${permissions.map((one) => `'${one}'`).join(', ')}))::uuid[]`;
const ofParticipant = (permissions: readonly string[]): string =>
  `exists (select 1 from participant p where p.id = participant_id and p.contract_id = any(${where(...permissions)}))`;
const OPERATOR = `${is('operator')} or stream = 'service' and (select acting_is_administrator())`;
const IS_EXCEPTION = 'version = 1 and exception_reason is not null';

const POLICIES: readonly Changed[] = [
  {
    table: 'audit_entry',
    act: 'select',
    before: `stream = any((${where('audit:read', 'audit:verify')})::text[]) or ${OPERATOR}`,
    after: `stream = any((${where('audit:read')})::text[]) or ${OPERATOR}
      or ${is('auditor')} and stream = any((${where('audit:verify')})::text[])`,
  },
  {
    table: 'terms_version',
    act: 'select',
    before: `(contract_id = any(${where('contract:read')})) or (contract_id = any((select contracts_managed())::uuid[]))`,
    after: `contract_id = any(${where('contract:read')})`,
  },
  {
    table: 'affiliation',
    act: 'select',
    before: `person_id = ${ME} or organisation_id = any((select organisations_known())::uuid[])`,
    after: `person_id = ${ME} or organisation_id = any((select organisations_managed())::uuid[])`,
  },
  {
    table: 'enrolment',
    act: 'insert',
    before: ofParticipant(['participant:write', 'participant:admit']),
    after: `case when ${IS_EXCEPTION} then ${ofParticipant(['participant:admit'])} else ${ofParticipant(['participant:write'])} end`,
  },
];

const anew = (table: string, act: Changed['act'], test: string): string =>
  `drop policy ${table}_${act} on ${table};
      create policy ${table}_${act} on ${table} for ${act} to outturn_app ${act === 'select' ? 'using' : 'with check'} (${test});`;
