// The pages in a real browser: with and without JavaScript, by keyboard alone, at two widths, with axe on every one.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { freePort } from '../support/free-port.js';
import { aContract, startTestApp, type TestApp } from '../support/harness.js';
import { rowsOfOwner } from '../support/owner.js';
import { atBrowser, signedInAtBrowser, type PersonAtBrowser } from '../support/sign-in-pages.js';
import { PASSWORD, TestTime } from '../support/sign-in.js';
import { barriersOn, Complaints, isTooWide, startChromium, WIDTHS } from './chromium.js';

let service: TestApp;
let time: TestTime;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  process.env['PUBLIC_URL'] = origin;
  service = await startTestApp();
  time = new TestTime(service, new Date().toISOString());
  await service.app.listen({ host: '127.0.0.1', port });
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

const contexts: BrowserContext[] = [];
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
});

async function open(options: { javaScriptEnabled?: boolean; width?: number } = {}) {
  const { javaScriptEnabled = true, width = WIDTHS.desk } = options;
  const context = await browser.newContext({
    baseURL: origin,
    javaScriptEnabled,
    viewport: { width, height: 800 },
  });
  contexts.push(context);
  return { context, page: await context.newPage(), complaints: new Complaints(context) };
}

const heading = (page: Page) => page.locator('h1').innerText();

/** Signs in with an account that has its authenticator. */
async function signIn(page: Page, person: PersonAtBrowser): Promise<void> {
  time.pass({ seconds: 30 });
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Code').fill(person.code());
  await page.getByRole('button', { name: 'Continue' }).click();
}

describe.each([true, false])('with JavaScript %s', (javaScriptEnabled) => {
  it('somebody who was invited adds an authenticator, signs out and in again', async () => {
    const ann = await atBrowser(service, time);
    const { page, complaints } = await open({ javaScriptEnabled });
    await page.goto('/');
    await page.getByLabel('E-mail address').fill(ann.email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'Authenticator app' }).click();
    await page.getByLabel('A name for it').fill('phone');
    await page.getByRole('button', { name: 'Continue' }).click();
    ann.secret = (await page.locator('.outturn-code').innerText()).replaceAll(' ', '');
    await page.getByLabel('Code that the app shows').fill('000000');
    await page.getByRole('button', { name: 'Add this app' }).click();
    expect(await page.title()).toMatch(/^Error: /);
    await page.getByLabel('Code that the app shows').fill(ann.code());
    await page.getByRole('button', { name: 'Add this app' }).click();
    expect(await page.locator('.outturn-codes li').count()).toBe(10);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    expect(await heading(page)).toBe('Your contracts');
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await heading(page)).toBe('Sign in');
    await signIn(page, ann);
    expect(await heading(page)).toBe('Your contracts');
    expect(complaints.all).toEqual([]);
  });
});

it('by keyboard alone: past the frame, through the form, to the error and back to its field', async () => {
  const { page, complaints } = await open();
  await page.goto('/sign-in');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe(
    'Skip to main content',
  );
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.id')).toBe('email');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/sign-in');
  await page.locator('.govuk-error-summary').waitFor();
  expect(await page.title()).toBe('Error: Sign in – Outturn');
  expect(await page.evaluate('document.activeElement.className')).toContain('govuk-error-summary');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('email');
  expect(complaints.all).toEqual([]);
});

it('a passkey takes the place of password and code', async () => {
  const ann = await signedInAtBrowser(service, time);
  const { context, page, complaints } = await open();
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await signIn(page, ann);
  await page.goto('/account/passkey');
  await page.getByLabel('A name for it').fill('laptop');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('Your second factor is added.').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(`${origin}/`);
  expect(await heading(page)).toBe('Your contracts');
  time.pass({ minutes: 10 });
  await page.goto('/account/recovery-codes');
  await page.getByRole('button', { name: 'Make new codes' }).click();
  expect(await heading(page)).toBe('Confirm that it is you');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL('**/account/recovery-codes');
  expect(complaints.all).toEqual([]);
});

