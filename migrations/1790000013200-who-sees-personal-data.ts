import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Row-level security for keys, identifiers and consent. Identifiers, and the keys that open them, are the provider's
 * alone; the key of a record is seen with the record. Nobody may delete a key or say that somebody is erased: a function
 * does both at once, for whoever may erase. Whether a person is on another contract is told by a function that answers
 * about lines which the acting person may read, and never says where. Three parts of the service each do one thing: the
 * eraser erases identifiers whose period is over, the rewrapper wraps keys anew, and the replayer erases again whoever
 * a restored database has forgotten to be erased.
 */
export class WhoSeesPersonalData1790000013200 implements MigrationInterface {
  name = 'WhoSeesPersonalData1790000013200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${MAY}
      ${GRANTS}
      ${POLICIES.map(created).join('\n')}
      create policy audit_entry_by_whoever_may on audit_entry as restrictive for insert to outturn_app with check (${ENTRIES});
      ${TABLES.map((table) => `alter table ${table} enable row level security;`).join('\n')}
      alter function refuse_key_of_erased() ${SAFE};
      ${ERASING}
      ${RECEIPTS}
      ${WRAPPING}
      ${ELSEWHERE}
      revoke all on function ${FUNCTIONS.join(', ')} from public;
      grant execute on function ${FUNCTIONS.join(', ')} to outturn_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function ${FUNCTIONS.join(', ')};
      alter function refuse_key_of_erased() security invoker reset all;
      ${TABLES.map((table) => `alter table ${table} disable row level security;`).join('\n')}
      drop policy audit_entry_by_whoever_may on audit_entry;
      ${POLICIES.map(([name, table]) => `drop policy ${name} on ${table};`).join('\n')}
      revoke all on ${TABLES.join(', ')} from outturn_app;
      drop function roles_that_may(text[]);
      alter function roles_that_may_but_for_privacy(text[]) rename to roles_that_may;
    `);
  }
}

const SAFE = 'security definer set search_path = pg_catalog, public, pg_temp';

const TABLES = [
  'participant_key',
  'participant_erasure',
  'participant_identifier',
  'participant_consent',
];

/** Added to what stands, so that a database that was migrated before has them too. The provider is who participants turn to. */
const MAY = `
      alter function roles_that_may(text[]) rename to roles_that_may_but_for_privacy;
      create function roles_that_may(permissions text[]) returns text[] immutable parallel safe language sql as $$
        select array(select unnest(roles_that_may_but_for_privacy(permissions))
                     union select 'provider' where permissions && array['participant:erase', 'participant:export',
                       'identity:read', 'identity:write', 'consent:write'])
      $$;
      comment on function roles_that_may(text[]) is 'the roles that hold one of the permissions';`;

const GRANTS = `
      grant select, insert on participant_identifier, participant_consent to outturn_app;
      grant select, insert, update (match_tokens) on participant_key to outturn_app;
      grant select on participant_erasure to outturn_app;`;

const FUNCTIONS = [
  'erase_participant(bigint, text, bigint)',
  'identities_held(bigint, integer)',
  'erasures_recorded()',
  'erasures_missing(text[], text[], text[])',
  'keys_wrapped(bigint, text, integer)',
  'wrap_key_anew(bigint, text, bytea)',
  'lines_elsewhere(uuid[], integer[])',
];

const is = (part: string): string => `(select acting_as()) = '${part}'`;
/** What hangs on a participant of a contract in which the acting person may do one of these. */
const where = (...permissions: readonly string[]): string => {
  const named = permissions.map((permission) => `'${permission}'`).join(', ');
  return `exists (select 1 from participant p
    where p.id = participant_id and p.contract_id = any((select contracts_where(${named}))::uuid[]))`;
};

type Act = 'select' | 'insert' | 'update';
type Policy = readonly [name: string, table: string, act: Act, test: string];

const created = ([name, table, act, test]: Policy): string =>
  `create policy ${name} on ${table} for ${act} to outturn_app ${act === 'insert' ? 'with check' : 'using'} (${test});`;

const SEES_RECORD = where('participant:read', 'line:read');
const SEES_IDENTITY = where('identity:read', 'identity:write', 'participant:export');

const POLICIES: readonly Policy[] = [
  [
    'participant_key_select',
    'participant_key',
    'select',
    `case purpose when 'record' then ${SEES_RECORD} else ${SEES_IDENTITY} end`,
  ],
  [
    'participant_key_insert',
    'participant_key',
    'insert',
    `case purpose when 'record' then ${where('participant:write', 'participant:admit', 'measurement:write')}
       else ${where('identity:write')} end`,
  ],
  [
    'participant_key_update',
    'participant_key',
    'update',
    `purpose = 'identity' and ${where('identity:write', 'consent:write')}`,
  ],
  ['participant_erasure_select', 'participant_erasure', 'select', SEES_RECORD],
  ['participant_identifier_select', 'participant_identifier', 'select', SEES_IDENTITY],
  ['participant_identifier_insert', 'participant_identifier', 'insert', where('identity:write')],
  // whoever sees a record must see that it is not to be shared
  [
    'participant_consent_select',
    'participant_consent',
    'select',
    where('participant:read', 'measurement:read'),
  ],
  ['participant_consent_insert', 'participant_consent', 'insert', where('consent:write')],
  // the parts of the service write down what they do; for how long identifiers are kept is in the terms
  ['terms_version_eraser', 'terms_version', 'select', is('eraser')],
  ['audit_head_eraser_select', 'audit_head', 'select', is('eraser')],
  ['audit_head_eraser_insert', 'audit_head', 'insert', is('eraser')],
  ['audit_head_eraser_update', 'audit_head', 'update', is('eraser')],
  [
    'audit_entry_eraser',
    'audit_entry',
    'insert',
    `${is('eraser')} and type = 'identifiers.erased' and person_id is null`,
  ],
  ['audit_head_replayer_select', 'audit_head', 'select', is('replayer')],
  ['audit_head_replayer_insert', 'audit_head', 'insert', is('replayer')],
  ['audit_head_replayer_update', 'audit_head', 'update', is('replayer')],
  [
    'audit_entry_replayer',
    'audit_entry',
    'insert',
    `${is('replayer')} and type = 'participant.erased-again' and person_id is null`,
  ],
  [
    'audit_head_rewrapper_select',
    'audit_head',
    'select',
    `${is('rewrapper')} and stream = 'service'`,
  ],
  [
    'audit_head_rewrapper_insert',
    'audit_head',
    'insert',
    `${is('rewrapper')} and stream = 'service'`,
  ],
  [
    'audit_head_rewrapper_update',
    'audit_head',
    'update',
    `${is('rewrapper')} and stream = 'service'`,
  ],
  [
    'audit_entry_rewrapper',
    'audit_entry',
    'insert',
    `${is('rewrapper')} and stream = 'service' and type = 'participant-keys.rewrapped' and person_id is null`,
  ],
];

/** An act on somebody's identity or record cannot even be written down by whoever may not do it, so it is undone. */
const ACTS: Readonly<Record<string, string>> = {
  'identifiers.recorded': 'identity:write',
  'identifiers.read': 'identity:read',
  'consent.recorded': 'consent:write',
  'participant.erased': 'participant:erase',
  'subject-access.exported': 'participant:export',
};
const ENTRIES = `case type ${Object.entries(ACTS)
  .map(
    ([type, permission]) =>
      `when '${type}' then stream = any((select contracts_where('${permission}'))::text[])`,
  )
  .join(' ')} else true end`;

/** Texts of before keys are overwritten where they lie. Columns are compared, so that only such rows are written. */
const overwritten = (rows: string, columns: readonly string[]): string => {
  const set = columns.map(
    (one) => `${one} = case when ${one} not like 'sealed:%' then 'sealed:erased' else ${one} end`,
  );
  const plain = columns.map((one) => `${one} not like 'sealed:%'`);
  return `update ${rows} set ${set.join(', ')}
           where participant_id = participant and (${plain.join(' or ')});`;
};

const ERASING = `
      create function erase_participant(participant bigint, what text, seq bigint) returns boolean ${SAFE}
      language plpgsql as $$
      begin
        if not coalesce((select p.contract_id from participant p where p.id = participant)
                          = any(contracts_where('participant:erase')), false)
           and not (what = 'identity' and acting_as() = 'eraser' or acting_as() = 'replayer') then
          raise exception 'whoever acts may not erase this participant' using errcode = 'insufficient_privilege';
        end if;
        insert into participant_erasure (participant_id, what, recorded_seq) values (participant, what, seq)
          on conflict do nothing;
        if not found then
          return false;
        end if;
        delete from participant_key k where k.participant_id = participant and k.purpose = what;
        if what = 'record' then
          ${overwritten('enrolment', ['exit_reason', 'exception_reason', 'correction_reason'])}
          ${overwritten('measurement_recorded', ['note', 'correction_reason'])}
        end if;
        return true;
      end $$;
      comment on function erase_participant(bigint, text, bigint) is
        'says that the record or the identity is erased and destroys its key, at once; false where that was done before';

