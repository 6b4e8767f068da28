// Accounts at an organisation's own provider, set up by an administrator and linked by a person, all on the pages.
import { v4 } from 'uuid';
import { PROVIDER_RETURN_PATH } from '../../src/access/sign-in/paths.js';
import { PasswordsService } from '../../src/access/sign-in/passwords.service.js';
import { SERVICE } from '../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../src/platform/database/transaction-runner.js';
import { startTestApp, type TestApp } from '../support/harness.js';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  SECRET_NAME,
  signInAtProvider,
  startHonestProvider,
  type ProviderAccount,
  type RunningProvider,
} from '../support/oidc-providers.js';
import { rowsOfOwner } from '../support/owner.js';
import { PersonAtBrowser, signedInAtBrowser } from '../support/sign-in-pages.js';
import { PASSWORD, TestTime } from '../support/sign-in.js';
import { expectAt, WebBrowser, type Visit } from '../support/web-browser.js';

const RETURN_TO = `http://localhost:3000${PROVIDER_RETURN_PATH}`;
const LINK = '/account/identities/new';
const atProvider: ProviderAccount[] = [];
let service: TestApp;
let time: TestTime;
let provider: RunningProvider;

beforeAll(async () => {
  for (const say of ['warn', 'info'] as const)
    jest.spyOn(console, say).mockImplementation(() => undefined);
  process.env[SECRET_NAME] = CLIENT_SECRET;
  service = await startTestApp();
  time = new TestTime(service, new Date().toISOString());
  provider = await startHonestProvider(RETURN_TO, atProvider);
});
afterAll(async () => {
  await service.stop();
  await provider.stop();
  delete process.env[SECRET_NAME];
});

const PATH = '/sign-in-providers/new';
const filled = () => ({
  name: 'The Charity',
  issuer: provider.issuer,
  clientId: CLIENT_ID,
  clientSecretName: SECRET_NAME,
  emailDomains: 'charity.example\nfriends.example',
});

/** Follows the page that leads to the provider, signs in there, and comes back. */
async function through(browser: WebBrowser, going: Visit, subject: string): Promise<Visit> {
  const [, address] = /href="(http:\/\/localhost:\d+\/auth[^"]+)"/.exec(going.page.html)!;
  const back = await signInAtProvider(address!.replaceAll('&amp;', '&'), subject, RETURN_TO);
  return browser.open(back.pathname + back.search, { 'Sec-Fetch-Site': 'cross-site' });
}
async function link(person: PersonAtBrowser, subject: string): Promise<Visit> {
  const form = await person.browser.open(LINK);
  const going = await person.browser.submit(form, LINK, { email: 'ann@charity.example' });
  expect(going.page.heading).toBe('Go on at The Charity');
  return through(person.browser, going, subject);
}
function known(email: string): string {
  const subject = v4();
  atProvider.push({ subject, email, isVerified: true });
  return subject;
}

it('an administrator sets a provider up, who proved lately who they are', async () => {
  const alex = await signedInAtBrowser(service, time, { name: 'Alex', isAdministrator: true });
  const list = expectAt(await alex.browser.open('/sign-in-providers'), '/sign-in-providers');
  const form = await alex.browser.open(list.page.link('Add a sign-in provider'));
  const empty = await alex.browser.submit(form, PATH);
  expect(Object.keys(empty.page.errors)).toEqual(Object.keys(filled()));
  const plain = { ...filled(), issuer: 'http://council.example' };
  const unsafe = await alex.browser.submit(form, PATH, plain);
  expect([unsafe.status, unsafe.page.errors]).toMatchObject([
    400,
    { form: expect.stringMatching(/^The issuer is the https/) },
  ]);
  time.pass({ minutes: 10 });
  const asked = await alex.browser.submit(form, PATH, filled());
  expect(asked.path).toBe('/confirm-it-is-you?return=%2Fsign-in-providers%2Fnew');
  const again = expectAt(await alex.confirm(asked), PATH);
  const added = await alex.browser.submit(again, PATH, filled());
  expect(added.page.notice).toBe('The sign-in provider is added.');
  expect(added.page.text).toContain('charity.example, friends.example');
  expect(added.page.html).not.toContain(CLIENT_SECRET);
  const taken = await alex.browser.submit(again, PATH, { ...filled(), name: 'Other' });
  expect(taken.page.errors).toHaveProperty('emailDomains');
});

