import { startTestApp, type TestApp } from '../support/harness.js';
import { signedInAtBrowser } from '../support/sign-in-pages.js';
import { PASSWORD, TestTime } from '../support/sign-in.js';
import { expectAt, WebBrowser } from '../support/web-browser.js';

let service: TestApp;
let time: TestTime;
beforeAll(async () => {
  service = await startTestApp();
  time = new TestTime(service);
});
afterAll(() => service.stop());

describe('an account', () => {
  it('shows its factors and codes, and changes the password', async () => {
    const ann = await signedInAtBrowser(service, time);
    const account = expectAt(await ann.browser.open('/account'), '/account');
    expect(account.page.text).toContain('phone');
    expect(account.page.text).toContain('10 of 10 left');
    const form = await ann.browser.open('/account/password');
    const next = 'harbour nineteen violet kettle';
    const wrong = await ann.browser.submit(form, '/account/password', { present: 'x', next });
    expect(wrong.page.errors).toEqual({ present: 'This is not your password' });
    const done = await ann.browser.submit(form, '/account/password', { present: PASSWORD, next });
    expect(done.page.notice).toBe(
      'Your password is changed. Every other session of yours has ended.',
    );
  });

  it('asks again who it is before a factor changes, and goes on where it was', async () => {
    const ann = await signedInAtBrowser(service, time);
    time.pass({ minutes: 10 });
    const path = '/account/authenticator';
    const naming = await ann.browser.open(path);
    const asked = await ann.browser.submit(naming, path, { label: 'tablet' });
    expect(asked.path).toBe('/confirm-it-is-you?return=%2Faccount%2Fauthenticator');
    const wrong = await ann.browser.submit(asked, '/confirm-it-is-you', {
      password: PASSWORD,
      code: '000000',
    });
    expect([wrong.status, Object.keys(wrong.page.errors)]).toEqual([400, ['code']]);
    const back = expectAt(await ann.confirm(asked), path);
    const offer = await ann.browser.submit(back, path, { label: 'tablet' });
    const secret = offer.page.codes[0]!.replaceAll(' ', '');
    const again = await ann.browser.submit(offer, path, { code: '000000' });
    expect(again.page.html).not.toContain(secret);
    const added = await ann.browser.submit(again, path, { code: ann.code(secret) });
    expect([added.path, added.page.notice]).toEqual([
      '/account?done=factor-added',
      'Your second factor is added.',
    ]);
    const removal = await ann.browser.open(added.page.link('Remove (tablet)'));
    const removed = await ann.browser.submit(removal, removal.path);
    expect(removed.page.text).not.toContain('tablet');
    const last = await ann.browser.open(removed.page.link('Remove (phone)'));
    const refused = await ann.browser.submit(last, last.path);
    expect(refused.page.errors).toHaveProperty('form');
  });

  it('makes new recovery codes, which are shown once', async () => {
    const ann = await signedInAtBrowser(service, time);
    const page = await ann.browser.open('/account/recovery-codes');
    const made = await ann.browser.submit(page, '/account/recovery-codes');
    expect(made.page.codes).toHaveLength(10);
    expect(made.page.codes).not.toEqual(ann.recoveryCodes);
    const later = await ann.browser.open('/account/recovery-codes');
    expect(later.page.codes).toEqual([]);
  });

  it('ends another session, and all others', async () => {
    const ann = await signedInAtBrowser(service, time);
    const elsewhere = new WebBrowser(service.app);
    const there = Object.assign(Object.create(Object.getPrototypeOf(ann)) as typeof ann, ann, {
      browser: elsewhere,
    });
    expectAt(await there.signIn(), '/');
    const list = await ann.browser.open('/account/sessions');
    const [, end] = /action="(\/account\/sessions\/[0-9a-f-]{36}\/end)"/.exec(list.page.html)!;
    const ended = await ann.browser.submit(list, end!);
    expect(ended.page.notice).toBe('The session has ended.');
    expect((await elsewhere.open('/account')).path).toContain('/sign-in');
    expectAt(await there.signIn(), '/');
    const both = await ann.browser.open('/account/sessions');
    await ann.browser.submit(both, '/account/sessions/end-others');
    expect((await elsewhere.open('/account')).path).toContain('/sign-in');
    expectAt(await ann.browser.open('/account'), '/account');
  });
});
