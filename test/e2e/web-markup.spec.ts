import { ProviderSettingsService } from '../../src/access/sign-in/provider-settings.service.js';
import { TransactionRunner } from '../../src/platform/database/transaction-runner.js';
import { aContract, startTestApp, trialTerms, type TestApp } from '../support/harness.js';
import { Crawler, MARKUP, markupIn, pageTemplates } from '../support/page-crawler.js';
import { administratorOf, TestTime } from '../support/sign-in.js';
import { atBrowser, type PersonAtBrowser, signedInAtBrowser } from '../support/sign-in-pages.js';
import { WebBrowser } from '../support/web-browser.js';

let service: TestApp;
let time: TestTime;
let alex: PersonAtBrowser;
let ann: PersonAtBrowser;
const CODE = 'marked-up';

/** Markup is the name of everybody and of everything that a page could show. */
beforeAll(async () => {
  service = await startTestApp();
  time = new TestTime(service);
  alex = await signedInAtBrowser(service, time, { name: MARKUP, isAdministrator: true });
  ann = await signedInAtBrowser(service, time, { name: MARKUP });
  const { administrator } = service;
  const parties = trialTerms().parties.map((party) => ({ ...party, name: MARKUP }));
  await aContract().withTerms({ code: CODE, title: MARKUP, parties }).in(service);
  const provider = parties.find(({ role }) => role === 'provider')!;
  await administrator
    .post(`/v1/contracts/${CODE}/members`, {
      email: ann.email,
      party: provider.id,
      role: 'provider',
    })
    .expect(201);
  const { body } = await administrator.post('/v1/organisations', { name: MARKUP }).expect(201);
  await administrator
    .post(`/v1/organisations/${body.id}/people`, {
      email: ann.email,
      name: MARKUP,
      isManager: true,
    })
    .expect(201);
  const actor = await administratorOf(service);
  await service.get(TransactionRunner).run(actor, (tx) =>
    service.get(ProviderSettingsService).add(tx, actor, {
      name: MARKUP.slice(0, 100),
      issuer: 'https://login.council.example',
      clientId: '"><zqx>',
      clientSecretName: 'OIDC_SECRET_TEST',
      emailDomains: ['council.example'],
    }),
  );
  const path = '/account/authenticator';
  const naming = await ann.browser.open(path);
  const offer = await ann.browser.submit(naming, path, { label: MARKUP.slice(0, 60) });
  const code = ann.code(offer.page.codes[0]!.replaceAll(' ', ''));
  await ann.browser.submit(offer, path, { code });
});
afterAll(() => service.stop());

it('markup is seen where it is taken for markup', () => {
  expect(markupIn(`<p>${MARKUP}</p>`)).toBe('a tag');
  expect(
    markupIn(`<p title="${MARKUP.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}">x</p>`),
  ).toBe('an attribute');
  expect(markupIn('<p>62615533</p>')).toBe('an expression of a template');
  expect(markupIn(`<p title="&quot; zqa=1">&lt;zqx onzq=1&gt;</p>`)).toBeNull();
});

it.each([
  ['an administrator', () => alex, ['/people', `/contracts/${CODE}/people`]],
  ['somebody who acts for a party', () => ann, ['/account/second-factors', '/account/sessions']],
] as const)(
  'is text on every page that %s comes to by links and forms',
  async (who, person, also) => {
    const crawler = new Crawler(who, person().browser);
    const visits = await crawler.follow('/', '/account', ...also);
    await crawler.fillIn(visits);
    expect(crawler.faults).toEqual([]);
    expect(crawler.opened).toEqual(expect.arrayContaining(['/', '/account']));
    expect([...crawler.shown].length).toBeGreaterThan(2);
    process.stdout.write(
      `${who}: ${visits.length} pages, ${crawler.sent.size} forms, markup shown as text at ${[...crawler.shown].join(', ')}\n`,
    );
  },
);

it('is text on the way in, and on pages of refusals', async () => {
  const stranger = new Crawler('a stranger', new WebBrowser(service.app));
  const visits = await stranger.follow('/sign-in', '/forgotten-password', '/sign-in/organisation');
  await stranger.fillIn(visits);
  const half = await atBrowser(service, time, { name: MARKUP });
  await half.password();
  const between = new Crawler('somebody between two factors', half.browser);
  await between.fillIn(await between.follow('/sign-in/second-factor'));
  expect([...stranger.faults, ...between.faults]).toEqual([]);
  expect(stranger.sent.size).toBeGreaterThan(2);
});

it('is text where it stands in the address of any page, in its parts and in its query', async () => {
  const templates = pageTemplates(service);
  expect(templates.length).toBeGreaterThan(25);
  const part = encodeURIComponent(MARKUP);
  const query = [
    'return',
    'done',
    'cursor',
    'next',
    'code',
    'state',
    'error',
    'error_description',
    'iss',
    'email',
  ]
    .map((name) => `${name}=${part}`)
    .join('&');
  const faults: string[] = [];
  for (const [who, browser] of [
    ['a stranger', new WebBrowser(service.app)],
    ['an administrator', alex.browser],
    ['a member', ann.browser],
  ] as const) {
    const crawler = new Crawler(who, browser);
    for (const template of templates) {
      const path = template.replace(/:\w+/g, part);
      await crawler.open(path);
      await crawler.open(`${path}?${query}`);
    }
    await crawler.open(`/no-such-page/${part}`);
    await crawler.open(`/contracts/${CODE}/people?${part}`);
    faults.push(...crawler.faults);
  }
  expect(faults).toEqual([]);
});
