import request from 'supertest';
import { createPino, StructuredLogger } from '../../../src/platform/logging/logger.js';
import { startTestApp, type TestApp } from '../../support/harness.js';
import { signedInAtBrowser } from '../../support/sign-in-pages.js';
import { PASSWORD, TestTime } from '../../support/sign-in.js';

const CANARY = 'canary-7f3a91c2e5';
const lines: string[] = [];
/** What must stand in no line of the log, by what it is. */
const secrets = new Map<string, string>([
  ['canary', CANARY],
  ['password', PASSWORD],
]);
let service: TestApp;

beforeAll(async () => {
  const log = new StructuredLogger(createPino('trace', { write: (line) => lines.push(line) }));
  service = await startTestApp(log);
});
afterAll(() => service.stop());

const http = () => request(service.app.getHttpServer());

describe('the log of everything that has to do with secrets', () => {
  it('is written: signing in at a browser, right and wrong', async () => {
    const time = new TestTime(service);
    const person = await signedInAtBrowser(service, time, { name: `Ann ${CANARY}` });
    secrets.set('seed', person.secret);
    person.recoveryCodes.forEach((code, n) => secrets.set(`recovery code ${n}`, code));
    secrets.set('address', person.email);
    await person.signOut();
    await person.password(CANARY);
    await person.signIn();
    await person.browser.open(`/set-password/${CANARY}`);
    await person.browser.open(`/sign-in?next=${CANARY}`);
  });

  it('is written: keys, clients and tokens', async () => {
    const { administrator } = service;
    secrets.set('key', administrator.key!);
    const added = await administrator.post('/v1/people', {
      email: `${CANARY}@example.org`,
      name: CANARY,
    });
    const holder = added.body.apiKey as string;
    secrets.set('key of a person', holder);
    const signed = (test: request.Test) => test.set('Authorization', `Bearer ${holder}`);
    const made = await signed(http().post('/v1/me/clients')).send({ label: 'machine' });
    const { clientId, clientSecret } = made.body as Record<string, string>;
    secrets.set('client secret', clientSecret!);
    const token = await http()
      .post('/oauth/token')
      .auth(clientId!, clientSecret!)
      .type('form')
      .send({ grant_type: 'client_credentials' })
      .expect(200);
    secrets.set('access token', token.body.access_token as string);
    await http().get('/v1/me').set('Authorization', `Bearer ${token.body.access_token}`);
    await http().get('/v1/me').set('Authorization', `Bearer ot_${CANARY}`);
    await http().post('/oauth/token').auth('ot_client', CANARY).type('form').send({ a: CANARY });
    await http().get('/v1/me').set('Cookie', `__Host-session=${CANARY}`);
    await http().get(`/v1/contracts/${CANARY}?cursor=${CANARY}&code=${CANARY}`);
    await signed(http().get(`/v1/contracts/${CANARY}`));
    await signed(http().post('/v1/people')).send({ email: CANARY, name: [CANARY], other: CANARY });
    await signed(http().post('/v1/people'))
      .set('Content-Type', 'application/json')
      .send(`{"a": "${CANARY}`);
    await signed(http().post('/v1/people')).set('Idempotency-Key', `${CANARY} ${CANARY}`);
  });

  it('holds none of them', () => {
    expect(lines.length).toBeGreaterThan(20);
    const text = lines.join('');
    expect([...secrets.values()].filter((secret) => secret.length < 6)).toEqual([]);
    expect(
      [...secrets].filter(([, secret]) => text.includes(secret)).map(([what]) => what),
    ).toEqual([]);
    expect(text).not.toMatch(/Bearer |Basic |argon2|otpauth:|"(cookie|authorization)"/i);
  });

  it('says of each refusal that it was one', () => {
    const refused = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === 'A request was refused')
      .map(({ code }) => code);
    expect(refused).toEqual(
      expect.arrayContaining(['NOT_SIGNED_IN', 'NOT_FOUND', 'VALIDATION_FAILED', 'MALFORMED_JSON']),
    );
  });
});
