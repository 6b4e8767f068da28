// A contract's history replayed from its trail, as it is and after somebody with the database's keys has altered what is
// stored, with triggers off.
import type { INestApplication } from '@nestjs/common';
import { Client } from 'pg';
import { runCli } from '../../src/cli/run.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { compute, startTestApp, startTestWorker, type TestApp } from '../support/harness.js';
import { withoutEntry } from '../support/owner.js';
import { aReviewedQuarter, type ReviewedQuarter } from '../support/reviewed-quarter.js';

interface PartView {
  readonly part: string;
  readonly agreed: number;
  readonly differing: number;
  readonly first: { readonly entry: string | null; readonly detail: string } | null;
  readonly open: readonly { readonly why: string; readonly count: number }[];
}

let service: TestApp;
let worker: INestApplication;
let client: Client;
let quarter: ReviewedQuarter;

/** `outturn audit replay` as it would be typed. */
async function replay(key: string, ...words: readonly string[]) {
  const written = { out: '', err: '' };
  const terminal: Terminal = {
    environment: { ...process.env, OUTTURN_API_KEY: key },
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  };
  const status = await runCli(['audit', 'replay', quarter.code, ...words], terminal);
  return { status, ...written };
}

async function partsNow(...words: readonly string[]) {
  const { status, out, err } = await replay(quarter.commissioner.key!, '--json', ...words);
  if (out === '') throw new Error(err);
  const { agrees, parts } = JSON.parse(out) as { agrees: boolean; parts: PartView[] };
  expect(status).toBe(agrees ? 0 : 4);
  return new Map(parts.map((part) => [part.part, part]));
}

/** The parts that differ once a table was altered, each with its first difference; the table is put back after. */
async function differencesAfter(table: string, sql: string): Promise<Record<string, string>> {
  await client.query(`drop table if exists kept; create temporary table kept as table ${table}`);
  const changed = await withoutEntry(client, () => client.query(sql));
  try {
    expect(changed.rowCount).toBeGreaterThan(0);
    const parts = await partsNow();
    return Object.fromEntries(
      [...parts.values()].flatMap(({ part, first }) => (first ? [[part, first.detail]] : [])),
    );
  } finally {
    await withoutEntry(client, async () => {
      await client.query(`delete from ${table}`);
      await client.query(`insert into ${table} table kept`);
    });
  }
}

beforeAll(async () => {
  service = await startTestApp();
  worker = await startTestWorker();
  client = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
  await client.connect();
  quarter = await aReviewedQuarter(service, 'replayed');
  const { path, officer, provider, commissioner, computation } = quarter;
  const first = await provider.post(`${path}/claims`, { computation }).expect(201);
  const { items } = (await commissioner.get(`${first.headers['location']!}/lines`)).body;
  const ofP2 = items.find((its: { participant: string }) => its.participant === 'P-2');
  const decisions = [{ line: ofP2.line, decision: 'returned', reason: 'By telephone' }];
  await commissioner
    .post(
      `${first.headers['location']!}/decisions`,
      { decisions, approveUndecided: true },
      { ifMatch: first.headers['etag']! },
    )
    .expect(201);
  await commissioner.post(`${path}/statements/2015-Q4/issues`, {}).expect(201);
  const enrolment = { reference: 'P-5', cohort: 'all', startedOn: '2015-06-02' };
  await officer.post(`${path}/participants`, { ...enrolment, attributes: { age: 70 } }).expect(201);
  const ofP5 = `${path}/participants/P-5`;
  const correction = { startedOn: '2015-06-03', reason: 'Form misread' };
  await officer.post(`${ofP5}/corrections`, correction).expect(201);
  const baseline = { metric: 'ucla', timePoint: 'baseline', measuredOn: '2015-06-04', score: 9 };
  await officer.post(`${ofP5}/measurements`, { ...baseline, note: 'At home' }).expect(201);
  const after = { metric: 'ucla', timePoint: '6m', measuredOn: '2015-12-10', score: 8 };
  await officer.post(`${ofP5}/measurements`, after).expect(201);
  const better = { measuredOn: '2015-12-10', score: 7, reason: 'Misread' };
  await officer.post(`${ofP5}/measurements/ucla/6m/corrections`, better).expect(201);
  const people = 'reference,cohort,started_on,age,correction_reason';
  const enrolled = `${people}\nP-6,all,2015-07-01,68,\nP-1,all,2015-06-02,72,Birthday\n`;
  await officer.upload(`${path}/imports/participants`, enrolled).expect(201);
  const columns = 'reference,metric,time_point,measured_on,score,correction_reason,note';
  const scores = `${columns}\nP-3,ucla,6m,2015-12-11,5,Summed wrongly,\nP-6,ucla,baseline,2015-07-02,6,,By post\n`;
  await officer.upload(`${path}/imports/measurements`, scores).expect(201);
  await compute(provider, path, '2016-Q1');
}, 120_000);
afterAll(async () => {
  await client.end();
  await worker.close();
  await service.stop();
});

