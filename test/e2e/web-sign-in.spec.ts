import { LETTERS, type Letter, type Letters } from '../../src/platform/letters/letters.js';
import { startTestApp, waitUntil, type TestApp } from '../support/harness.js';
import { atBrowser, signedInAtBrowser } from '../support/sign-in-pages.js';
import { TestTime } from '../support/sign-in.js';
import { expectAt, WebBrowser } from '../support/web-browser.js';

let service: TestApp;
let time: TestTime;
beforeAll(async () => {
  service = await startTestApp();
  time = new TestTime(service);
});
afterAll(() => service.stop());

describe('somebody who was invited', () => {
  it('signs in, must add a second factor, keeps the codes, and is at the contracts', async () => {
    const ann = await atBrowser(service, time);
    const codes = await ann.enrol();
    expect(codes.page.heading).toBe('Keep your recovery codes');
    expect(ann.recoveryCodes).toHaveLength(10);
    const home = expectAt(await ann.browser.open(codes.page.link('I have kept them')), '/');
    expect(home.page.heading).toBe('Your contracts');
    expect(home.headers['cache-control']).toBe('no-store');
  });

  it('gets nowhere before the second factor is there', async () => {
    const ann = await atBrowser(service, time);
    await ann.password();
    for (const path of ['/', '/account', '/people', '/account/sessions'])
      expect((await ann.browser.open(path)).path).toMatch(/^\/sign-in\?return=|^\/sign-in$/);
  });
});

describe('somebody with an account', () => {
  it('goes on where they were going, with password and code', async () => {
    const ann = await signedInAtBrowser(service, time);
    await ann.signOut();
    const asked = await ann.browser.open('/account/sessions');
    expect(asked.path).toBe('/sign-in?return=%2Faccount%2Fsessions');
    const sessions = await ann.signIn(asked.path);
    expectAt(sessions, '/account/sessions');
    expect(sessions.page.text).toContain('Firefox on Windows');
  });

  it('is told what is missing, in the order of the page, with the title saying so', async () => {
    const browser = new WebBrowser(service.app);
    const again = await browser.submit(await browser.open('/sign-in'), '/sign-in');
    expect(again.status).toBe(400);
    expect(again.page.title).toBe('Error: Sign in – Outturn');
    expect(again.page.errors).toEqual({
      email: 'Enter your e-mail address',
      password: 'Enter your password',
    });
  });

  it('cannot be told from nobody by a wrong password, and never sees it again on the page', async () => {
    const ann = await signedInAtBrowser(service, time);
    const stranger = new WebBrowser(service.app);
    const attempt = async (email: string) =>
      stranger.submit(await stranger.open('/sign-in'), '/sign-in', { email, password: 'hunter22' });
    const [known, unknown] = [await attempt(ann.email), await attempt('nobody@charity.example')];
    expect(known.status).toBe(400);
    expect(known.page.errors).toEqual({
      email: 'The e-mail address or the password is not right. Check both and try again.',
    });
    expect(unknown.page.errors).toEqual(known.page.errors);
    expect(known.page.html).not.toContain('hunter22');
    expect(known.headers).toHaveProperty('ratelimit');
  });

  it('enters a wrong code, then a recovery code, once', async () => {
    const ann = await signedInAtBrowser(service, time);
    await ann.signOut();
    time.pass({ seconds: 30 });
    const asked = await ann.password();
    const wrong = await ann.browser.submit(asked, '/sign-in/code', { code: '000000' });
    expect([wrong.status, Object.keys(wrong.page.errors)]).toEqual([400, ['code']]);
    const [code] = ann.recoveryCodes;
    const recover = async () => {
      const page = await ann.browser.open('/sign-in/recovery-code');
      return ann.browser.submit(page, '/sign-in/recovery-code', { code: code!.toUpperCase() });
    };
    expectAt(await recover(), '/');
    await ann.signOut();
    await ann.password();
    expect((await recover()).status).toBe(400);
  });

  it('is signed out on the server, too', async () => {
    const ann = await signedInAtBrowser(service, time);
    const kept = new Map(ann.browser.cookies);
    const out = await ann.signOut();
    expect([out.path, out.page.notice]).toEqual([
      '/sign-in?done=signed-out',
      'You have signed out.',
    ]);
    expect([...ann.browser.cookies.keys()]).toEqual(['outturn-form']);
    for (const [name, value] of kept) ann.browser.cookies.set(name, value);
    expect((await ann.browser.open('/account')).path).toBe('/sign-in?return=%2Faccount');
  });

  it('forgets the password and chooses another by the link that is sent', async () => {
    const ann = await signedInAtBrowser(service, time);
    const letters: Letter[] = [];
    const post: { send: Letters['send'] } = service.get<Letters>(LETTERS);
    post.send = async (_, letter) => void letters.push(letter);
    const browser = new WebBrowser(service.app);
    const ask = async (email: string) => {
      const page = await browser.open('/forgotten-password');
      return browser.submit(page, '/forgotten-password', { email });
    };
    const sent = expectAt(await ask(ann.email), '/forgotten-password/sent');
    expect((await ask('nobody@charity.example')).page.text).toBe(sent.page.text);
    expect((await ask('not an address')).page.errors).toHaveProperty('email');

    const letter = await waitUntil('a letter is sent', async () => letters[0] ?? null);
    expect([letters.length, letter.to]).toEqual([1, ann.email]);
    const link = new URL(/http\S+/.exec(letter.text)![0]).pathname;
    const weak = await browser.submit(await browser.open(link), link, { next: 'password' });
    expect([weak.status, Object.keys(weak.page.errors)]).toEqual([400, ['next']]);
    const set = await browser.submit(weak, link, { next: 'harbour nineteen violet kettle' });
    expect(set.page.notice).toBe('Your password is set. Sign in with it.');
    expect((await ann.browser.open('/account')).path).toBe('/sign-in?return=%2Faccount');
    expect((await browser.open(link)).status).toBe(404);
  });
});

describe('what the pages ask of a browser', () => {
  it('no script, style or frame of anybody else, and none inside a page', async () => {
    const { headers, page } = await new WebBrowser(service.app).open('/sign-in');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('strict-transport-security'); // over HTTP it would say nothing
    expect(page.html).not.toMatch(/<script(?![^>]* src=)|<style| style=| on[a-z]+="/i);
    expect(page.html).toMatch(/<html lang="en"/);
  });

  it('files whose address says their content, to be kept for ever', async () => {
    const browser = new WebBrowser(service.app);
    const { page } = await browser.open('/sign-in');
    const address = /href="(\/assets\/[0-9a-f]{16}\/outturn\.css)"/.exec(page.html)![1]!;
    const css = await browser.openOnly(address);
    expect(css.status).toBe(200);
    expect(css.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(css.text).not.toMatch(/GDS Transport|crown|crest/i);
    for (const path of ['/assets/', '/assets/../package.json', '/assets/%2e%2e/manifest.json'])
      expect((await browser.openOnly(path)).status).toBe(404);
  });

  it('cookies that only this host can set and only this server can read', async () => {
    const ann = await signedInAtBrowser(service, time);
    for (const cookie of ann.browser.setCookies) {
      expect(cookie).toMatch(/; Path=\/;?/);
      expect(cookie).toMatch(/HttpOnly/);
      expect(cookie).toMatch(/SameSite=Lax/);
      expect(cookie).not.toMatch(/Domain/i);
    }
  });
});
