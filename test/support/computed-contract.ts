import type { Client } from 'pg';
import { waitUntil, type EndedJob } from './wait.js';
import { aContract, type Enrolment, type Score, type TestContract } from './contract.js';
import type { TestApp } from './service.js';

export interface ComputationRow {
  readonly state: string;
  readonly rows_done: string;
  readonly rows_total: string | null;
  readonly attempts: number;
  readonly lines: number | null;
  readonly total_minor: string | null;
  readonly digest: string | null;
  readonly failure_code: string | null;
}

/** What stands in the database about a computation. */
export async function rowOf(client: Client, id: string): Promise<ComputationRow> {
  const { rows } = await client.query<ComputationRow>(
    `select state, rows_done, rows_total, attempts, lines, total_minor, encode(digest, 'hex') as digest, failure_code
       from payment_computation where id = $1`,
    [id],
  );
  return rows[0]!;
}

export const rowWhen = (
  client: Client,
  id: string,
  what: string,
  test: (row: ComputationRow) => boolean,
): Promise<ComputationRow> =>
  waitUntil(
    `computation is ${what}`,
    async () => {
      const row = await rowOf(client, id);
      return test(row) ? row : null;
    },
    40_000,
  );

export const computed = (client: Client, id: string): Promise<ComputationRow> =>
  rowWhen(client, id, 'computed', ({ state }) => state === 'computed');

/** People of whom three in four improve, by one to three points. The same people every time. */
export function manyPeople(count: number): { enrolments: Enrolment[]; scores: Score[] } {
  const enrolments: Enrolment[] = [];
  const scores: Score[] = [];
  for (let index = 1; index <= count; index += 1) {
    const reference = `P-${String(index).padStart(5, '0')}`;
    enrolments.push({ reference, startedOn: '2015-06-02' });
    scores.push(
      { reference, timePoint: 'baseline', measuredOn: '2015-06-02', score: 8 },
      { reference, timePoint: '6m', measuredOn: '2015-12-10', score: 8 - (index % 4) },
    );
  }
  return { enrolments, scores };
}

/** A contract with so many people in it, in force, with one claim window for everything: "all". */
export function aContractOf(service: TestApp, code: string, count: number): Promise<TestContract> {
  const { enrolments, scores } = manyPeople(count);
  return aContract()
    .withTerms({
      code,
      population: {
        description: 'Many people',
        maximum: count,
        attributes: { age: { type: 'number', label: 'Age at the start' } },
      },
      plan: [],
      caps: [{ id: 'limit', scope: 'contract', amount: '99999999.00' }],
      periods: { type: 'list', periods: [{ id: 'all', from: '2015-04-01', to: '2018-01-01' }] },
    })
    .withParticipants(...enrolments)
    .withScores(...scores)
    .in(service);
}

/** Asks for the contract's one period; gives the computation's id. */
export async function request(contract: TestContract): Promise<string> {
  const accepted = await contract.provider
    .post(`${contract.path}/computations`, { period: 'all' })
    .expect(202);
  return (accepted.body as EndedJob).id;
}

/**
 * Everything that must hold together once a computation has ended well: its row, its lines, their parts, its digest and
 * one entry of the audit trail, which verifies as a whole.
 */
export async function expectWhole(
  client: Client,
  contract: TestContract,
  id: string,
  expected: { readonly lines: number; readonly totalMinor: string; readonly digest?: string },
): Promise<void> {
  const row = await rowOf(client, id);
  expect(row).toMatchObject({
    state: 'computed',
    lines: expected.lines,
    total_minor: expected.totalMinor,
    ...(expected.digest === undefined ? {} : { digest: expected.digest }),
  });
  const { rows } = await client.query(
    `select count(*)::int as lines, coalesce(sum(amount_minor), 0)::text as total, coalesce(min(line_no), 0)::int as first,
            coalesce(max(line_no), 0)::int as last,
            coalesce(sum((select sum(value::bigint) from jsonb_each_text(parts))), 0)::text as parts
       from payment_line where computation_id = $1`,
    [id],
  );
  expect(rows[0]).toEqual({
    lines: expected.lines,
    total: expected.totalMinor,
    parts: expected.totalMinor,
    first: expected.lines === 0 ? 0 : 1,
    last: expected.lines,
  });
  const entries = await contract.commissioner.all<{ type: string; body: string }>(
    `${contract.path}/audit`,
    500,
  );
  const ended = entries.filter(
    ({ type, body }) => type === 'computation.computed' && body.includes(id),
  );
  expect(ended).toHaveLength(1);
  expect(ended[0]!.body).toContain(row.digest);
  const { body } = await contract.commissioner
    .get(`${contract.path}/audit/verification`)
    .expect(200);
  expect(body).toMatchObject({ verified: true, firstBad: null });
}