describe('a replay', () => {
  it('rebuilds an honest history and finds every part of it as it was recorded', async () => {
    const parts = await partsNow();
    const agreed = Object.fromEntries([...parts.values()].map((one) => [one.part, one.agreed]));
    expect(
      [...parts.values()].filter(({ differing, open }) => differing + open.length > 0),
    ).toEqual([]);
    expect(agreed).toEqual({
      entries: agreed['entries'],
      terms: 1,
      enrolments: 4 + 2 + 2, // imported; one by one; imported again
      measurements: 8 + 3 + 2,
      computations: 4,
      lines: agreed['lines'],
      claims: 1,
      decisions: 3,
      statements: 1,
    });
    expect(agreed['lines']).toBeGreaterThan(5);
  });

  it('says so in words, to the parties who may read the record and to nobody else', async () => {
    const { status, out } = await replay(quarter.provider.key!);
    expect(status).toBe(0);
    expect(out).toContain('4 computations give the recorded lines again');
    expect(out).toMatch(/replayed: what is stored is what the trail and the terms give\.\n$/);
    const refused = await replay(quarter.investor.key!);
    expect(refused).toMatchObject({ status: 1, out: '' });
  });

  it('is asked about one claim or one statement', async () => {
    const ofClaim = await partsNow('--claim', '1');
    expect(ofClaim.get('claims')!.agreed).toBe(1);
    expect(ofClaim.get('computations')!.agreed).toBe(3);
    expect(ofClaim.has('statements')).toBe(false);
    const ofStatement = await partsNow('--statement', '2015-Q4/1');
    expect(ofStatement.get('statements')!.agreed).toBe(1);
    const key = quarter.commissioner.key!;
    for (const none of [
      ['--claim', '9'],
      ['--statement', '2015-Q4/2'],
      ['--claim', 'x'],
      ['--statement', '2015-Q4'],
    ])
      expect([none, (await replay(key, ...none)).status]).toEqual([none, 1]);
  });
});

