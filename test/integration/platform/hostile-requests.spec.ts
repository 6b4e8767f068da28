import request from 'supertest';
import {
  aContract,
  compute,
  problemIn,
  startTestApp,
  startTestWorker,
  type TestApp,
  type TestContract,
} from '../../support/harness.js';

const HOSTILE_CURSORS = [
  'a',
  '\u0000',
  '-1',
  '1e5',
  '9'.repeat(19),
  "' or 1=1 --",
  '\ud800',
  '1.5',
];
const inCursor = (part: string) => Buffer.from(JSON.stringify([part])).toString('base64url');

let service: TestApp;
let contract: TestContract;
let computation: { readonly id: string; readonly number: number };
beforeAll(async () => {
  service = await startTestApp();
  const worker = await startTestWorker();
  contract = await aContract()
    .withTerms({ code: 'hostile' })
    .withParticipants({ reference: 'P-001', startedOn: '2015-06-02' })
    .withScores(
      { reference: 'P-001', timePoint: 'baseline', measuredOn: '2015-06-02', score: 8 },
      { reference: 'P-001', timePoint: '6m', measuredOn: '2015-12-10', score: 6 },
    )
    .in(service);
  for (const period of ['2015-Q2', '2015-Q3', '2015-Q4'])
    computation = (await compute(contract.provider, contract.path, period)) as never;
  await worker.close();
  const claim = { computation: computation.number };
  await contract.provider.post(`${contract.path}/claims`, claim).expect(201);
});
afterAll(() => service.stop());

const sendJson = (path: string, body: string | Buffer, type = 'application/json') =>
  request(service.app.getHttpServer())
    .post(path)
    .set('Authorization', `Bearer ${contract.officer.key}`)
    .set('Idempotency-Key', `hostile-${Math.random()}`)
    .set('Content-Type', type)
    .serialize((sent) => sent as never) // as it is, even where it is bytes
    .send(body as string);

describe('a cursor that nobody was given', () => {
  const numbered = {
    lines: () => `/v1/computations/${computation.id}/lines`,
    computations: () => `${contract.path}/computations`,
    participants: () => `${contract.path}/participants`,
    claims: () => `${contract.path}/claims`,
    'claim lines': () => `${contract.path}/claims/1/lines`,
    audit: () => `${contract.path}/audit`,
  };
  it.each(Object.entries(numbered))('is refused by the list of %s', async (_name, path) => {
    for (const part of HOSTILE_CURSORS) {
      const answer = await contract.commissioner.get(`${path()}?cursor=${inCursor(part)}`);
      expect([part, answer.status]).toEqual([part, 400]);
      expect(problemIn(answer).code).toBe('CURSOR_MALFORMED');
    }
  });

  it.each(Object.entries(numbered))('finds nothing beyond the end of %s', async (_name, path) => {
    await contract.commissioner.get(`${path()}?cursor=${inCursor('9'.repeat(18))}`).expect(200);
  });

  it.each(['/v1/people', '/v1/contracts'])('is refused by %s', async (path) => {
    for (const part of ['\u0000', '\ud800']) {
      const answer = await service.administrator.get(`${path}?cursor=${inCursor(part)}`);
      expect([part, answer.status]).toEqual([part, 400]);
    }
  });
});

it('a filter that no database would take is refused', async () => {
  await contract.commissioner.get(`${contract.path}/claims/1/lines?clause=%00`).expect(400);
});

describe('a body that can be read in two ways', () => {
  it.each([
    ['a key that stands twice', '{"period":"2015-Q4","period":"2016-Q1"}', 'JSON_KEY_TWICE'],
    ['a key that is the same once it is read', '{"period":1,"peri\\u006fd":2}', 'JSON_KEY_TWICE'],
    ['bytes that are not UTF-8', Buffer.from('{"period":"caf\xe9"}', 'latin1'), 'BODY_NOT_UTF8'],
  ])('is refused: %s', async (_name, body, code) => {
    const answer = await sendJson(`${contract.path}/computations`, body).expect(400);
    expect(problemIn(answer).code).toBe(code);
  });

  it('terms that name a price twice are refused, wherever they are sent', async () => {
    const terms = '{"terms":{"format":"outturn-terms/1","title":"a","title":"b"}}';
    const answer = await sendJson('/v1/contract-checks', terms).expect(400);
    expect(problemIn(answer)).toMatchObject({ code: 'JSON_KEY_TWICE' });
  });
});

it('a body of very many members is refused before it costs anybody time', async () => {
  const terms = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, 1]));
  const body = JSON.stringify({ terms });
  const before = process.cpuUsage(); // of this process, which serves: another's load is not counted
  const answer = await sendJson('/v1/contract-checks', body).expect(400);
  expect(problemIn(answer).code).toBe('JSON_TOO_WIDE');
  expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
});

it('JSON that calls itself text is not guessed at', async () => {
  const answer = await sendJson(`${contract.path}/computations`, '{}', 'text/plain').expect(415);
  expect(problemIn(answer).code).toBe('UNSUPPORTED_MEDIA_TYPE');
});

describe('a fault of a body says what is wrong', () => {
  it('of what is missing, that it is missing', async () => {
    const answer = await contract.officer.post(`${contract.path}/participants`, {}).expect(400);
    expect(problemIn(answer).faults).toEqual([
      { at: '/reference', code: 'MISSING', detail: '"reference" is missing. Give it.' },
      { at: '/cohort', code: 'MISSING', detail: '"cohort" is missing. Give it.' },
      { at: '/startedOn', code: 'MISSING', detail: '"startedOn" is missing. Give it.' },
    ]);
  });

  it('of a list where one text belongs, that it is no text', async () => {
    const body = { reference: ['P-1'], cohort: 'all', startedOn: '2015-06-02' };
    const answer = await contract.officer.post(`${contract.path}/participants`, body).expect(400);
    expect(problemIn(answer).faults).toMatchObject([{ at: '/reference', code: 'IS_STRING' }]);
  });
});

describe('what identifies a person is refused in every text that is kept', () => {
  const reason = 'NHS 943 476 5919 has moved away';

  it('in the reason of a decision', async () => {
    const decisions = [{ line: `${contract.code}.3.1`, decision: 'returned', reason }];
    const path = `${contract.path}/claims/1/decisions`;
    const answer = await contract.commissioner.post(path, { decisions }, { ifMatch: '*' });
    expect(problemIn(answer)).toMatchObject({
      status: 400,
      faults: [{ code: 'TEXT_IDENTIFIES_A_PERSON' }],
    });
    expect(answer.text).not.toContain('943');
  });

  it.each([
    ['enrolment', '', { reference: 'P-2', cohort: 'all', startedOn: '2015-06-02' }],
    ['correction', '/P-001/corrections', { reason }],
  ])('in an exit reason of an %s', async (_name, at, body) => {
    const exit = { exitedOn: '2015-07-01', exitReason: reason };
    const path = `${contract.path}/participants${at}`;
    const answer = await contract.officer.post(path, { ...body, ...exit }).expect(400);
    const { faults } = problemIn(answer);
    expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['TEXT_IDENTIFIES_A_PERSON']));
  });
});

it('a file name that turns the direction of the text after it is refused', async () => {
  const path = `${contract.path}/imports/participants?file_name=a%E2%80%AEvsc.exe`;
  await contract.officer.upload(path, 'reference,cohort,started_on\n').expect(400);
});
