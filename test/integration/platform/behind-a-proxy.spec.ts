import type { LightMyRequestResponse } from 'fastify';
import { createHttpServer } from '../../../src/platform/http/http-server.js';
import { ServiceModule } from '../../../src/service.module.js';
import { startTestApp, type TestApp } from '../../support/harness.js';

const PROXY = '10.0.0.2';
const settings = ['PUBLIC_URL', 'TRUSTED_PROXIES'] as const;
const before = settings.map((name) => process.env[name]);
const started: TestApp[] = [];

async function start(publicUrl: string, proxies: string): Promise<TestApp> {
  process.env['PUBLIC_URL'] = publicUrl;
  process.env['TRUSTED_PROXIES'] = proxies;
  // one database, so there is an administrator already after the first
  const service = started[0] ? await another() : await startTestApp();
  started.push(service);
  return service;
}
const another = async (): Promise<TestApp> => {
  const app = await createHttpServer(ServiceModule, false as never);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return { ...started[0]!, app, stop: () => app.close() };
};
afterAll(async () => {
  for (const service of started) await service.stop();
  settings.forEach((name, at) => {
    if (before[at] === undefined) delete process.env[name];
    else process.env[name] = before[at];
  });
});

/** How many attempts the address that the service takes for the caller's has left, after one more. */
async function leftAfterAttempt(
  { app }: TestApp,
  peer: string,
  forwardedFor: string | null,
): Promise<number> {
  const answer = await app.inject({
    method: 'POST',
    url: '/sign-in',
    remoteAddress: peer,
    headers: {
      host: 'localhost:3000',
      'sec-fetch-site': 'same-origin',
      origin: 'http://localhost:3000',
      'content-type': 'application/x-www-form-urlencoded',
      ...(forwardedFor === null ? {} : { 'x-forwarded-for': forwardedFor }),
    },
    payload: 'email=nobody%40example.org&password=wrong-wrong',
  });
  const left = /"sign-in-address";r=(\d+)/.exec(String(answer.headers['ratelimit']))?.[1];
  if (left === undefined) throw new Error(`${answer.statusCode}: ${answer.body.slice(0, 300)}`);
  return Number(left);
}

describe('the caller’s address', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await start('http://localhost:3000', '10.0.0.0/8, 2001:db8:7::/64');
  });
  const left = (peer: string, forwardedFor: string | null) =>
    leftAfterAttempt(service, peer, forwardedFor);

  it('is the one that a trusted proxy says, each with limits of its own', async () => {
    expect(await left(PROXY, '198.51.100.1')).toBe(49);
    expect(await left(PROXY, '198.51.100.1')).toBe(48);
    expect(await left(PROXY, '198.51.100.2')).toBe(49);
    expect(await left('::ffff:10.9.9.9', '198.51.100.2')).toBe(48);
    expect(await left('2001:db8:7::1', '198.51.100.2')).toBe(47);
  });

  it('is not what a caller who is no proxy says of it', async () => {
    expect(await left('192.0.2.50', null)).toBe(49);
    expect(await left('192.0.2.50', '198.51.100.3')).toBe(48);
    expect(await left('192.0.2.50', '10.0.0.2, 198.51.100.4')).toBe(47);
    expect(await left('2001:db8:8::1', '198.51.100.3')).toBe(49); // and nobody used theirs up
    expect(await left(PROXY, '198.51.100.3')).toBe(49);
  });

  it('is the last before the proxies, whatever the caller wrote before it', async () => {
    expect(await left(PROXY, '203.0.113.7, 198.51.100.5')).toBe(49);
    expect(await left(PROXY, '203.0.113.8, 198.51.100.5')).toBe(48);
    expect(await left(PROXY, '203.0.113.9, 198.51.100.5, 10.3.3.3')).toBe(47);
    expect(await left(PROXY, '203.0.113.9, nonsense')).toBe(49); // one network for all who have no address
    expect(await left(PROXY, '203.0.113.10, other nonsense')).toBe(48);
  });

  it('is the proxy’s own where it says nothing', async () => {
    expect(await left('10.0.0.77', null)).toBe(49);
    expect(await left('10.0.0.77', '')).toBe(48);
  });
});

describe('where PUBLIC_URL is https', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await start('https://outturn.example', PROXY);
  });
  const ask = (
    url: string,
    { peer = PROXY, proto, ...more }: { peer?: string; proto?: string } & Record<string, unknown>,
  ): Promise<LightMyRequestResponse> =>
    service.app.inject({
      method: 'GET',
      url,
      remoteAddress: peer,
      ...more,
      headers: {
        host: 'outturn.example',
        ...(proto === undefined ? {} : { 'x-forwarded-proto': proto }),
        ...(more['headers'] as object | undefined),
      },
    });
  const codeOf = (answer: LightMyRequestResponse) => [
    answer.statusCode,
    answer.json<{ code: string }>().code,
  ];

  it('a program that came without it is refused and not redirected', async () => {
    const authorization = `Bearer ${service.administrator.key}`;
    for (const [peer, proto] of [
      [PROXY, 'http'],
      [PROXY, undefined],
      [PROXY, 'https, http'],
      ['192.0.2.9', 'https'], // who is no proxy cannot say so
      ['127.0.0.1', undefined],
    ] as const) {
      const answer = await ask('/v1/me', {
        peer,
        ...(proto === undefined ? {} : { proto }),
        headers: { authorization },
      });
      expect([peer, proto, ...codeOf(answer)]).toEqual([peer, proto, 403, 'HTTPS_REQUIRED']);
    }
    const by = await ask('/v1/me', { proto: 'https', headers: { authorization } });
    expect(by.statusCode).toBe(200);
  });

  it('a browser that came without it is led to the page by https, and sends no form', async () => {
    const page = await ask('/sign-in?return=%2Faccount', { proto: 'http' });
    expect([page.statusCode, page.headers['location']]).toEqual([
      308,
      'https://outturn.example/sign-in?return=%2Faccount',
    ]);
    expect(page.headers['set-cookie']).toBeUndefined();
    const form = await ask('/sign-in', { proto: 'http', method: 'POST', payload: 'email=x' });
    expect([form.statusCode, form.headers['location']]).toEqual([403, undefined]);
    expect((await ask('/sign-in', { proto: 'https' })).statusCode).toBe(200);
  });

  it('whoever runs the service asks for its health without', async () => {
    const health = await ask('/health/live', { peer: '172.17.0.1' });
    expect(health.statusCode).toBe(200);
  });
});
