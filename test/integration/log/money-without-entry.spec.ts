// As the owner of the database, with triggers on: what changes money without an audit entry cannot be committed.
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { aComputation } from '../../support/lines.builder.js';
import {
  aReviewedContract,
  type ReviewedContract,
} from '../../support/reviewed-contract.builder.js';
import { withoutEntry } from '../../support/owner.js';

const client = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
let contract: ReviewedContract;
let other: ReviewedContract;
let ids: Record<'computation' | 'claim' | 'waiting', string>;

const COMPUTATION = (state: string) =>
  `insert into payment_computation (id, contract_id, number, kind, period_id, period_from, period_to, known_through, state,
     requested_by, currency) values (gen_random_uuid(), $contract, 77, 'payable', '2015-Q4', '2015-10-01', '2016-01-01', 1,
     '${state}', $person, 'GBP')`;
const COPY_OF_LINE = `computation_number, participant_id, cohort, terms_number, clause, metric, occurrence, revision + 1, kind,
  outcome_on, quantity, unit, rate_minor, uncapped_minor, amount_minor, withheld_minor, parts, reason, steps, evidence, corrects,
  explanation`;
const LINE = (table: string) =>
  `insert into ${table} (computation_id, line_no, ${COPY_OF_LINE.replace(' + 1', '')})
   select computation_id, 99, ${COPY_OF_LINE} from payment_line where computation_id = $computation and line_no = 1`;

beforeAll(async () => {
  await client.connect();
  contract = await aReviewedContract(client);
  other = await aReviewedContract(client);
  const line = (participant: string, amount = '660.00') => ({ participant, amount });
  await aComputation(client, contract, {
    number: 1,
    periodId: '2015-Q2',
    lines: [line('P1'), line('P2'), line('P3')],
  });
  await aComputation(client, contract, {
    number: 2,
    periodId: '2015-Q3',
    lines: [],
    state: 'requested',
  });
  const idOf = async (number: number) =>
    (
      await client.query<{ id: string }>(
        'select id from payment_computation where contract_id = $1 and number = $2',
        [contract.id, number],
      )
    ).rows[0]!.id;
  ids = { computation: await idOf(1), claim: randomUUID(), waiting: await idOf(2) };
  await withoutEntry(client, async () => {
    await client.query(
      filled(`insert into claim (id, contract_id, number, computation_id, lines, total_minor, submitted_by)
        values ($claim, $contract, 1, $computation, 2, 132000, $person)`),
    );
    await client.query(
      filled(`insert into claim_line values ($claim, $computation, 1), ($claim, $computation, 2)`),
    );
    await client.query(
      filled(`insert into issued_statement values ($contract, 1, '2015-Q2', '{}', $person, now())`),
    );
  });
});
afterAll(() => client.end());

const filled = (sql: string): string =>
  sql
    .replaceAll('$contract', `'${contract.id}'`)
    .replaceAll('$other', `'${other.id}'`)
    .replaceAll('$person', `'${contract.people.pat.personId}'`)
    .replaceAll('$decider', `'${contract.people.connie.personId}'`)
    .replaceAll('$computation', `'${ids.computation}'`)
    .replaceAll('$waiting', `'${ids.waiting}'`)
    .replaceAll('$claim', `'${ids.claim}'`);

const entryOf = (stream: string, type: string) =>
  `insert into audit_head (stream, seq, hash) values ('${stream}', 0, '') on conflict do nothing;
   insert into audit_entry (stream, seq, type, duty, recorded_at, body, previous_hash, hash, salt)
   select stream, seq + 1, '${type}', 'service', now(), '{}', hash, '', sha256('x') from audit_head where stream = '${stream}'`;

/** Does it and commits; what it was refused with, at which of the two. Undone in the end where it was not. */
async function attempt(sql: string, entry?: string): Promise<string> {
  await client.query('begin');
  try {
    await client.query(filled(sql));
    if (entry !== undefined) await client.query(entry);
    await client.query('set constraints all immediate'); // as commit does, and it can still be undone
    return 'committed';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.query('rollback');
  }
}