      create function identities_held(after bigint, most integer)
        returns table (participant_id bigint, reference text, contract_id uuid, contract text, exited_on date)
        stable ${SAFE} language sql as $$
        select k.participant_id, p.reference, p.contract_id, c.code,
               (select e.exited_on from enrolment e where e.participant_id = p.id order by e.version desc limit 1)
          from participant_key k join participant p on p.id = k.participant_id join contract c on c.id = p.contract_id
         where acting_as() = 'eraser' and k.purpose = 'identity' and k.participant_id > after
         order by k.participant_id limit most
      $$;
      comment on function identities_held(bigint, integer) is
        'whose identifiers are held, and what decides until when: for the eraser, which sees no other row of a participant';`;

/** What receipts outside the database are held against: see ErasureReceipts. */
const RECEIPTS = `
      create function erasures_recorded() returns table (contract text, reference text, what text)
        stable ${SAFE} language sql as $$
        select c.code, p.reference, e.what
          from participant_erasure e join participant p on p.id = e.participant_id join contract c on c.id = p.contract_id
         where acting_as() = 'replayer' order by e.participant_id, e.what
      $$;

      create function erasures_missing(contracts text[], refs text[], whats text[])
        returns table (participant_id bigint, contract_id uuid, contract text, reference text, what text)
        stable ${SAFE} language sql as $$
        select p.id, c.id, c.code, p.reference, asked.what
          from unnest(contracts, refs, whats) as asked (contract, reference, what)
          join contract c on c.code = asked.contract
          join participant p on p.contract_id = c.id and p.reference = asked.reference
         where acting_as() = 'replayer'
           and not exists (select 1 from participant_erasure e where e.participant_id = p.id and e.what = asked.what)
         order by p.id, asked.what
      $$;
      comment on function erasures_missing(text[], text[], text[]) is
        'who of those that were erased is in the database and not erased in it, because it was restored from before';`;

const WRAPPING = `
      create function keys_wrapped(after_participant bigint, after_purpose text, most integer)
        returns table (participant_id bigint, purpose text, wrapped bytea, contract_id uuid, reference text)
        ${SAFE} language sql as $$
        select k.participant_id, k.purpose, k.wrapped, p.contract_id, p.reference
          from participant_key k join participant p on p.id = k.participant_id
         where acting_as() = 'rewrapper' and (k.participant_id, k.purpose) > (after_participant, after_purpose)
         order by k.participant_id, k.purpose limit most for update of k
      $$;

