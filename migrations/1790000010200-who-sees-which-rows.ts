import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Row-level security, keyed to whoever acts. The service says who that is at the start of each transaction (see
 * src/platform/database/README.md); the functions here raise when it has not. What a role may do is the table of
 * src/access/permissions.ts once more, and a test holds the two against each other. Policies ask once per statement in
 * which contracts the acting person may do something, and compare each row with that list.
 */
export class WhoSeesWhichRows1790000010200 implements MigrationInterface {
  name = 'WhoSeesWhichRows1790000010200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index membership_of_person on membership (person_id) where ended_at is null;
      ${WHO_ACTS}
      ${MAY}
      ${CONTRACTS}
      ${PEOPLE_KNOWN}
      ${NARROW_WAYS}
      ${COPIES}
      ${POLICIES.map(applied).join('')}
      ${EXECUTABLE}
      alter function refuse_own_decision() security definer set search_path = pg_catalog, public, pg_temp;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = POLICIES.map(({ table }) => table);
    const policies = POLICIES.flatMap(({ table, ...acts }) =>
      Object.keys(acts).map((act) => `drop policy ${table}_${act} on ${table};`),
    );
    await runner.query(`
      ${policies.join('\n')}
      ${tables.map((table) => `alter table ${table} disable row level security;`).join('\n')}
      alter function refuse_own_decision() security invoker reset all;
      drop trigger measurement_copied_by_whoever_may on measurement_recorded;
      drop trigger payment_line_copied_by_worker on payment_line_posted;
      drop view contract_measurement;
      drop function refuse_copy_of_measurements(), refuse_copy_of_lines(), spelling_of_participant(uuid, text),
        contract_of_computation(uuid), is_measured_between(bigint, bigint), waiting_work(), may_open_contract(), people_known(),
        contracts_where(text[]), acting_is_administrator(), roles_that_may(text[]), acting_within(), acting_person(),
        acting_as();
      drop index membership_of_person;
    `);
  }
}

const SAFE = 'security definer set search_path = pg_catalog, public, pg_temp';

const WHO_ACTS = `
      create function acting_as() returns text stable parallel safe language plpgsql as $$
      declare principal text := nullif(current_setting('outturn.principal', true), '');
      begin
        if principal is null then
          raise exception 'nobody acts in this transaction, so no row may be seen or written'
            using errcode = 'insufficient_privilege', hint = 'Say who acts: see src/platform/database/README.md.';
        end if;
        return principal;
      end $$;
      comment on function acting_as() is
        'person, or the part of the service that acts; raises where the transaction does not say';

      create function acting_person() returns uuid stable parallel safe language plpgsql as $$
      begin
        perform acting_as();
        return nullif(current_setting('outturn.person_id', true), '')::uuid;
      end $$;
      comment on function acting_person() is 'whose rights count; null where a part of the service acts for nobody';

      create function acting_within() returns uuid[] stable parallel safe language plpgsql as $$
      begin
        perform acting_as();
        return nullif(current_setting('outturn.contract_ids', true), '')::uuid[];
      end $$;
      comment on function acting_within() is 'the contracts that the act is confined to; null where it is not';

      create function acting_is_administrator() returns boolean stable ${SAFE} language sql as $$
        select coalesce((select p.is_administrator from person p where p.id = acting_person()), false)
      $$;`;

const MAY = `
      create function roles_that_may(permissions text[]) returns text[] immutable parallel safe language sql as $$
        select coalesce(array_agg(role), '{}') from (values
          ('provider', array['contract:read', 'contract:consent', 'participant:read', 'participant:write',
            'measurement:read', 'measurement:write', 'figure:read', 'figure:submit', 'effect:read', 'computation:request',
            'computation:cancel', 'claim:submit', 'computation:read', 'line:read', 'claim:read', 'statement:read',
            'audit:read', 'audit:verify']),
          ('commissioner', array['contract:read', 'contract:draft', 'contract:consent', 'contract:amend',
            'participant:read', 'participant:admit', 'measurement:read', 'figure:read', 'effect:read',
            'computation:request', 'computation:cancel', 'claim:decide', 'claim:oversee', 'statement:issue', 'computation:read',
            'line:read', 'claim:read',
            'statement:read', 'audit:read', 'audit:verify']),
          ('top-up-fund', array['contract:read', 'figure:read', 'effect:read', 'claim:oversee', 'computation:read', 'line:read',
            'claim:read', 'statement:read', 'audit:read', 'audit:verify']),
          ('verifier', array['contract:read', 'participant:read', 'measurement:read', 'figure:read', 'effect:read',
            'effect:sign', 'claim:oversee', 'computation:read', 'line:read', 'claim:read', 'statement:read', 'audit:read',
            'audit:verify']),
          ('investor', array['contract:read', 'statement:read', 'audit:verify']),
          ('fund-manager', array['contract:read', 'statement:read', 'audit:verify']),
          ('observer', array['contract:read']),
          ('administrator', array['contract:read', 'contract:draft', 'person:manage', 'member:manage',
            'organisation:manage'])
        ) as held (role, may) where may && permissions
      $$;
      comment on function roles_that_may(text[]) is 'the roles that hold one of the permissions';`;

