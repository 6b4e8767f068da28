import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccountLetters } from '../../src/access/sign-in/account-letters.js';
import { aContract, startTestApp, type TestApp } from '../support/harness.js';
import { rowsOfOwner } from '../support/owner.js';
import { signedInAtBrowser, type PersonAtBrowser } from '../support/sign-in-pages.js';
import { TestTime } from '../support/sign-in.js';
import { expectAt, WebBrowser, type Visit } from '../support/web-browser.js';

const letters = mkdtempSync(join(tmpdir(), 'outturn-letters-'));
const CODE = 'organised';
let service: TestApp;
let time: TestTime;
let mary: PersonAtBrowser;
/** The page of the organisation that Mary looks after. */
let charity: string;

beforeAll(async () => {
  process.env['LETTERS_DIR'] = letters;
  service = await startTestApp();
  time = new TestTime(service, new Date().toISOString());
  await aContract().withTerms({ code: CODE }).asDraft().in(service);
  mary = await signedInAtBrowser(service, time, { name: 'Mary Manager' });
});
afterAll(async () => {
  await service.stop();
  delete process.env['LETTERS_DIR'];
});

const read = new Set<string>();

/** The link of the letter to somebody that was not read before. */
async function linkTo(email: string): Promise<string> {
  await service.get(AccountLetters).onApplicationShutdown();
  const [fresh, ...others] = readdirSync(letters)
    .filter((name) => !read.has(name))
    .filter((name) => readFileSync(join(letters, name), 'utf8').includes(`To: ${email}`));
  expect(others).toEqual([]);
  read.add(fresh!);
  const [, body] = readFileSync(join(letters, fresh!), 'utf8').split('\r\n\r\n');
  const text = Buffer.from(body!, 'base64').toString('utf8');
  return /(\/set-password\/[\w-]{43})\s/.exec(text)![1]!;
}
const by = (person: PersonAtBrowser) => ({
  open: (path: string) => person.browser.open(path),
  send: (visit: Visit, filled: Record<string, string> = {}, action = visit.path) =>
    person.browser.submit(visit, action, filled),
});
const idOf = async (email: string): Promise<string> =>
  (await rowsOfOwner<{ id: string }>('select id from person where email = $1', [email]))[0]!.id;

it('an administrator adds an organisation, says which party it is, and invites its manager', async () => {
  const alex = await signedInAtBrowser(service, time, { name: 'Alex', isAdministrator: true });
  const { open, send } = by(alex);
  const form = await open((await open('/organisations')).page.link('Add an organisation'));
  const wrong = await send(form, { name: ' ' });
  expect([wrong.status, wrong.page.errors]).toEqual([400, { name: 'Enter a name' }]);
  const added = await send(wrong, { name: 'Age Friends' }, '/organisations/new');
  expect([added.page.heading, added.page.notice]).toEqual([
    'Age Friends',
    'The organisation is added.',
  ]);
  const twice = await send(form, { name: 'age friends' });
  expect(twice.page.errors).toHaveProperty('name');
  charity = added.path.replace(/\?.*/, '');
  const naming = await open(added.page.link('Say which party it is'));
  const none = await send(naming, { contract: 'no-such', party: 'charity' });
  expect(none.page.errors).toHaveProperty('contract');
  // people act for it already who are none of its own
  const early = await send(naming, { contract: CODE, party: 'charity' });
  expect(early.page.errors).toHaveProperty('party');
  for (const cast of ['provider', 'officer']) {
    const invite = await open(`${charity}/people/new`);
    await send(invite, { email: `${cast}@${CODE}.example`, name: cast });
  }
  const named = await send(naming, { contract: CODE, party: 'charity' });
  expect(named.page.notice).toBe('The organisation is this party now.');
  expect(named.page.text).toContain(`charity in ${CODE}`);
  const invite = await open(`${charity}/people/new`);
  const manager = await send(invite, { email: mary.email, name: 'Mary', kind: 'manager' });
  expect(manager.page.notice).toBe(
    'The person belongs to the organisation now. They had an account already.',
  );
});

