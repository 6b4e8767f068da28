// Many contracts, each with people of its own in every role and at least one row in every table, made by the owner.
import { randomUUID } from 'node:crypto';
import { ROLES, type Role } from '../../src/access/permissions.js';
import type { Actor } from '../../src/platform/auth/actor.js';
import type { Transaction } from '../../src/platform/database/transaction.js';
import { asOwner } from './owner.js';

/** A contract of one set of organisations, with the person who acts for each. */
export interface Organisations {
  readonly contractId: string;
  readonly people: Readonly<Record<Role, Actor>>;
}

const actor = (name: string, isAdministrator = false): Actor => ({
  personId: randomUUID(),
  name,
  isAdministrator,
  via: 'api',
});

/** So many contracts, and the administrator who opened them. */
export function manyOrganisations(
  count: number,
): Promise<{ all: Organisations[]; administrator: Actor }> {
  return asOwner(async (tx) => {
    const administrator = actor('Ada', true);
    await insertPerson(tx, administrator);
    const all: Organisations[] = [];
    for (let number = 1; number <= count; number += 1)
      all.push(await insertOrganisations(tx, administrator, number));
    return { all, administrator };
  });
}

async function insertPerson(
  tx: Transaction,
  { personId, name, isAdministrator }: Actor,
): Promise<void> {
  await tx.query('insert into person (id, email, name, is_administrator) values ($1, $2, $3, $4)', [
    personId,
    `${personId}@x.example`,
    name,
    isAdministrator,
  ]);
  await tx.query(
    `insert into api_key (id, person_id, prefix, secret_hash, label) values (gen_random_uuid(), $1, gen_random_uuid()::text, '', 'key')`,
    [personId],
  );
  await tx.query(
    `insert into idempotency_key (person_id, key, request_hash) values ($1, 'key', '')`,
    [personId],
  );
}

async function insertOrganisations(
  tx: Transaction,
  administrator: Actor,
  number: number,
): Promise<Organisations> {
  const contractId = randomUUID();
  const people = {} as Record<Role, Actor>;
  await tx.query(
    `insert into contract (id, code, title, state, created_by) values ($1, $2, $2, 'active', $3)`,
    [contractId, `contract-${number}`, administrator.personId],
  );
  for (const role of ROLES) {
    people[role] = actor(`${role} ${number}`);
    await insertPerson(tx, people[role]);
    await tx.query(
      'insert into membership (contract_id, person_id, party, role, granted_by) values ($1, $2, $3::text, $3::text, $4)',
      [contractId, people[role].personId, role, administrator.personId],
    );
  }
  const { provider, commissioner, verifier } = people;
  const ids = [
    contractId,
    provider.personId,
    commissioner.personId,
    verifier.personId,
    administrator.personId,
  ];
  for (const sql of [...ORGANISATION, ...RECORD]) await tx.query(withIds(sql, ids));
  return { contractId, people };
}

const withIds = (
  sql: string,
  [contract, provider, commissioner, verifier, administrator]: readonly string[],
) =>
  sql
    .replaceAll('$administrator', `'${administrator}'`)
    .replaceAll('$contract', `'${contract}'::uuid`)
    .replaceAll('$provider', `'${provider}'::uuid`)
    .replaceAll('$commissioner', `'${commissioner}'`)
    .replaceAll('$verifier', `'${verifier}'`);

/** The provider is an organisation with a manager, whose access was reviewed. */
const ORGANISATION = [
  `insert into organisation (id, name, created_by) values ($contract, $contract::text, $administrator)`,
  `insert into affiliation (organisation_id, person_id, is_manager, granted_by)
   values ($contract, $provider, true, $administrator)`,
  `insert into contract_party (contract_id, party, organisation_id, named_by)
   values ($contract, 'provider', $contract, $administrator)`,
  `insert into access_review (id, organisation_id, reviewed_by, reviewed_at)
   values ($contract, $contract, $provider, now())`,
  `insert into access_review_item (review_id, person_id, contract_id, role, outcome)
   values ($contract, $provider, $contract, 'provider', 'kept')`,
  `insert into account_recognition (id, person_id, same_as, because, reason)
   values (gen_random_uuid(), $provider, $verifier, 'administrator', 'for the test')`,
  `insert into oauth_client (id, person_id, secret_hash, label) values ($provider, $provider, '', 'client')`,
  `insert into oauth_token (token_hash, client_id, expires_at)
   values (sha256($provider::text::bytea), $provider, now() + interval '1 minute')`,
];

const LINE = `computation_id, line_no, computation_number, participant_id, cohort, terms_number, clause, metric, occurrence,
  revision, kind, outcome_on, quantity, unit, rate_minor, uncapped_minor, amount_minor, withheld_minor, parts, steps,
  evidence, explanation`;
const ITS_COMPUTATION = `(select id from payment_computation where contract_id = $contract)`;
const ITS_CLAIM = `(select id from claim where contract_id = $contract)`;