describe.each(Object.entries(WIDTHS))('on a %s', (_, width) => {
  /** Every page has one h1, no barrier that axe finds, and is read without moving it sideways. */
  async function look(page: Page, path: string): Promise<void> {
    await page.goto(path);
    const found = [await page.locator('h1').count(), await barriersOn(page), await isTooWide(page)];
    expect([path, ...found]).toEqual([path, 1, [], false]);
  }

  it('the pages before signing in have no barriers', async () => {
    const { page, complaints } = await open({ width });
    const paths = ['/sign-in', '/sign-in/organisation', '/forgotten-password'];
    const others = ['/forgotten-password/sent', '/accessibility', '/privacy', '/no/such/page'];
    for (const path of [...paths, ...others]) await look(page, path);
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    expect(await barriersOn(page)).toEqual([]);
    expect(complaints.all).toEqual([]);
  });

  it('the pages of the second factor have no barriers', async () => {
    const ann = await signedInAtBrowser(service, time);
    const bob = await atBrowser(service, time);
    const { page, complaints } = await open({ width });
    const first = async ({ email }: PersonAtBrowser) => {
      await page.goto('/sign-in');
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    };
    await first(ann);
    for (const path of ['/sign-in/code', '/sign-in/recovery-code']) await look(page, path);
    await first(bob);
    const paths = ['', '/authenticator', '/passkey'];
    for (const path of paths) await look(page, `/sign-in/second-factor${path}`);
    await page.goto('/sign-in/second-factor/authenticator');
    await page.getByLabel('A name for it').fill('phone');
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(await barriersOn(page)).toEqual([]);
    bob.secret = (await page.locator('.outturn-code').innerText()).replaceAll(' ', '');
    await page.getByLabel('Code that the app shows').fill(bob.code());
    await page.getByRole('button', { name: 'Add this app' }).click();
    expect([await barriersOn(page), await isTooWide(page)]).toEqual([[], false]);
    expect(complaints.all).toEqual([]);
  });

  it('the pages of an account and of administrators have no barriers', async () => {
    const alex = await signedInAtBrowser(service, time, { name: 'Alex', isAdministrator: true });
    const code = `seen-at-${width}`;
    await aContract().withTerms({ code }).in(service);
    const { page, complaints } = await open({ width });
    await signIn(page, alex);
    const account = ['', '/password', '/authenticator', '/passkey', '/recovery-codes', '/sessions'];
    for (const path of account) await look(page, `/account${path}`);
    await page.goto('/account');
    await look(page, (await page.getByRole('link', { name: /^Remove/ }).getAttribute('href'))!);
    const people = ['', '/new', `/${alex.id}`, `/${alex.id}/second-factors/reset`];
    for (const path of people) await look(page, `/people${path}`);
    const members = `/contracts/${code}/people`;
    for (const path of ['/', '/confirm-it-is-you', members, `${members}/new`])
      await look(page, path);
    await page.goto(members);
    const end = page.getByRole('link', { name: /^End the role/ }).first();
    await look(page, (await end.getAttribute('href'))!);
    expect(complaints.all).toEqual([]);
  });

  it('the pages of organisations have no barriers', async () => {
    const alex = await signedInAtBrowser(service, time, { name: 'Alex', isAdministrator: true });
    const ann = await signedInAtBrowser(service, time);
    const { organisation, code } = await anOrganisationOf(ann, `organised-at-${width}`);
    const { page, complaints } = await open({ width });
    await signIn(page, alex);
    for (const path of ['/organisations', '/organisations/new']) await look(page, path);
    const person = `/people/${ann.id}`;
    const rest = ['', '/parties/new', '/people/new', person, `${person}/end`, '/roles/new'];
    for (const path of rest) await look(page, organisation + path);
    await look(page, `${organisation}${person}/invitation/withdraw`);
    await look(page, `${organisation}/roles/${code}/${ann.id}/provider/end`);
    await look(page, `${organisation}/access-review`);
    await page.getByRole('button', { name: 'Record the review' }).click();
    expect(await page.title()).toMatch(/^Error: /);
    expect([await barriersOn(page), await isTooWide(page)]).toEqual([[], false]);
    // a message of the summary leads to the row that it is about
    await page.locator('.govuk-error-summary a').first().click();
    expect(await page.evaluate('document.activeElement.type')).toBe('radio');
    await page.getByRole('radio', { name: 'Keep' }).first().check();
    for (const each of await page.getByRole('radio', { name: 'Keep' }).all()) await each.check();
    await page.getByRole('button', { name: 'Record the review' }).click();
    await page.getByText('The review is recorded.').waitFor();
    expect([await barriersOn(page), await isTooWide(page)]).toEqual([[], false]);
    expect(complaints.all).toEqual([]);
  });

  it('the pages of organisations’ own sign-in have no barriers', async () => {
    const alex = await signedInAtBrowser(service, time, { name: 'Alex', isAdministrator: true });
    const { page, complaints } = await open({ width });
    await signIn(page, alex);
    for (const path of ['/sign-in-providers', '/sign-in-providers/new']) await look(page, path);
    await page.getByRole('button', { name: 'Add the provider' }).click();
    expect([await barriersOn(page), await isTooWide(page)]).toEqual([[], false]);
    const domain = `council-${width}.example`;
    await page.getByLabel('Organisation', { exact: true }).fill('Worcestershire County Council');
    await page.getByLabel('Address of the provider (issuer)').fill('https://login.council.example');
    await page.getByLabel('Client id').fill('outturn');
    await page.getByLabel('Where the client secret is').fill('OIDC_SECRET_COUNCIL');
    await page.getByLabel('E-mail domains').fill(domain);
    await page.getByRole('button', { name: 'Add the provider' }).click();
    await page.getByText('The sign-in provider is added.').waitFor();
    expect([await barriersOn(page), await isTooWide(page)]).toEqual([[], false]);
    const remove = page.getByRole('link', { name: /^Remove/ }).first();
    await look(page, (await remove.getAttribute('href'))!);
    await look(page, '/account/identities/new');
    await linkedIdentityOf(alex);
    await look(page, '/account');
    const unlink = page.getByRole('link', { name: /^Unlink/ });
    await look(page, (await unlink.getAttribute('href'))!);
    await page.getByRole('button', { name: 'Unlink it' }).click();
    await page.getByText('None is linked.').waitFor();
    await linkedIdentityOf(alex);
    await rowsOfOwner('delete from person_password where person_id = $1', [alex.id]);
    await page.goto('/account');
    await unlink.click();
    await page.getByRole('button', { name: 'Unlink it' }).click();
    await page.getByText('This is your only way to sign in.').first().waitFor();
    expect([await barriersOn(page), await isTooWide(page)]).toEqual([[], false]);
    expect(complaints.all).toEqual([]);
  });
});