it('a person links their account there, signs in with it, and unlinks it', async () => {
  const ann = await signedInAtBrowser(service, time);
  const none = await ann.browser.open('/account');
  expect(none.page.text).toContain('None is linked.');
  const form = await ann.browser.open(none.page.link('Link your organisation’s account'));
  const nowhere = await ann.browser.submit(form, LINK, { email: 'ann@elsewhere.example' });
  expect(nowhere.page.errors).toHaveProperty('email');
  time.pass({ minutes: 10 });
  const asked = await ann.browser.submit(form, LINK, { email: 'ann@charity.example' });
  expect(asked.path).toBe('/confirm-it-is-you?return=%2Faccount%2Fidentities%2Fnew');
  expectAt(await ann.confirm(asked), LINK);
  const subject = known('ann.archer@charity.example');
  const linked = await link(ann, subject);
  expect([linked.path, linked.page.notice]).toEqual([
    '/account?done=identity-linked',
    'Your organisation’s account is linked. You can sign in with it.',
  ]);

  const elsewhere = new WebBrowser(service.app);
  const start = '/sign-in/organisation';
  const signIn = async () => {
    const page = await elsewhere.open(start);
    return elsewhere.submit(page, start, { email: 'ann.archer@charity.example' });
  };
  expect((await through(elsewhere, await signIn(), subject)).path).toBe('/sign-in/code');

  time.pass({ minutes: 10 });
  const removal = await ann.browser.open(linked.page.link('Unlink (The Charity)'));
  const first = await ann.browser.submit(removal, removal.path);
  expect(first.path).toContain('/confirm-it-is-you?return=%2Faccount%2Fidentities%2F');
  const back = await ann.confirm(first);
  const done = await ann.browser.submit(back, removal.path);
  expect(done.page.notice).toBe('Your organisation’s account is not linked any more.');
  expect(done.page.text).toContain('None is linked.');
  const late = await through(elsewhere, await signIn(), subject);
  expect([late.status, late.page.errors]).toMatchObject([
    400,
    { form: expect.stringMatching(/^You have no account here yet/) },
  ]);
});

it('an identity that is the only way in stays linked until there is another', async () => {
  const email = 'only@charity.example';
  const { body } = await service.administrator
    .post('/v1/people', { email, name: 'Only' })
    .expect(201);
  const subject = known(email);
  const only = new PersonAtBrowser(new WebBrowser(service.app), time, body.id as string, email);
  const start = '/sign-in/organisation';
  const signIn = async () => {
    time.pass({ seconds: 30 });
    const page = await only.browser.open(start);
    return through(only.browser, await only.browser.submit(page, start, { email }), subject);
  };
  await only.enrolAt(expectAt(await signIn(), '/sign-in/second-factor'));
  const account = await only.browser.open('/account');
  const removal = await only.browser.open(account.page.link('Unlink (The Charity)'));
  const refused = await only.browser.submit(removal, removal.path);
  expect([refused.status, refused.page.heading, refused.page.errors]).toMatchObject([
    400,
    'Unlink your organisation’s account',
    { form: expect.stringMatching(/only way to sign in.*Add a passkey.*choose a password/) },
  ]);
  await only.signOut();
  const asked = expectAt(await signIn(), '/sign-in/code'); // nobody is locked out
  expectAt(await only.browser.submit(asked, '/sign-in/code', { code: only.code() }), '/');

  const { token } = await service
    .get(TransactionRunner)
    .run(SERVICE.operator, (tx) =>
      service.get(PasswordsService).issueInvitation(tx, null, only.id),
    );
  const page = `/set-password/${token}`;
  await only.browser.submit(await only.browser.open(page), page, { next: PASSWORD });
  await only.signIn();
  const done = await only.browser.submit(await only.browser.open(removal.path), removal.path);
  expect(done.page.notice).toBe('Your organisation’s account is not linked any more.');
  await only.signOut();
  expectAt(await only.signIn(), '/');
});

it('an account of somebody else is not linked, and the two are known as one human', async () => {
  const [ann, bob] = [
    await signedInAtBrowser(service, time),
    await signedInAtBrowser(service, time, { name: 'Bob' }),
  ];
  const subject = known('shared@charity.example');
  await link(ann, subject);
  const refused = await link(bob, subject);
  expect([refused.status, refused.page.heading, refused.page.errors]).toMatchObject([
    400,
    'Link your organisation’s account',
    { form: expect.stringMatching(/belongs to another account here/) },
  ]);
  const humans = await rowsOfOwner<{ n: number }>(
    'select count(distinct human_id)::int as n from person where id = any($1)',
    [[ann.id, bob.id]],
  );
  expect(humans).toEqual([{ n: 1 }]);
});

it('an identity of somebody else, and the pages of providers, are not there for others', async () => {
  const [ann, bob] = [
    await signedInAtBrowser(service, time),
    await signedInAtBrowser(service, time, { name: 'Bob' }),
  ];
  const linked = await link(ann, known('own@charity.example'));
  const removal = linked.page.link('Unlink (The Charity)');
  expect((await bob.browser.openOnly(removal)).status).toBe(404);
  expect((await bob.browser.postOnly(removal, {})).status).toBe(404);
  for (const path of ['/sign-in-providers', PATH])
    expect([path, (await bob.browser.openOnly(path)).status]).toEqual([path, 403]);
  expect((await bob.browser.postOnly(PATH, filled())).status).toBe(403);
});

it('an administrator removes a provider, and nobody signs in there any more', async () => {
  const alex = await signedInAtBrowser(service, time, { name: 'Alex', isAdministrator: true });
  const list = await alex.browser.open('/sign-in-providers');
  const removal = await alex.browser.open(list.page.link('Remove (The Charity)'));
  const done = await alex.browser.submit(removal, removal.path);
  expect(done.page.text).toContain('There is none yet');
  expect((await alex.browser.openOnly(removal.path)).status).toBe(404);
  const start = '/sign-in/organisation';
  const page = await new WebBrowser(service.app).open(start);
  const email = 'ann@charity.example';
  const asked = await new WebBrowser(service.app).submit(page, start, { email });
  expect(asked.page.errors).toHaveProperty('email');
});
