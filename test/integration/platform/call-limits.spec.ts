import type { Response } from 'supertest';
import {
  aContract,
  aPerson,
  participantsCsv,
  problemIn,
  startTestApp,
  type TestApp,
  TestPerson,
} from '../../support/harness.js';
import { TestTime } from '../../support/sign-in.js';
import { signedInAtBrowser } from '../../support/sign-in-pages.js';

const LIMIT = 40;
const before = process.env['CALLS_PER_MINUTE'];
let service: TestApp;
beforeAll(async () => {
  process.env['CALLS_PER_MINUTE'] = String(LIMIT);
  service = await startTestApp();
});
afterAll(async () => {
  await service.stop();
  process.env['CALLS_PER_MINUTE'] = before;
});

const leftOf = (answer: Pick<Response, 'headers'>): number =>
  Number(/^"calls";r=(\d+);t=\d+$/.exec(String(answer.headers['ratelimit']))?.[1]);

/** Uses up what is left of the minute. */
async function exhaust(person: TestPerson): Promise<void> {
  for (let left = leftOf(await person.get('/v1/me').expect(200)); left > 0; left--)
    await person.get('/v1/me').expect(200);
}

describe('somebody with a good key', () => {
  it('is told how many calls are left, and refused once there are none, with the time to wait', async () => {
    const ann = await aPerson(service, { name: 'Ann', email: 'ann@example.org' });
    const first = await ann.get('/v1/me').expect(200);
    expect(first.headers['ratelimit-policy']).toBe(`"calls";q=${LIMIT};w=60`);
    expect(leftOf(first)).toBe(LIMIT - 1);
    expect(first.headers['retry-after']).toBeUndefined();
    await exhaust(ann);
    const refused = await ann.get('/v1/me').expect(429);
    expect(problemIn(refused)).toMatchObject({
      code: 'TOO_MANY_CALLS',
      detail: expect.stringContaining('send many rows as one file'),
    });
    expect(leftOf(refused)).toBe(0);
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThan(30);
    expect(seconds).toBeLessThanOrEqual(60);
    // writing is no way around, and nothing was done
    const act = await ann.post('/v1/me/keys', { label: 'another' }).expect(429);
    expect(problemIn(act).code).toBe('TOO_MANY_CALLS');
  });

  it('has one limit for all keys together, and takes nobody else’s', async () => {
    const bea = await aPerson(service, { name: 'Bea', email: 'bea@example.org' });
    const cid = await aPerson(service, { name: 'Cid', email: 'cid@example.org' });
    const { body } = await bea.post('/v1/me/keys', { label: 'second' }).expect(201);
    const again = new TestPerson(service.app, { ...bea, key: body.apiKey as string });
    expect(leftOf(await again.get('/v1/me').expect(200))).toBe(LIMIT - 2);
    await exhaust(bea);
    await again.get('/v1/me').expect(429);
    await cid.get('/v1/me').expect(200);
  });

  it('sends a file of many rows as one call', async () => {
    const { provider, code } = await aContract().in(service);
    const before = leftOf(await provider.get('/v1/me').expect(200));
    const rows = Array.from({ length: 300 }, (_, n) => ({
      reference: `P-${n + 1}`,
      startedOn: '2015-06-02',
    }));
    const file = participantsCsv(rows);
    const answer = await provider.upload(`/v1/contracts/${code}/imports/participants`, file);
    expect([answer.status, leftOf(answer)]).toEqual([201, before - 1]);
  });
});

describe('somebody who has signed in at a browser', () => {
  it('has a limit of their own there, whatever their keys did', async () => {
    const time = new TestTime(service);
    const dan = await signedInAtBrowser(service, time);
    const page = await dan.browser.open('/account');
    expect(page.status).toBe(200);
    for (let left = leftOf(page); left > 0; left--) await dan.browser.openOnly('/account');
    const refused = await dan.browser.openOnly('/account');
    expect([refused.status, refused.headers['content-type']]).toEqual([
      429,
      'text/html; charset=utf-8',
    ]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.text).toContain('Try again in');
  });
});

it('whoever is nobody has used up nobody’s calls', async () => {
  const wrong = new TestPerson(service.app, { name: 'x', email: 'x', key: 'ot_wrong_key' });
  const answer = await wrong.get('/v1/me').expect(401);
  expect(answer.headers['ratelimit']).toBeUndefined();
});
