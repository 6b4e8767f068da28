import { aContract, startTestApp, type TestApp } from '../support/harness.js';
import { signedInAtBrowser } from '../support/sign-in-pages.js';
import { TestTime } from '../support/sign-in.js';
import { expectAt } from '../support/web-browser.js';

let service: TestApp;
let time: TestTime;
beforeAll(async () => {
  service = await startTestApp();
  time = new TestTime(service);
});
afterAll(() => service.stop());

describe('an administrator', () => {
  it('adds a person and gives them a part in a contract, and ends it', async () => {
    const alex = await signedInAtBrowser(service, time, { name: 'Alex', isAdministrator: true });
    const { code } = await aContract().in(service);
    const list = expectAt(await alex.browser.open('/people'), '/people');
    const form = await alex.browser.open(list.page.link('Add a person'));
    const person = { email: 'vera@evaluation.example', name: 'Vera Verifier', kind: 'party' };
    const wrong = await alex.browser.submit(form, '/people/new', { ...person, name: ' ' });
    expect([wrong.status, wrong.page.errors]).toEqual([400, { name: 'Enter a name' }]);
    const added = await alex.browser.submit(wrong, '/people/new', person);
    expect(added.page.notice).toMatch(/^The person is added/);
    const twice = await alex.browser.submit(form, '/people/new', person);
    expect(twice.page.errors).toHaveProperty('email');

    const members = `/contracts/${code}/people`;
    const giving = await alex.browser.open(`${members}/new`);
    const [, part] = /value="(provider [^"]+)"/.exec(giving.page.html)!;
    const given = await alex.browser.submit(giving, `${members}/new`, {
      email: person.email,
      part: part!,
    });
    expect(given.page.notice).toBe('The person has the role now.');
    expect(given.page.text).toContain('Vera Verifier');
    const ending = await alex.browser.open(
      given.page.link('End the role of Vera Verifier as Provider'),
    );
    const ended = await alex.browser.submit(ending, ending.path);
    expect(ended.page.text).toContain('Roles that have ended');
  });

  it('takes the second factors of somebody away who lost them', async () => {
    const alex = await signedInAtBrowser(service, time, { name: 'Alex', isAdministrator: true });
    const ann = await signedInAtBrowser(service, time, { name: 'Ann Archer' });
    const page = await alex.browser.open(`/people/${ann.id}`);
    const warning = await alex.browser.open(
      page.page.link('Take away the second factors of Ann Archer'),
    );
    const done = await alex.browser.submit(warning, warning.path);
    expect(done.page.notice).toBe('The second factors are gone, and every session has ended.');
    expect((await ann.browser.open('/account')).path).toContain('/sign-in');
    expect((await ann.password()).path).toBe('/sign-in/second-factor');
  });
});

describe('anybody else', () => {
  it('finds the pages of administrators refused, and contracts of others not there', async () => {
    const ann = await signedInAtBrowser(service, time);
    const { code } = await aContract().withTerms({ code: 'of-others' }).in(service);
    expect((await ann.browser.open('/')).page.text).not.toContain('People');
    for (const path of ['/people', '/people/new', `/people/${ann.id}`]) {
      const visit = await ann.browser.open(path);
      expect([path, visit.status, visit.page.heading]).toEqual([path, 403, 'You cannot do this']);
    }
    for (const path of [`/contracts/${code}/people`, `/contracts/${code}/people/new`])
      expect((await ann.browser.open(path)).status).toBe(404);
    const forced = await ann.browser.post('/people/new', {
      email: 'x@charity.example',
      name: 'X',
      kind: 'administrator',
    });
    expect(forced.status).toBe(403);
  });
});