/**
 * A commissioner's person who opens a contract is no member of it yet while they do so: until it has one, it is theirs
 * to see and to draft.
 */
const CONTRACTS = `
      create function contracts_where(variadic permissions text[]) returns uuid[] stable ${SAFE} language plpgsql as $$
      declare
        person uuid := acting_person();
        confined uuid[] := acting_within();
        for_party text := nullif(current_setting('outturn.party', true), '');
        roles text[] := roles_that_may(permissions);
        found_in uuid[];
      begin
        if person is null then
          return '{}';
        elsif 'administrator' = any(roles) and acting_is_administrator() then
          select array_agg(c.id) into found_in from contract c where confined is null or c.id = any(confined);
        else
          select array_agg(distinct m.contract_id) into found_in from membership m
           where m.person_id = person and m.ended_at is null and m.role = any(roles)
             and (for_party is null or m.party = for_party)
             and (confined is null or m.contract_id = any(confined));
          if permissions && array['contract:read', 'contract:draft'] then
            select found_in || array_agg(c.id) into found_in from contract c
             where c.created_by = person and c.state = 'draft' and (confined is null or c.id = any(confined))
               and not exists (select 1 from membership m where m.contract_id = c.id);
          end if;
        end if;
        return coalesce(found_in, '{}');
      end $$;
      comment on function contracts_where(text[]) is
        'the contracts in which the acting person may do one of these at present; policies ask it once per statement';

      create function may_open_contract() returns boolean stable ${SAFE} language sql as $$
        select acting_is_administrator() or exists (select 1 from membership m
         where m.person_id = acting_person() and m.ended_at is null and m.role = 'commissioner')
      $$;`;

const PEOPLE_KNOWN = `
      create function people_known() returns uuid[] stable ${SAFE} language sql as $$
        select coalesce(array_agg(distinct m.person_id), '{}') from membership m
         where m.contract_id = any((select contracts_where('contract:read'))::uuid[])
      $$;
      comment on function people_known() is
        'everybody who takes or took part in a contract of the acting person: their names stand beside what they did';`;

/** Answers that would need more rows than the acting person or part of the service may see. */
const NARROW_WAYS = `
      create function spelling_of_participant(contract uuid, reference text) returns text stable ${SAFE} language sql as $$
        select p.reference from participant p
         where p.contract_id = contract and lower(p.reference) = lower(spelling_of_participant.reference)
           and contract = any((select contracts_where('participant:read', 'participant:write'))::uuid[])
      $$;
      comment on function spelling_of_participant(uuid, text) is
        'by participant_reference_any_case, which row-level security may not use: lower() could tell what it saw';

      create function contract_of_computation(computation uuid) returns text stable ${SAFE} language sql as $$
        select k.code from payment_computation c join contract k on k.id = c.contract_id
         where c.id = computation and c.contract_id = any((select contracts_where('contract:read'))::uuid[])
      $$;
      comment on function contract_of_computation(uuid) is
        'by which somebody who may read the contract and not the computation is told so, and not that there is none';

      create function is_measured_between(first_id bigint, last_id bigint) returns boolean stable ${SAFE} language sql as $$
        select contracts_where('measurement:write') <> '{}'
           and exists (select 1 from measurement_recorded m where m.participant_id between first_id and last_id)
      $$;
      comment on function is_measured_between(bigint, bigint) is
        'whether there is a measurement of any participant from one id to another, in whatever contract: one look at the key';

      create function waiting_work(out unsent bigint, out oldest_at timestamptz) stable ${SAFE} language sql as $$
        select (select count(*) from work_outbox where sent_at is null),
               least((select min(created_at) from work_outbox where sent_at is null),
                     (select min(requested_at) from payment_computation where state = 'requested'))
      $$;
      comment on function waiting_work() is 'how much work waits and since when: for health, which sees no row';

      create view contract_measurement with (security_barrier = true) as
        select p.contract_id, p.id as participant_id, m.recorded_seq, m.version, m.measured_on, m.metric, m.occurrence,
               m.status, m.value, m.mode, m.items, m.note, m.ended_on, m.correction_reason
          from participant p join measurement_recorded m on m.participant_id = p.id
         where p.contract_id = any((select contracts_where('measurement:read', 'line:read'))::uuid[]);
      comment on view contract_measurement is
        'measurements by the million: one look at the participant of many, where the policy of measurement looks for each';`;

