// Whoever is shown something about individuals leaves an entry that says so; where it cannot be written nothing is shown.
import type { INestApplication } from '@nestjs/common';
import { Readings } from '../../../src/audit/readings.service.js';
import { startTestApp, startTestWorker, waitUntil, type TestApp } from '../../support/harness.js';
import { asOwner, rowsOfOwner } from '../../support/owner.js';
import { aReviewedQuarter, type ReviewedQuarter } from '../../support/reviewed-quarter.js';

let service: TestApp;
let worker: INestApplication;
let quarter: ReviewedQuarter;
let computationId: string;

interface Entry {
  readonly seq: string;
  readonly type: string;
  readonly duty: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const entriesAfter = (seq: string): Promise<Entry[]> =>
  rowsOfOwner<Entry>(
    `select e.seq, e.type, e.duty, e.body::jsonb -> 'payload' as payload
       from audit_entry e join contract c on c.id::text = e.stream
      where c.code = 'read' and e.seq > $1 order by e.seq`,
    [seq],
  );
const latest = async (): Promise<string> => (await entriesAfter('0')).at(-1)!.seq;

beforeAll(async () => {
  service = await startTestApp();
  worker = await startTestWorker();
  quarter = await aReviewedQuarter(service, 'read');
  const { path, provider, computation } = quarter;
  await provider.post(`${path}/claims`, { computation }).expect(201);
  const { items } = (await provider.get(`${path}/computations`).expect(200)).body;
  computationId = items.find((one: { number: number }) => one.number === computation).id;
});
afterAll(async () => {
  await worker.close();
  await service.stop();
});

const c = '/v1/contracts/read';
type Read = readonly [path: () => string, type: string, payload: object];

/** Every reading of the interface about individuals, and its one entry. */
const READS: readonly Read[] = [
  [
    () => `${c}/participants`,
    'personal-data.listed',
    { first: 'P-1', last: 'P-4', participants: 4, cohort: null },
  ],
  [
    () => `${c}/participants?limit=2&cohort=all`,
    'personal-data.listed',
    { first: 'P-1', last: 'P-2', participants: 2, cohort: 'all' },
  ],
  [
    () => `${c}/participants/P-1`,
    'personal-data.read',
    { reference: 'P-1', shown: ['enrolments', 'measurements'] },
  ],
  [
    () => `${c}/participants/P-2/measurements`,
    'personal-data.read',
    { reference: 'P-2', shown: ['measurements'] },
  ],
  [
    () => `${c}/participants/P-2/questionnaire-responses`,
    'personal-data.read',
    { reference: 'P-2', shown: ['responses'] },
  ],
  [
    () => `${c}/participants/P-3/consents`,
    'personal-data.read',
    { reference: 'P-3', shown: ['consents'] },
  ],
  [
    () => `${c}/participants/P-1/identity`,
    'identifiers.read',
    { reference: 'P-1', identifiers: [] },
  ],
  [() => `${c}/participants/P-1/subject-access`, 'subject-access.exported', { reference: 'P-1' }],
  [
    () => `/v1/computations/${computationId}/lines`,
    'lines.read',
    { first: 'read.3.1', last: 'read.3.4', lines: 4, claim: null, reference: null },
  ],
  [
    () => `/v1/computations/${computationId}/lines?limit=1`,
    'lines.read',
    { first: 'read.3.1', last: 'read.3.1', lines: 1, claim: null, reference: null },
  ],
  [
    () => '/v1/lines/read.3.2',
    'lines.read',
    { first: 'read.3.2', last: 'read.3.2', lines: 1, claim: null, reference: 'P-2' },
  ],
  [
    () => `${c}/claims/1/lines`,
    'lines.read',
    { first: 'read.3.1', last: 'read.3.4', lines: 3, claim: 1, reference: null },
  ],
  [() => `${c}/claims/1/proof`, 'bundle.taken', { subject: 'claim', which: '1' }],
  [() => `${c}/lines/read.3.1/proof`, 'bundle.taken', { subject: 'line', which: 'read.3.1' }],
  [() => `${c}/participants/P-1/proof`, 'bundle.taken', { subject: 'participant', which: 'P-1' }],
  [() => `${c}/proof`, 'bundle.taken', { subject: 'contract', which: null }],
  [
    () => `${c}/activity/export?type=claim.submitted`,
    'activity.exported',
    { format: 'CSV', narrowedTo: ['type claim.submitted'] },
  ],
];

it.each(READS)('%s leaves one entry of %s, by whoever read', async (path, type, payload) => {
  await waitUntil('everything there is sealed', async () => {
    const { status } = await quarter.provider.get(`${c}/audit/entries/${await latest()}/proof`);
    return status === 200 ? true : null;
  });
  const before = await latest();
  await quarter.provider.get(path()).expect(200);
  const entries = await entriesAfter(before);
  expect(entries).toMatchObject([{ type, duty: 'provider', payload }]);
});

it.each(READS)('%s is not answered where its entry cannot be written', async (path, type) => {
  const before = await latest();
  await asOwner((tx) =>
    tx.query(
      `create function refuse_for_test() returns trigger language plpgsql as $$ begin raise 'no entry today'; end $$;
       create trigger refused_for_test before insert on audit_entry for each row execute function refuse_for_test()`,
    ),
  );
  try {
    const { status, text } = await quarter.provider.get(path());
    expect([type, status, /P-\d|read\.3/.test(text)]).toEqual([type, 500, false]);
  } finally {
    await asOwner((tx) => tx.query('drop function refuse_for_test() cascade'));
  }
  expect(await entriesAfter(before)).toEqual([]);
});

it('leaves none where nothing about anybody was shown', async () => {
  const before = await latest();
  const { provider, investor, commissioner } = quarter;
  const quiet = [
    [provider, `${c}/participants?cohort=nope`, 200],
    [provider, `/v1/computations/${computationId}/lines?kind=withheld`, 200],
    [provider, `${c}/participants/P-99`, 404],
    [provider, `${c}/participants/P-99/proof`, 404],
    [provider, `${c}/claims/1/proof?since=99999999`, 422],
    [provider, `${c}/activity/export?participant=P-99`, 404],
    [investor, `${c}/participants`, 403],
    [investor, `${c}/activity/export`, 403],
    [commissioner, `${c}/participants/P-1/identity`, 403],
    [provider, `${c}/activity`, 200],
    [provider, `${c}/activity/1`, 200],
    [provider, `${c}/statements`, 200],
    [provider, `${c}/claims/1`, 200],
  ] as const;
  for (const [person, path, status] of quiet) {
    const answer = await person.get(path);
    expect([path, answer.status < 300 ? 200 : answer.status]).toEqual([
      path,
      status === 422 ? answer.status : status,
    ]);
  }
  expect(await entriesAfter(before)).toEqual([]);
});

it('names the commissioner who read, with the party for which they did', async () => {
  const before = await latest();
  await quarter.commissioner.get(`${c}/participants/P-1`).expect(200);
  expect(await entriesAfter(before)).toMatchObject([{ duty: 'commissioner' }]);
});

it('nobody can write down having seen what they may not see, whatever the service forgot to ask', async () => {
  const [{ id: stream }] = (await rowsOfOwner<{ id: string }>(
    `select id::text from contract where code = 'read'`,
  )) as [{ id: string }];
  const tries = [
    [quarter.investor, 'personal-data.listed'],
    [quarter.investor, 'lines.exported'],
    [quarter.investor, 'bundle.taken'],
    [quarter.topUpFund, 'personal-data.read'],
    [quarter.topUpFund, 'personal-data.exported'],
  ] as const;
  for (const [{ email, name }, type] of tries) {
    const [person] = await rowsOfOwner<{ id: string }>('select id from person where email = $1', [
      email,
    ]);
    const actor = { personId: person!.id, name, isAdministrator: false, via: 'api' } as const;
    const written = service
      .get(Readings)
      .record(actor, { id: stream, standing: null }, type, { reference: 'P-1' } as never);
    await expect(written).rejects.toThrow(/audit_entry_of_reading|row-level security/);
  }
});