describe('a manager', () => {
  let ivysLink: string;
  const ivy = { email: 'ivy@friends.example', name: 'Ivy Invited' };

  it('invites somebody, sees until when it is open, and sends it again once it has lapsed', async () => {
    const { open, send } = by(mary);
    const list = expectAt(await open('/organisations'), '/organisations');
    const one = expectAt(await open(list.page.link('Look after (Age Friends)')), charity);
    const form = await open(one.page.link('Invite a person'));
    const wrong = await send(form, { ...ivy, email: 'ivy' });
    expect(wrong.page.errors).toHaveProperty('email');
    const invited = await send(wrong, ivy, form.path);
    expect(invited.page.notice).toMatch(
      /^The person belongs to the organisation now, and has been/,
    );
    expect(invited.page.text).toMatch(/Ivy Invited ivy@friends.example No .* Invited until \d+ /);
    const first = await linkTo(ivy.email);
    time.pass({ hours: 8 * 24 });
    expectAt(await mary.signIn(), '/');
    const person = await open((await open(charity)).page.link('Ivy Invited'));
    expect(person.page.text).toContain('No invitation open expired');
    const sent = await send(person, {}, `${person.path}/invitation`);
    expect(sent.page.notice).toBe('A new link is on its way. The one before is void.');
    const second = await linkTo(ivy.email);
    expect(second).not.toBe(first);
    expect((await open(first)).status).toBe(404);
    ivysLink = second;
  });

  it('is followed by the invited person, who chooses a password from the letter', async () => {
    const browser = new WebBrowser(service.app);
    const link = ivysLink;
    const choose = await browser.open(link);
    expect(choose.page.heading).toBe('Choose your password');
    const next = 'violet harbour seventeen kettle';
    const done = await browser.submit(choose, link, { next });
    expect(done.page.notice).toBe('Your password is set. Sign in with it.');
    const person = await mary.browser.open(`${charity}/people/${await idOf(ivy.email)}`);
    expect(person.page.text).toContain('Taken up');
    const late = await mary.browser.post(`${person.path}/invitation`, {});
    expect(late.page.errors).toHaveProperty('form');
    expect(late.status).toBe(400);
  });

  it('withdraws an invitation, whose link is void then', async () => {
    const { open, send } = by(mary);
    const una = { email: 'una@friends.example', name: 'Una' };
    await send(await open(`${charity}/people/new`), una);
    const link = await linkTo(una.email);
    const person = await open((await open(charity)).page.link('Una'));
    const asked = await open(person.page.link('Withdraw the invitation'));
    const done = await send(asked);
    expect(done.page.notice).toBe('The invitation is taken back.');
    expect((await new WebBrowser(service.app).open(link)).status).toBe(404);
    expect((await open(charity)).page.text).toMatch(/People who have left .*Una/);
  });

  it('gives a role in a contract, and ends it', async () => {
    const { open, send } = by(mary);
    const form = await open((await open(charity)).page.link('Give a person a role'));
    const empty = await send(form);
    expect(Object.keys(empty.page.errors)).toEqual(['person', 'part']);
    const part = JSON.stringify([CODE, 'charity', 'provider']);
    const given = await send(form, { person: await idOf(ivy.email), part });
    expect(given.page.notice).toBe('The person has the role now.');
    const again = await send(form, { person: await idOf(ivy.email), part });
    expect(again.page.errors).toHaveProperty('person');
    const end = await open(given.page.link(`End the role of Ivy Invited as Provider in ${CODE}`));
    const ended = await send(end);
    expect(ended.page.notice).toMatch(/^The role has ended/);
    expect((await mary.browser.openOnly(end.path)).status).toBe(404);
    await send(form, { person: await idOf(ivy.email), part });
  });

  it('reviews access by name, late, and ends what nobody needs', async () => {
    const { open, send } = by(mary);
    time.pass({ hours: 200 * 24 });
    expectAt(await mary.signIn(), '/');
    expect((await open('/organisations')).page.text).toMatch(/Access review Overdue since \d+ \w+/);
    const review = await open((await open(charity)).page.link('Review access'));
    expect(review.page.text).toContain(`Ivy Invited: Provider in ${CODE}`);
    expect(review.page.text).toContain('Never used');
    const rows = [...review.page.html.matchAll(/name="(access-[^"]+)" type="radio" value="keep"/g)];
    const names = rows.map(([, name]) => name!);
    expect(names).toHaveLength(3);
    const all = (choice: (name: string) => string) =>
      Object.fromEntries(names.map((name) => [name, choice(name)]));
    const silent = await send(review, { [names[0]!]: 'keep' });
    expect(Object.keys(silent.page.errors)).toEqual(names.slice(1));
    const madeUp = `access-${await idOf(mary.email)}.${CODE}.provider`;
    const more = await mary.browser.post(review.path, { ...all(() => 'keep'), [madeUp]: 'keep' });
    expect(more.page.errors).toHaveProperty('form');
    const ivys = await idOf(ivy.email);
    const done = await send(
      silent,
      all((name) => (name.includes(ivys) ? 'end' : 'keep')),
      review.path,
    );
    expect(done.page.notice).toBe('The review is recorded. What you did not keep has ended.');
    expect(done.page.text).toContain('Access review Due by');
    expect(done.page.text).not.toContain('End the role of Ivy');
  });

  it('makes another manager before leaving, and lets somebody leave', async () => {
    const { open, send } = by(mary);
    const own = await open(`${charity}/people/${mary.id}`);
    const last = await send(own, {}, `${own.path}/manager`);
    expect(last.page.errors).toHaveProperty('form');
    const ivys = await open(`${charity}/people/${await idOf(ivy.email)}`);
    const made = await send(ivys, {}, `${ivys.path}/manager`);
    expect(made.page.notice).toBe('The person looks after the organisation now.');
    const unmade = await send(made, {}, `${ivys.path}/manager`);
    expect(unmade.page.notice).toBe('The person does not look after the organisation any more.');
    const leaving = await open(unmade.page.link('Let them leave the organisation'));
    const left = await send(leaving);
    expect(left.page.notice).toMatch(/^The person has left the organisation/);
    expect((await mary.browser.postOnly(`${ivys.path}/manager`, {})).status).toBe(404);
    expect((await mary.browser.postOnly(`${ivys.path}/end`, {})).status).toBe(404);
  });
});

it('whoever belongs sees the organisation and nothing of it; nobody else sees that it is there', async () => {
  const [belongs, stranger] = [
    await signedInAtBrowser(service, time, { name: 'Bo' }),
    await signedInAtBrowser(service, time, { name: 'Stan' }),
  ];
  const { open, send } = by(mary);
  await send(await open(`${charity}/people/new`), { email: belongs.email, name: 'Bo' });
  const list = await belongs.browser.open('/organisations');
  expect(list.page.text).toContain('You belong to it. Its managers look after its people.');
  expect((await stranger.browser.open('/organisations')).page.text).toContain(
    'You belong to no organisation.',
  );
  for (const rest of ['', '/people/new', `/people/${mary.id}`, '/roles/new', '/access-review']) {
    const path = charity + rest;
    expect([path, (await belongs.browser.openOnly(path)).status]).toEqual([path, 403]);
    expect([path, (await stranger.browser.openOnly(path)).status]).toEqual([path, 404]);
  }
  expect((await belongs.browser.openOnly('/organisations/new')).status).toBe(403);
});