const CHANGES: readonly (readonly [string, string])[] = [
  ['asking for a computation', COMPUTATION('requested')],
  ['failing one', `update payment_computation set state = 'failed' where id = $waiting`],
  ['cancelling one', `update payment_computation set state = 'cancelled' where id = $waiting`],
  [
    'a result',
    `update payment_computation set state = 'computed', lines = 0, total_minor = 0, digest = '\\x00' where id = $waiting`,
  ],
  [
    'another total',
    'update payment_computation set total_minor = total_minor + 1 where id = $computation',
  ],
  ['another digest', `update payment_computation set digest = '\\x01' where id = $computation`],
  [
    'opening a result again',
    `update payment_computation set state = 'running', digest = null, total_minor = null,
     lines = null where id = $computation`,
  ],
  ['taking a computation away', 'delete from payment_computation where id = $waiting'],
  ['a payment line', LINE('payment_line')],
  ['a payment line where COPY writes', LINE('payment_line_posted')],
  [
    'a claim',
    `insert into claim (id, contract_id, number, computation_id, lines, total_minor, submitted_by)
     values (gen_random_uuid(), $contract, 2, $computation, 1, 66000, $person)`,
  ],
  ['another total of a claim', 'update claim set total_minor = total_minor + 1 where id = $claim'],
  ['another revision of a claim', 'update claim set revision = revision + 1 where id = $claim'],
  ['a line of a claim', 'insert into claim_line values ($claim, $computation, 3)'],
  [
    'a decision',
    `insert into claim_decision (claim_id, computation_id, line_no, decision, decided_by)
     values ($claim, $computation, 1, 'approved', $decider)`,
  ],
  [
    'a statement',
    `insert into issued_statement values ($contract, 2, '2015-Q2', '{}', $person, now())`,
  ],
  ['a released line', 'insert into issued_line values ($computation, 1, $contract, 1)'],
  [
    'terms',
    `insert into terms_version (contract_id, number, state, document, document_hash, source, reason, written_by)
     values ($contract, 2, 'draft', '{}', '\\x01', '', 'why', $person)`,
  ],
];

describe('money without an entry', () => {
  it.each(CHANGES)('%s cannot be committed', async (_, sql) => {
    expect(await attempt(sql)).toContain('without an audit entry of its contract');
  });

  it.each(CHANGES)('%s cannot be committed with an entry of another contract', async (_, sql) => {
    const entry = entryOf(other.id, 'claim.submitted');
    expect(await attempt(sql, entry)).toContain('without an audit entry of its contract');
  });

  it.each(CHANGES)('%s is committed with its entry, written last', async (_, sql) => {
    expect(await attempt(sql, entryOf(contract.id, 'computation.computed'))).toBe('committed');
  });

  it('an entry of an earlier transaction does not count', async () => {
    await client.query('begin');
    await client.query(entryOf(contract.id, 'claim.submitted'));
    await client.query('commit');
    expect(await attempt(CHANGES[10]![1])).toContain('without an audit entry');
  });

  it('is refused at commit as well, and nothing of it stays', async () => {
    await client.query('begin');
    await client.query(filled('update claim set revision = 9 where id = $claim'));
    await expect(client.query('commit')).rejects.toMatchObject({
      code: '23001',
      constraint: 'claim_has_entry',
    });
    const { rows } = await client.query(filled('select revision from claim where id = $claim'));
    expect(rows).toEqual([{ revision: 1 }]);
  });

  it('a computation may be taken, kept up and given back without one', async () => {
    for (const change of [
      `state = 'running', token = token + 1, lease_until = now()`,
      `rows_done = 5, lease_until = now()`,
      `state = 'requested', lease_until = null`,
    ])
      expect(await attempt(`update payment_computation set ${change} where id = $waiting`)).toBe(
        'committed',
      );
  });

  it('lines of a worker count for the contract that it is confined to', async () => {
    const confined = `set local outturn.contract_ids = '{${contract.id}}';`;
    const line = confined + LINE('payment_line_posted');
    expect(await attempt(line, entryOf(other.id, 'computation.computed'))).toContain('without');
    expect(await attempt(line, entryOf(contract.id, 'computation.computed'))).toBe('committed');
    await client.query('rollback');
    await client.query('reset outturn.contract_ids').catch(() => undefined);
  });

  it('leaves no note behind, and nobody empties a table', async () => {
    await client.query('begin');
    await client.query(filled('insert into claim_line values ($claim, $computation, 3)'));
    await client.query(entryOf(contract.id, 'claim.submitted'));
    await client.query('commit');
    expect((await client.query('select 1 from entry_due')).rowCount).toBe(0);
    for (const table of ['payment_computation', 'claim', 'terms_version', 'issued_statement'])
      await expect(client.query(`truncate ${table} cascade`)).rejects.toMatchObject({
        code: '23001',
      });
  });

  it('the service cannot say in which transaction an entry was written', async () => {
    await client.query('begin; set local role outturn_app');
    await expect(
      client.query(`insert into audit_entry (stream, seq, type, duty, recorded_at, body, previous_hash, hash, salt,
        recorded_xid) values ('service', 1, 'x', 'x', now(), '', '', '', '', '1')`),
    ).rejects.toThrow('permission denied');
    await client.query('rollback');
  });
});
