// The service as it is reached in production: its public address is https, and a proxy before it ends the encryption.
import { startTestApp, type TestApp } from '../support/harness.js';
import { signedInAtBrowser, type PersonAtBrowser } from '../support/sign-in-pages.js';
import { TestTime } from '../support/sign-in.js';
import { expectAt, WebBrowser } from '../support/web-browser.js';

const ADDRESS = 'https://outturn.example';
let service: TestApp;
let time: TestTime;
let ann: PersonAtBrowser;

beforeAll(async () => {
  process.env['PUBLIC_URL'] = ADDRESS;
  service = await startTestApp();
  time = new TestTime(service);
  ann = await signedInAtBrowser(service, time);
});
afterAll(async () => {
  await service.stop();
  delete process.env['PUBLIC_URL'];
});

describe('over HTTPS', () => {
  it('every cookie is named for this host alone, and goes over encrypted connections only', async () => {
    const { setCookies } = ann.browser;
    const names = new Set(setCookies.map((cookie) => cookie.slice(0, cookie.indexOf('='))));
    expect([...names].sort()).toEqual(['__Host-outturn-form', '__Host-outturn-session']);
    for (const cookie of setCookies) {
      expect(cookie).toMatch(/; Secure(;|$)/);
      expect(cookie).toMatch(/; HttpOnly(;|$)/);
      expect(cookie).toMatch(/; SameSite=Lax(;|$)/);
      expect(cookie).toMatch(/; Path=\/(;|$)/);
      expect(cookie).not.toMatch(/Domain/i);
    }
  });

  it('a session under a name that another host could set opens nothing', async () => {
    const token = ann.browser.cookies.get('__Host-outturn-session')!;
    const with_ = (Cookie: string) => ann.browser.openOnly('/account', { Cookie });
    expect((await with_(`__Host-outturn-session=${token}`)).status).toBe(200);
    for (const name of ['outturn-session', '__Secure-outturn-session', '__host-outturn-session'])
      expect([name, (await with_(`${name}=${token}`)).status]).toEqual([name, 303]);
  });

  it('every answer has the browser come by HTTPS only, for a year and under every name beneath', async () => {
    const browser = new WebBrowser(service.app);
    const asset = /href="(\/assets\/[^"]+\.css)"/.exec((await browser.open('/sign-in')).page.html)!;
    for (const path of [
      '/sign-in',
      '/account',
      '/no/such/page',
      '/v1/me',
      '/health/live',
      asset[1]!,
    ]) {
      const { headers } = await browser.openOnly(path);
      expect([path, headers['strict-transport-security']]).toEqual([
        path,
        'max-age=31536000; includeSubDomains',
      ]);
      expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
    }
  });

  it('a form of the same host without encryption is a form of another site', async () => {
    const plain = { 'Sec-Fetch-Site': null, Origin: 'http://outturn.example' };
    const answer = await ann.browser.postOnly('/account/sessions/end-others', {}, plain);
    expect(answer.status).toBe(403);
  });

  it('signing out ends the cookie and has the browser clear what it keeps', async () => {
    const page = expectAt(await ann.browser.open('/account'), '/account');
    const { fields } = page.page.form('/sign-out');
    const token = ann.browser.cookies.get('__Host-outturn-session')!;
    const answer = await ann.browser.postOnly('/sign-out', fields);
    expect(answer.status).toBe(303);
    expect(answer.headers['clear-site-data']).toBe('"cache", "storage"');
    const ended = (answer.headers['set-cookie'] as unknown as string[]).find((cookie) =>
      cookie.startsWith('__Host-outturn-session=;'),
    );
    expect(ended).toMatch(/Expires=Thu, 01 Jan 1970/);
    expect(ended).toMatch(/; Secure(;|$)/);
    const late = { Cookie: `__Host-outturn-session=${token}` };
    expect((await ann.browser.openOnly('/account', late)).status).toBe(303);
  });
});
