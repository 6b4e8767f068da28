import { randomUUID } from 'node:crypto';
import {
  aContract,
  problemIn,
  startTestApp,
  type TestApp,
  type TestContract,
} from '../support/harness.js';
import { refusedWell } from '../support/never-a-fault.js';
import { addressOf, routesOf, type Route } from '../support/routes.js';
import { rowsOfOwner } from '../support/owner.js';

let service: TestApp;
let own: TestContract;
let other: TestContract;

beforeAll(async () => {
  service = await startTestApp();
  const enrolled = { reference: 'P-001', startedOn: '2015-06-02' };
  own = await aContract().withTerms({ code: 'own' }).withParticipants(enrolled).in(service);
  other = await aContract().withTerms({ code: 'other' }).withParticipants(enrolled).in(service);
});
afterAll(() => service.stop());

const enrolment = (reference: string) => ({
  reference,
  cohort: 'all',
  startedOn: '2015-06-02',
  attributes: { age: 71 },
});

describe('a key of a request', () => {
  it('with another body is refused, and with the same one answers as before', async () => {
    const idempotencyKey = randomUUID();
    const path = `${own.path}/participants`;
    const first = await own.officer.post(path, enrolment('K-1'), { idempotencyKey }).expect(201);
    const again = await own.officer.post(path, enrolment('K-1'), { idempotencyKey });
    expect(again.body).toEqual(first.body);
    const changed = await own.officer.post(path, enrolment('K-2'), { idempotencyKey }).expect(409);
    expect(problemIn(changed).code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('tells another person nothing of what it did', async () => {
    const idempotencyKey = randomUUID();
    const path = `${own.path}/participants`;
    await own.officer.post(path, enrolment('K-3'), { idempotencyKey }).expect(201);
    const stolen = await other.officer.post(path, enrolment('K-3'), { idempotencyKey }).expect(404);
    expect(problemIn(stolen).code).toBe('NOT_FOUND');
    expect(stolen.text).not.toContain('K-3');
  });

  it.each([
    ['missing', null, 'IDEMPOTENCY_KEY_MISSING'],
    ['of 10 KB', 'k'.repeat(10_000), 'IDEMPOTENCY_KEY_MALFORMED'],
    ['of two words', 'a b', 'IDEMPOTENCY_KEY_MALFORMED'],
    ['not ASCII', 'schl\u00fcssel', 'IDEMPOTENCY_KEY_MALFORMED'],
  ])('is refused when it is %s', async (_what, idempotencyKey, code) => {
    const path = `${own.path}/participants`;
    const answer = await own.officer.post(path, enrolment('K-4'), { idempotencyKey }).expect(400);
    expect(problemIn(answer).code).toBe(code);
  });
});

describe('a body that would set what is not its to set', () => {
  it.each([
    { status: 'approved' },
    { approvedBy: 'me' },
    { personId: randomUUID() },
    { isAdministrator: true },
    { contractId: 1 },
    { version: 9 },
    { recordedSeq: 1 },
  ])('says what is not understood: %j', async (extra) => {
    const path = `${own.path}/participants`;
    const answer = await own.officer.post(path, { ...enrolment('M-1'), ...extra }).expect(400);
    const [name] = Object.keys(extra);
    expect(problemIn(answer).faults).toMatchObject([{ at: `/${name}`, code: 'UNKNOWN_PROPERTY' }]);
    await own.officer.get(`${path}/M-1`).expect(404);
  });

  it.each([
    ['a list for a text', { ...enrolment('M-2'), reference: ['M-2'] }],
    ['an object for a text', { ...enrolment('M-2'), reference: { $ne: null } }],
    ['a number for a text', { ...enrolment('M-2'), cohort: 7 }],
    ['a text for an object', { ...enrolment('M-2'), attributes: 'age' }],
    ['a list for an object', { ...enrolment('M-2'), attributes: [['age', 71]] }],
  ])('or is of another kind: %s', async (_what, body) => {
    const answer = await own.officer.post(`${own.path}/participants`, body);
    expect([400, 422]).toContain(answer.status);
    expect(problemIn(answer).faults.length).toBeGreaterThan(0);
  });
});

describe('what belongs to another contract', () => {
  const send = (route: Route, address: string) =>
    service.app.inject({
      method: route.method.toUpperCase() as 'GET',
      url: address,
      headers: {
        authorization: `Bearer ${own.provider.key}`,
        'idempotency-key': randomUUID(),
        'if-match': '*',
      },
    });

  it('is answered as what is not there, in the address', async () => {
    const routes = routesOf(service.app).filter(({ template }) => template.includes('{code}'));
    expect(routes.length).toBeGreaterThan(30);
    for (const route of routes) {
      const at = (code: string) =>
        addressOf(route, (name) => ({ code, reference: 'P-001', period: '2015-Q2' })[name] ?? '1');
      const [foreign, absent] = [await send(route, at('other')), await send(route, at('nowhere'))];
      const what = `${route.method} ${route.template}`;
      const told = (body: string) =>
        body.replace(/"requestId":"[^"]*"/, '').replaceAll(/other|nowhere/g, '-');
      expect([what, foreign.statusCode, told(foreign.body)]).toEqual([
        what,
        absent.statusCode,
        told(absent.body),
      ]);
      expect([what, foreign.statusCode, foreign.statusCode < 500]).toEqual([
        what,
        foreign.statusCode,
        true,
      ]);
      expect(foreign.statusCode).toBeGreaterThanOrEqual(400);
    }
  });

  it('is not reached by a cursor, a query or a body', async () => {
    const path = `${own.path}/participants`;
    const theirs = await other.officer.get(`${other.path}/participants?limit=1`).expect(200);
    const cursor = (theirs.body.next as string | null) ?? 'W10';
    const listed = await own.officer.get(`${path}?cursor=${cursor}`);
    if (listed.status !== 200) refusedWell(listed, 'cursor');
    else expect(listed.text).not.toContain('other');
    refusedWell(await own.officer.get(`${path}?code=other`), 'query');
    refusedWell(await own.officer.post(path, { ...enrolment('X-1'), code: 'other' }), 'body');
    await other.officer.get(`${other.path}/participants/X-1`).expect(404);
  });
});

describe('a contract that has ended', () => {
  it('takes no act on its terms any more', async () => {
    const ended = await aContract().withTerms({ code: 'ended' }).in(service);
    await rowsOfOwner(`update contract set state = 'ended' where code = 'ended'`);
    const { commissioner, path } = ended;
    const terms = (await commissioner.get(`${path}/terms/1`).expect(200)).body as object;
    for (const [at, body] of [
      ['/amendments', { terms }],
      ['/consents', { documentHash: 'a'.repeat(64) }],
    ] as const)
      refusedWell(await commissioner.post(`${path}${at}`, body, { ifMatch: '*' }), at);
    await commissioner.get(path).expect(200);
  });
});