/** An organisation with somebody who has a role, somebody who is invited, and a party of a contract. */
async function anOrganisationOf(ann: PersonAtBrowser, code: string) {
  const { administrator } = service;
  await aContract().withTerms({ code }).asDraft().in(service);
  const name = `Age Friends of ${code}`;
  const { body } = await administrator.post('/v1/organisations', { name }).expect(201);
  const organisationId = body.id as string;
  const add = (email: string, called: string, isManager = false) =>
    administrator
      .post(`/v1/organisations/${organisationId}/people`, { email, name: called, isManager })
      .expect(201);
  for (const cast of ['provider', 'officer']) await add(`${cast}@${code}.example`, cast);
  await add(ann.email, 'Ann Archer', true);
  await add(`somebody.with.a.rather.long.address@${code}.example`, 'Somebody With A Long Name');
  const party = `/v1/contracts/${code}/parties/charity/organisation`;
  await administrator.put(party, { organisationId }).expect(204);
  const role = { email: ann.email, party: 'charity', role: 'provider' };
  await administrator.post(`/v1/contracts/${code}/members`, role).expect(201);
  return { organisation: `/organisations/${organisationId}`, code };
}

/** As linking leaves it behind; the visit at a provider is gone through in the journeys. */
async function linkedIdentityOf({ id }: PersonAtBrowser): Promise<void> {
  await rowsOfOwner(
    `insert into provider_identity (id, person_id, provider_id, issuer, subject, linked_at)
     select gen_random_uuid(), $1::uuid, p.id, p.issuer, $1::uuid::text, now() from sign_in_provider p limit 1`,
    [id],
  );
}