/** Whoever may not record measurements, or post lines, may not do so by COPY either, which asks no policy. */
const COPIES = `
      create function refuse_copy_of_measurements() returns trigger language plpgsql as $$
      begin
        if contracts_where('measurement:write') = '{}' then
          raise exception 'whoever acts may record no measurement' using errcode = 'insufficient_privilege';
        end if;
        return null;
      end $$;
      create trigger measurement_copied_by_whoever_may before insert on measurement_recorded
        for each statement when (current_user = 'outturn_app') execute function refuse_copy_of_measurements();

      create function refuse_copy_of_lines() returns trigger language plpgsql as $$
      begin
        if acting_as() <> 'worker' or acting_within() is null then
          raise exception 'only a worker on a contract posts payment lines' using errcode = 'insufficient_privilege';
        end if;
        return null;
      end $$;
      create trigger payment_line_copied_by_worker before insert on payment_line_posted
        for each statement when (current_user = 'outturn_app') execute function refuse_copy_of_lines();`;

const contracts = (...permissions: readonly string[]): string =>
  `(select contracts_where(${permissions.map((permission) => `'${permission}'`).join(', ')}))::uuid[]`;
const where = (...permissions: readonly string[]): string =>
  `contract_id = any(${contracts(...permissions)})`;
const is = (...principals: readonly string[]): string =>
  `(select acting_as()) in (${principals.map((one) => `'${one}'`).join(', ')})`;
const ME = '(select acting_person())';
const ADMINISTRATOR = '(select acting_is_administrator())';
/** A worker that has taken a computation is confined to its contract; one that takes it is not yet. */
const workerOn = (contract: string): string =>
  `${is('worker')} and ((select acting_within()) is null or ${contract} = any((select acting_within())::uuid[]))`;

interface Policies {
  readonly table: string;
  readonly select: string;
  readonly insert?: string;
  /** Which rows may be changed; they may be changed into what they could have been before, unless into says more. */
  readonly update?: string | { readonly rows: string; readonly into: string };
}

/** What hangs on a participant, a computation or a claim is seen and written by whoever may see or write those. */
const OF_PARTICIPANT = (test: string) =>
  `exists (select 1 from participant p where p.id = participant_id and p.${test})`;
const OF_CLAIM = (test: string) =>
  `exists (select 1 from claim c where c.id = claim_id and c.${test})`;