      create function wrap_key_anew(participant bigint, its_purpose text, anew bytea) returns void ${SAFE}
      language plpgsql as $$
      begin
        if acting_as() <> 'rewrapper' then
          raise exception 'only the rewrapper wraps keys anew' using errcode = 'insufficient_privilege';
        end if;
        update participant_key k set wrapped = anew where k.participant_id = participant and k.purpose = its_purpose;
      end $$;
      comment on function wrap_key_anew(bigint, text, bytea) is
        'the one way in which a wrapped key changes: to change it otherwise would be to erase without saying so';`;

/** The contract that the other participant is on goes no further than this function. */
const ELSEWHERE = `
      create function lines_elsewhere(computations uuid[], line_numbers integer[])
        returns table (place integer, same_outcome boolean) stable ${SAFE} language sql as $$
        select asked.place::integer, bool_or(there.computation_id is not null)
          from unnest(computations, line_numbers) with ordinality as asked (computation_id, line_no, place)
          join payment_computation c on c.id = asked.computation_id
           and c.contract_id = any((select contracts_where('line:read'))::uuid[])
          join payment_line here on here.computation_id = asked.computation_id and here.line_no = asked.line_no
          join participant_key own on own.participant_id = here.participant_id and own.purpose = 'identity'
           and own.match_tokens <> '{}'
          join participant_key other on other.match_tokens && own.match_tokens and other.purpose = 'identity'
          join participant q on q.id = other.participant_id and q.contract_id <> c.contract_id
          left join payment_line there on there.participant_id = q.id and there.metric = here.metric
           and there.amount_minor > 0 and there.outcome_on >= c.period_from and there.outcome_on < c.period_to
         group by asked.place order by asked.place
      $$;
      comment on function lines_elsewhere(uuid[], integer[]) is
        'of lines that the acting person may read, those whose participant is on another contract too: that they are, never where';`;