/** A whole quarter of one contract: terms, two participants, a computation of two lines, a claim with one decision. */
const RECORD = [
  `insert into terms_version (contract_id, number, state, document, document_hash, source, reason, written_by)
   values ($contract, 1, 'draft', '{}', '\\x01', '{}', 'first', $commissioner)`,
  `insert into activation_consent (contract_id, terms_number, document_hash, duty, person_id)
   values ($contract, 1, '\\x01', 'provider', $provider)`,
  `insert into audit_head (stream, seq, hash) values ($contract::text, 0, '\\x00'), ('service', 0, '\\x00') on conflict do nothing`,
  `insert into audit_entry (stream, seq, type, person_id, duty, recorded_at, body, previous_hash, hash, salt)
   values ($contract::text, 1, 'contract.drafted', $commissioner, 'commissioner', now(), '{}', '\\x00', '\\x01', sha256('salt'))`,
  `insert into participant (contract_id, reference) values ($contract, 'P-1'), ($contract, 'P-2')`,
  `insert into enrolment (participant_id, version, cohort, started_on, attributes, recorded_seq)
   select id, 1, 'all', '2015-04-01', '{}', 1 from participant where contract_id = $contract`,
  `insert into measurement (participant_id, metric, occurrence, version, measured_on, status, value, recorded_seq)
   select id, 'ucla', 'baseline', 1, '2015-04-01', 'recorded', 7, 1 from participant where contract_id = $contract`,
  `insert into participant_key (participant_id, purpose, wrapped, match_tokens)
   select id, purpose, '\\x01', case purpose when 'identity' then array['\\x07'::bytea] else '{}' end
     from participant, unnest(array['record', 'identity']) purpose where contract_id = $contract and reference = 'P-1'`,
  `insert into participant_erasure (participant_id, what, recorded_seq)
   select id, 'identity', 1 from participant where contract_id = $contract and reference = 'P-2'`,
  `insert into participant_identifier (participant_id, identifier, version, sealed, recorded_seq)
   select id, 'name', 1, 'sealed:1:x', 1 from participant where contract_id = $contract`,
  `insert into participant_consent (participant_id, scope, version, act, effective_on, recorded_seq)
   select id, 'sharing', 1, 'given', '2015-04-01', 1 from participant where contract_id = $contract`,
  `insert into score_author (contract_id, person_id) values ($contract, $provider)`,
  `insert into import_batch (id, contract_id, kind, file_name, file_sha256, file_bytes, rows, rows_new, rows_corrected,
     rows_unchanged, recorded_seq, imported_by)
   values (gen_random_uuid(), $contract, 'measurements', 'm.csv', '\\x01', 1, 1, 1, 0, 0, 1, $provider)`,
  `insert into contract_figure (contract_id, metric, group_name, span_from, span_to, version, status, numerator,
     denominator, definition, recorded_seq)
   values ($contract, 'rate', 'all', '2015-04-01', '2015-07-01', 1, 'recorded', 1, 2, '2015', 1)`,
  `insert into effect_result (contract_id, metric, cohort, version, status, signed_on, value, n, document_sha256,
     signed_by, party, recorded_seq)
   values ($contract, 'effect', '*', 1, 'recorded', '2015-04-01', 0.1, 9, sha256('x'), $verifier, 'verifier', 1)`,
  `insert into payment_computation (id, contract_id, number, kind, period_id, period_from, period_to, known_through, state,
     requested_by, currency, digest, total_minor, lines)
   values (gen_random_uuid(), $contract, 1, 'payable', 'Q1', '2015-04-01', '2015-07-01', 1, 'computed', $provider, 'GBP',
     '\\x01', 200, 2)`,
  `select set_config('outturn.contract_ids', '{' || $contract || '}', true)`, // whose entry above tells of the lines
  `insert into payment_line (${LINE})
   select ${ITS_COMPUTATION}, row_number() over (order by id), 1, id, 'all', 1, '4.1', 'ucla', '6m', 1, 'payment',
     '2015-06-01', '1', 'point', 100, 100, 100, 0, '{"council": "100"}', '[]', '{}', 'one point'
     from participant where contract_id = $contract`,
  `insert into claim (id, contract_id, number, computation_id, lines, total_minor, submitted_by)
   values (gen_random_uuid(), $contract, 1, ${ITS_COMPUTATION}, 2, 200, $provider)`,
  `insert into claim_line (claim_id, computation_id, line_no)
   select ${ITS_CLAIM}, ${ITS_COMPUTATION}, n from generate_series(1, 2) n`,
  `insert into claim_decision_act (claim_id, act, recorded_seq, salt)
   values (${ITS_CLAIM}, 1, 1, decode(repeat('5a', 32), 'hex'))`,
  `insert into claim_decision (claim_id, computation_id, line_no, act, decision, decided_by)
   values (${ITS_CLAIM}, ${ITS_COMPUTATION}, 1, 1, 'approved', $commissioner)`,
  `insert into issued_statement (contract_id, number, period_id, document, issued_by, issued_at)
   values ($contract, 1, 'Q1', '{}', $commissioner, now())`,
  `insert into issued_line (computation_id, line_no, contract_id, number)
   values (${ITS_COMPUTATION}, 1, $contract, 1)`,
  `insert into work_outbox (queue, job, payload)
   select 'payment-computations', 'compute', jsonb_build_object('computationId', id, 'attempt', 0)
     from payment_computation where contract_id = $contract`,
];