const POLICIES: readonly Policies[] = [
  {
    table: 'person',
    select: `id = ${ME} or ${ADMINISTRATOR} or ${is('authenticator', 'operator')} or id = any((select people_known())::uuid[])`,
    insert: `${ADMINISTRATOR} or ${is('operator')}`,
  },
  {
    table: 'api_key',
    select: `person_id = ${ME} or ${ADMINISTRATOR} or ${is('authenticator')}`,
    insert: `${ADMINISTRATOR} or ${is('operator')}`,
    update: `person_id = ${ME} or ${ADMINISTRATOR}`,
  },
  {
    table: 'contract',
    select: `id = any(${contracts('contract:read')}) or ${is('operator')} or ${workerOn('id')}`,
    insert: `created_by = ${ME} and (select may_open_contract())`,
    update: `id = any(${contracts('contract:draft', 'contract:consent')})`,
  },
  {
    table: 'terms_version',
    select: where('contract:read'),
    insert: `written_by = ${ME} and ${where('contract:draft', 'contract:amend')}`,
    update: where('contract:draft', 'contract:amend', 'contract:consent'),
  },
  {
    table: 'activation_consent',
    select: where('contract:read'),
    insert: `person_id = ${ME} and ${where('contract:consent')}`,
  },
  {
    table: 'membership',
    select: `person_id = ${ME} or ${where('member:manage')}`,
    insert: `granted_by = ${ME} and (${where('member:manage')}
      or person_id = ${ME} and role = 'commissioner' and (select may_open_contract()) and ${where('contract:draft')}
         and contract_id in (select c.id from contract c where c.created_by = ${ME}))`,
    update: where('member:manage'),
  },
  {
    table: 'audit_head',
    select: streams('contract:read'),
    insert: streams('contract:read'),
    update: streams('contract:read'),
  },
  {
    table: 'audit_entry',
    select: `stream = any((${contracts('audit:read', 'audit:verify')})::text[]) or ${is('operator')}
      or stream = 'service' and ${ADMINISTRATOR}`,
    insert: `(${streams('contract:read')}) and (person_id = ${ME} or not ${is('person')})
      and (not ${is('worker')} or type like 'computation.%')`,
  },
  {
    table: 'idempotency_key',
    select: `person_id = ${ME}`,
    insert: `person_id = ${ME}`,
    update: `person_id = ${ME}`,
  },
  {
    table: 'participant',
    select: where('participant:read', 'line:read'),
    insert: where('participant:write', 'participant:admit'),
  },
  {
    table: 'enrolment',
    select: OF_PARTICIPANT(where('participant:read', 'line:read')),
    insert: OF_PARTICIPANT(where('participant:write', 'participant:admit')),
  },
  {
    table: 'measurement',
    select: OF_PARTICIPANT(where('measurement:read', 'line:read')),
    insert: OF_PARTICIPANT(where('measurement:write')),
  },
  {
    table: 'score_author',
    select: where('measurement:read', 'claim:read'),
    insert: `person_id = ${ME} and ${where('measurement:write', 'figure:submit', 'effect:sign')}`,
  },
  {
    table: 'import_batch',
    select: where('participant:read', 'figure:read'),
    insert: `imported_by = ${ME} and ${where('participant:write', 'figure:submit', 'effect:sign')}`,
  },
  { table: 'contract_figure', select: where('figure:read'), insert: where('figure:submit') },
  {
    table: 'effect_result',
    select: where('effect:read'),
    insert: `signed_by = ${ME} and ${where('effect:sign')}`,
  },
  {
    table: 'payment_computation',
    select: `${where('computation:read')} or ${is('sweeper')} or ${workerOn('contract_id')}`,
    insert: `requested_by = ${ME} and state = 'requested' and ${where('computation:request')}`,
    update: {
      rows: `${where('computation:cancel')} or ${workerOn('contract_id')}`,
      into: `state = 'cancelled' and ${where('computation:cancel')} or ${workerOn('contract_id')}`,
    },
  },
  {
    table: 'payment_line',
    select: `exists (select 1 from payment_computation c where c.id = computation_id and c.${where('line:read')})`,
  },
  {
    table: 'claim',
    select: where('claim:read'),
    insert: `submitted_by = ${ME} and ${where('claim:submit')}`,
    update: where('claim:decide'),
  },
  {
    table: 'claim_line',
    select: OF_CLAIM(where('claim:read')),
    insert: OF_CLAIM(where('claim:submit')),
  },
  {
    table: 'claim_decision',
    select: OF_CLAIM(where('claim:read')),
    insert: `decided_by = ${ME} and ${OF_CLAIM(where('claim:decide'))}`,
  },
  {
    table: 'issued_statement',
    select: where('statement:read'),
    insert: `issued_by = ${ME} and ${where('statement:issue')}`,
  },
  {
    table: 'issued_line',
    select: where('line:read'),
    insert: where('statement:issue'),
  },
  {
    table: 'work_outbox',
    select: is('relay', 'sweeper'),
    insert: `${is('sweeper', 'worker')} or ${contracts('computation:request', 'computation:cancel')} <> '{}'`,
    update: is('relay'),
  },
];

/** The trail of a contract grows with whatever is done on it; that of the service with whatever anybody does. */
function streams(permission: string): string {
  return `stream = any((${contracts(permission)})::text[]) or ${is('operator')}
      or stream = 'service' and ${is('person', 'authenticator')}
      or ${is('worker')} and stream = any((select acting_within())::text[])`;
}

function applied({ table, select, insert, update }: Policies): string {
  const { rows, into } =
    typeof update === 'string'
      ? { rows: update, into: update }
      : (update ?? { rows: '', into: '' });
  const policy = (act: string, tests: string) =>
    `\n      create policy ${table}_${act} on ${table} for ${act} to outturn_app ${tests};`;
  return [
    `\n      alter table ${table} enable row level security;`,
    policy('select', `using (${select})`),
    insert === undefined ? '' : policy('insert', `with check (${insert})`),
    update === undefined ? '' : policy('update', `using (${rows}) with check (${into})`),
  ].join('');
}

const EXECUTABLE = `
      revoke all on function acting_is_administrator(), contracts_where(text[]), may_open_contract(), people_known(),
        spelling_of_participant(uuid, text), contract_of_computation(uuid), is_measured_between(bigint, bigint), waiting_work() from public;
      grant execute on function acting_is_administrator(), contracts_where(text[]), may_open_contract(), people_known(),
        spelling_of_participant(uuid, text), contract_of_computation(uuid), is_measured_between(bigint, bigint), waiting_work() to outturn_app;
      grant select on contract_measurement to outturn_app;`;