describe('a replay after the record was altered, triggers off', () => {
  const ofImported = `participant_id = (select id from participant where reference = 'P-4') and occurrence = '6m'`;
  const ofSingle = `participant_id = (select id from participant where reference = 'P-5')`;

  it('sees a measurement of a file changed, and names what rested on it', async () => {
    const found = await differencesAfter(
      'measurement',
      `update measurement set value = 5 where ${ofImported}`,
    );
    expect(found).toMatchObject({
      measurements: expect.stringMatching(/imported by entry \d+, .* between P-1 and P-4/),
      computations: expect.stringContaining('does not give computation 3 again'),
      lines: expect.stringMatching(/Line replayed\.3\.\d+ of P-4, which rests on .*ucla\/6m#1/),
    });
  });

  it.each([
    ['a day', `update measurement set measured_on = measured_on + 1 where ${ofImported}`],
    ['a row of a file gone', `delete from measurement where ${ofImported}`],
    ['answers', `update measurement set items = '{"a": 1}' where ${ofImported}`],
    [
      'a score that nothing was paid on yet',
      `update measurement set value = 3 where participant_id = (select id from participant where reference = 'P-6')`,
    ],
    ['a single score', `update measurement set value = 6 where ${ofSingle} and version = 2`],
    [
      'a note',
      `update measurement set note = 'sealed:1:AAAA' where ${ofSingle} and occurrence = 'baseline'`,
    ],
    ['a single one gone', `delete from measurement where ${ofSingle} and version = 2`],
    [
      'acts exchanged',
      `update measurement set recorded_seq = (select sum(recorded_seq) from measurement where ${ofSingle} and occurrence = '6m')
         - recorded_seq where ${ofSingle} and occurrence = '6m'`,
    ],
    [
      'one that nobody recorded',
      `insert into measurement select participant_id, recorded_seq, 1, measured_on, metric, '12m', status, value, mode, items,
         note, ended_on, correction_reason from measurement where ${ofImported}`,
    ],
    [
      'one under an entry of something else',
      `update measurement set recorded_seq = 1 where ${ofSingle} and occurrence = 'baseline'`,
    ],
  ])('sees of measurements: %s', async (_what, sql) => {
    expect(await differencesAfter('measurement', sql)).toHaveProperty('measurements');
  });

  it.each([
    [
      'an imported cohort',
      `update enrolment set attributes = '{"age": 40}' where participant_id = (select id from participant where reference = 'P-2')`,
    ],
    [
      'a single day',
      `update enrolment set started_on = '2015-06-01' where ${ofSingle} and version = 2`,
    ],
    ['one gone', `delete from enrolment where ${ofSingle} and version = 2`],
    [
      'a correction by file',
      `update enrolment set started_on = '2015-06-01' where version = 2 and participant_id = (select id from participant where reference = 'P-1')`,
    ],
  ])('sees of enrolments: %s', async (_what, sql) => {
    expect(await differencesAfter('enrolment', sql)).toHaveProperty('enrolments');
  });

  it('sees an amount moved between two lines that nobody claimed, and names the line', async () => {
    const of = `computation_number = 4 and amount_minor > 0`;
    const found = await differencesAfter(
      'payment_line',
      `update payment_line l set amount_minor = amount_minor + case line_no
           when (select min(line_no) from payment_line where ${of}) then 100 else -100 end
        where ${of} and line_no in ((select min(line_no) from payment_line where ${of}),
                                    (select max(line_no) from payment_line where ${of}))`,
    );
    expect(found).toEqual({
      lines: expect.stringMatching(
        /Line replayed\.4\.\d+ of P-\d.* differs in its amount: stored is \d+/,
      ),
    });
  });

  it('sees a decision turned round, and names the line', async () => {
    const found = await differencesAfter(
      'claim_decision',
      `update claim_decision set decision = 'approved' where decision = 'returned'`,
    );
    expect(found).toEqual({
      decisions: expect.stringMatching(/line replayed\.3\.\d+ is stored as approved and was not/),
    });
  });

  it.each([
    ['decisions gone', 'claim_decision', `delete from claim_decision`, 'decisions'],
    [
      'a line taken out of a claim',
      'claim_line',
      `delete from claim_line where line_no = (select max(line_no) from claim_line)`,
      'claims',
    ],
    ['the total of a claim', 'claim', 'update claim set total_minor = total_minor + 1', 'claims'],
    [
      'who submitted it',
      'claim',
      `update claim set submitted_by = (select id from person where id <> submitted_by limit 1)`,
      'claims',
    ],
    [
      'a total of a computation',
      'payment_computation',
      'update payment_computation set total_minor = total_minor + 1 where number = 3',
      'computations',
    ],
    [
      'what a computation knew',
      'payment_computation',
      'update payment_computation set known_through = known_through - 1 where number = 3',
      'computations',
    ],
    [
      'another engine',
      'payment_computation',
      `update payment_computation set engine_version = '1' where number = 3`,
      'computations',
    ],
    [
      'a sentence of a line',
      'payment_line',
      `update payment_line set explanation = 'Nothing' where computation_number = 3 and line_no = 2`,
      'lines',
    ],
    [
      'a line gone',
      'payment_line',
      `delete from payment_line where computation_number = 3 and line_no = 2`,
      'lines',
    ],
    [
      'a line added',
      'payment_line',
      `insert into payment_line select computation_id, 99, computation_number, null, cohort, terms_number, clause, metric, occurrence, 9, kind, outcome_on, quantity, unit, rate_minor, uncapped_minor, amount_minor, withheld_minor, parts, reason, steps, evidence, corrects, explanation, follow_up from payment_line where computation_number = 3 and line_no = 2`,
      'lines',
    ],
    [
      'terms',
      'terms_version',
      `update terms_version set document = jsonb_set(document, '{title}', '"Another"')`,
      'terms',
    ],
    [
      'from when terms hold',
      'terms_version',
      `update terms_version set effective_from = effective_from + 1`,
      'terms',
    ],
  ])('sees of money: %s', async (_what, table, sql, part) => {
    expect(await differencesAfter(table, sql)).toHaveProperty(part);
  });

  it('sees a total of an issued statement changed, and names it', async () => {
    const found = await differencesAfter(
      'issued_statement',
      `update issued_statement set document = jsonb_set(document::jsonb, '{pending,returned,lines}', '5')::text`,
    );
    expect(found).toEqual({
      statements: expect.stringContaining('/pending/returned/lines is 5, and rebuilt null'),
    });
  });

  it('sees that lines are said to be in another statement', async () => {
    const found = await differencesAfter('issued_line', 'update issued_line set number = 2');
    expect(found).toEqual({ statements: expect.stringContaining('2 lines are not marked') });
  });

  it('says what it could not rebuild after an erasure, and raises no alarm', async () => {
    const { officer, path } = quarter;
    await officer.post(`${path}/participants/P-5/erasure`).expect(201);
    const parts = await partsNow();
    const open = [...parts.values()].flatMap((one) =>
      one.open.map(({ count, why }) => [one.part, count, why]),
    );
    expect(open).toEqual([
      ['enrolments', 2, expect.stringContaining('erased since')],
      ['measurements', 3, expect.stringContaining('erased since')],
    ]);
    expect([...parts.values()].filter(({ differing }) => differing > 0)).toEqual([]);
  });

  it('sees a key destroyed by somebody who erased nobody', async () => {
    const { officer, path } = quarter;
    const late = { metric: 'ucla', timePoint: '6m', measuredOn: '2016-01-02', score: 6 };
    await officer.post(`${path}/participants/P-6/measurements`, late).expect(201);
    expect(
      await differencesAfter(
        'participant_key',
        `delete from participant_key where participant_id = (select id from participant where reference = 'P-6')`,
      ),
    ).toEqual({ measurements: expect.stringContaining('although nobody was erased') });
  });
});
