// What somebody tries who means ill, or whose browser is led by another site.
import { startTestApp, type TestApp } from '../support/harness.js';
import { signedInAtBrowser, type PersonAtBrowser } from '../support/sign-in-pages.js';
import { PASSWORD, rowsOf, TestTime } from '../support/sign-in.js';
import { WebBrowser } from '../support/web-browser.js';

let service: TestApp;
let time: TestTime;
let ann: PersonAtBrowser;
beforeAll(async () => {
  service = await startTestApp();
  time = new TestTime(service);
  ann = await signedInAtBrowser(service, time);
});
afterAll(() => service.stop());

const NEW_PASSWORD = { present: PASSWORD, next: 'harbour nineteen violet kettle' };

describe('a form of another site', () => {
  it.each<[what: string, headers: Record<string, string | null>]>([
    ['of another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
    ['of a neighbour', { 'Sec-Fetch-Site': 'same-site', Origin: 'http://localhost:9999' }],
    ['of a sandboxed frame', { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' }],
    ['without an origin that can be named', { 'Sec-Fetch-Site': null, Origin: 'null' }],
    ['whose origin is null though it says it is ours', { Origin: 'null' }],
    ['whose origin only begins as ours', { Origin: 'http://localhost:3000.evil.example' }],
    ['whose scheme is another', { 'Sec-Fetch-Site': null, Origin: 'https://localhost:3000' }],
    ['typed into the address', { 'Sec-Fetch-Site': 'none', Origin: null }],
    ['that says nothing and has no token', { 'Sec-Fetch-Site': null, Origin: null }],
  ])('%s does nothing', async (_, headers) => {
    const answer = await ann.browser.postOnly('/account/password', NEW_PASSWORD, headers);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('Nothing was changed');
  });

  it('cannot sign anybody in either', async () => {
    const browser = new WebBrowser(service.app);
    const form = { email: ann.email, password: PASSWORD };
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' };
    expect((await browser.postOnly('/sign-in', form, headers)).status).toBe(403);
    expect([...browser.cookies.keys()]).toEqual(['outturn-form']);
  });

  const silent = { 'Sec-Fetch-Site': null, Origin: null };

  it('is told from one of ours by the token, in a browser that says nothing', async () => {
    const { fields } = (await ann.browser.open('/account/sessions')).page.form('/sign-out');
    const token = fields['formToken']!;
    const end = '/account/sessions/end-others';
    const post = (formToken: string) => ann.browser.postOnly(end, { formToken }, silent);
    expect((await post(token)).status).toBe(303);
    expect((await post(`${token}x`)).status).toBe(403);
    expect((await post('')).status).toBe(403);
  });

  it('cannot use the token of its own session', async () => {
    const other = await signedInAtBrowser(service, time);
    const { fields } = (await other.browser.open('/account')).page.form('/sign-out');
    const end = '/account/sessions/end-others';
    expect((await ann.browser.postOnly(end, { ...fields }, silent)).status).toBe(403);
  });
});

describe('a door', () => {
  it('for pages takes no key, and the one for keys takes no cookie', async () => {
    const { administrator } = service;
    const key = { Authorization: `Bearer ${administrator.key}` };
    const page = await new WebBrowser(service.app).openOnly('/people', key);
    expect([page.status, page.headers['location']]).toEqual([303, '/sign-in?return=%2Fpeople']);
    expect((await ann.browser.openOnly('/v1/me', { Accept: 'application/json' })).status).toBe(401);
  });

  it('of the interface takes no form, so that no page can send one', async () => {
    const answer = await ann.browser.postOnly('/v1/people', { email: 'x@charity.example' });
    expect(answer.status).toBe(415);
  });

  it('knows its own host only: a cookie of another proves nothing', async () => {
    const there = { Host: 'outturn.evil.example' };
    const read = await ann.browser.openOnly('/account', there);
    expect([read.status, read.headers['location']]).toEqual([303, 'http://localhost:3000/account']);
    const write = await ann.browser.postOnly('/account/password', NEW_PASSWORD, there);
    expect(write.status).toBe(400);
  });

  it('takes a cookie under the right name, whole, and nothing else', async () => {
    const token = ann.browser.cookies.get('outturn-session')!;
    const tries = [
      `__Host-outturn-session=${token}`,
      `outturn-session=${token.slice(0, -1)}`,
      `outturn-session=${token}x`,
      `outturn-session[]=${token}`,
      `outturn-session=${'a'.repeat(43)}`,
      `outturn-session=; outturn-form=${token}`,
    ];
    for (const Cookie of tries)
      expect([Cookie, (await ann.browser.openOnly('/account', { Cookie })).status]).toEqual([
        Cookie,
        303,
      ]);
  });

  it('leads back to this service only', async () => {
    for (const to of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/%09/evil',
      '\t/x',
    ]) {
      const answer = await ann.browser.openOnly(`/sign-in?return=${encodeURIComponent(to)}`);
      expect(answer.status).toBe(303);
      const { host } = new URL(answer.headers['location']!, 'http://localhost:3000');
      expect([to, host]).toEqual([to, 'localhost:3000']);
    }
  });
});

describe('a form', () => {
  const path = '/people/new';
  const person = { email: 'mass@charity.example', name: 'Mass', kind: 'party' };

  it.each<[what: string, body: Record<string, string> | string]>([
    ['with a field that it does not have', { ...person, isAdministrator: 'true' }],
    ['with a list for a text', 'email[]=a@charity.example&name=A&kind=party'],
    ['with a field twice', 'email=a@charity.example&email=b@charity.example&name=A&kind=party'],
    ['with __proto__', '__proto__=x&email=a@charity.example&name=A&kind=party'],
    ['with constructor', 'constructor=x&email=a@charity.example&name=A&kind=party'],
    ['with an object', 'email[to]=a@charity.example&name=A&kind=party'],
    ['in another encoding', 'email=a@charity.example&name=\u00e4&kind=party'],
  ])('%s is refused', async (_, body) => {
    const alex = await signedInAtBrowser(service, time, { isAdministrator: true });
    const answer = await alex.browser.postOnly(path, body);
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    const added = await rowsOf(service, `select 1 from person where email ~ '^(a|b|mass)@'`);
    expect(added).toEqual([]);
  });

  it('of the size of a book, in JSON or as a file is refused as a page', async () => {
    const big = await ann.browser.postOnly('/account/password', `present=${'a'.repeat(3_000_000)}`);
    expect(big.status).toBe(413);
    expect(big.headers['content-type']).toMatch(/^text\/html/);
    const json = await ann.browser.postOnly('/account/password', '{}', {
      'Content-Type': 'text/plain',
    });
    expect(json.status).toBe(415);
  });

  it('cannot say that it is another method', async () => {
    const answer = await ann.browser.postOnly('/account', '_method=DELETE', {
      'X-HTTP-Method-Override': 'DELETE',
    });
    expect(answer.status).toBe(404);
  });
});

describe('an address', () => {
  it.each([
    '/people/undefined',
    '/people/',
    '/people/00000000-0000-0000-0000-00000000000x',
    '/account/second-factors/undefined/remove',
    '/account/second-factors//remove',
    '/account/second-factors/018f0000-0000-7000-8000-000000000000/remove',
    '/contracts/none/people',
    '/contracts//people',
    '/set-password/none',
    '/no/such/page',
    '/%ff',
    '/?after=%00',
    '/?after=x&after=y',
    '/account?done=__proto__',
    '/account?done[]=x',
    '/sign-in?return=a&return=b',
  ])('%s is answered with a page, and never with an error of ours', async (path) => {
    const answer = await ann.browser.openOnly(path);
    expect(answer.status).toBeLessThan(500);
    if (answer.status !== 303) expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.text).not.toMatch(/at .*\.(ts|js):\d+/);
  });

  it('of somebody else’s session or factor is not there', async () => {
    const other = await signedInAtBrowser(service, time);
    const account = await other.browser.open('/account');
    const removal = account.page.link('Remove (phone)');
    expect((await ann.browser.openOnly(removal)).status).toBe(404);
    expect((await ann.browser.postOnly(removal, {})).status).toBe(404);
    const [session] = await rowsOf<{ id: string }>(
      service,
      'select id from browser_session where person_id = $1 limit 1',
      [other.id],
    );
    expect((await ann.browser.postOnly(`/account/sessions/${session!.id}/end`, {})).status).toBe(
      404,
    );
    expect((await other.browser.open('/account')).status).toBe(200);
  });

  it('that is not there is a page for a browser and a problem for a program', async () => {
    const page = await ann.browser.open('/no/such/page');
    expect([page.status, page.page.heading]).toEqual([404, 'Page not found']);
    const problem = await ann.browser.openOnly('/v1/none');
    expect(problem.headers['content-type']).toMatch(/problem\+json/);
  });
});

it('a sign-in attempted too often says when to come back', async () => {
  const browser = new WebBrowser(service.app);
  const form = { email: 'target@charity.example', password: 'wrong wrong wrong' };
  let last = await browser.postOnly('/sign-in', form);
  for (let times = 0; last.status === 400 && times < 200; times += 1)
    last = await browser.postOnly('/sign-in', form);
  expect(last.status).toBe(429);
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
  expect(last.headers).toHaveProperty('ratelimit-policy');
});
