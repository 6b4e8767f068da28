// The pages of activity at a browser: who finds them, and what they refuse.
import { aContract, startTestApp, type TestApp, type TestContract } from '../support/harness.js';
import { rowsOfOwner } from '../support/owner.js';
import { signedInAtBrowser, type PersonAtBrowser } from '../support/sign-in-pages.js';
import { TestTime } from '../support/sign-in.js';
import { expectAt } from '../support/web-browser.js';

let service: TestApp;
let time: TestTime;
let contract: TestContract;
let path: string;

beforeAll(async () => {
  service = await startTestApp();
  time = new TestTime(service);
  contract = await aContract()
    .withParticipants({ reference: 'P-1', startedOn: '2015-06-02' })
    .in(service);
  path = `/contracts/${contract.code}/activity`;
});
afterAll(() => service.stop());

async function memberAs(role: string, party: string): Promise<PersonAtBrowser> {
  const person = await signedInAtBrowser(service, time, { name: `Browsing ${role}` });
  await service.administrator
    .post(`${contract.path}/members`, { email: person.email, party, role })
    .expect(201);
  return person;
}

const exportsRecorded = () =>
  rowsOfOwner(`select 1 from audit_entry where type = 'activity.exported'`);

it('a verifier finds the activity from their contracts, narrowed by what its address says', async () => {
  const { browser } = await memberAs('verifier', 'university');
  const home = await browser.open('/');
  const list = expectAt(await browser.open(home.page.link('Activity (Trial contract)')), path);
  expect(list.page.text).toContain('Pat Provider consented to edition 1 of the terms.');
  const imported = await browser.open(`${path}?type=participants.imported`);
  expect(imported.page.text).toContain('imported a file of participants: 1 row');
  expect(imported.page.text).not.toContain('Pat Provider consented');
  const none = await browser.open(`${path}?participant=P-1&before=2001-01-01`);
  expect(none.page.text).toContain('Nothing that was done fits this.');
  const record = await browser.open(list.page.link('Entry 2'));
  expect([record.page.heading, record.page.text.includes('Entry 2 is as it was written')]).toEqual([
    'Entry 2',
    true,
  ]);
});

it('a page says at its field what is wrong, and that there is no such participant or claim', async () => {
  const { browser } = await memberAs('verifier', 'university');
  const wrong = await browser.open(
    `${path}?type=odd&participant=%E2%80%AE&claim=x&from=2015-02-30`,
  );
  expect([wrong.status, Object.keys(wrong.page.errors)]).toEqual([
    400,
    ['type', 'participant', 'claim', 'from'],
  ]);
  for (const field of ['participant', 'claim'] as const) {
    const absent = await browser.open(`${path}?${field}=99`);
    expect([absent.status, Object.keys(absent.page.errors)]).toEqual([400, [field]]);
  }
  for (const odd of ['?unknown=1', '?claim=1&claim=2', '?after=x', '/export', '/export?format=pdf'])
    expect([odd, (await browser.open(path + odd)).status]).toEqual([odd, 400]);
  for (const odd of ['/0', '/x', '/99999', '/x/proof', '/99999/proof'])
    expect([odd, (await browser.open(path + odd)).status]).toEqual([odd, 404]);
});

it('the list is taken away as a file, and that is an act; a proof that is not there yet is no file', async () => {
  const { browser } = await memberAs('commissioner', 'council');
  const before = (await exportsRecorded()).length;
  const csv = await browser.openOnly(`${path}/export?format=csv&type=terms.consented`);
  expect(csv.headers['content-disposition']).toBe(
    `attachment; filename="${contract.code}-activity.csv"`,
  );
  expect(csv.text.trimEnd().split('\r\n')).toHaveLength(3);
  expect((await exportsRecorded()).length).toBe(before + 1);
  const proof = await browser.open(`${path}/1/proof`);
  expect([proof.status, proof.headers['content-disposition']]).toEqual([404, undefined]);
});

it('an investor is refused every page of it, a stranger finds no such contract, and neither learns of it', async () => {
  const investor = await memberAs('investor', 'investors');
  const stranger = await signedInAtBrowser(service, time);
  expect((await investor.browser.open('/')).page.html).not.toContain('Activity');
  const before = (await exportsRecorded()).length;
  for (const page of ['', '?claim=1', '/1', '/1/proof', '/export?format=csv']) {
    const refused = await investor.browser.open(path + page);
    expect([page, refused.status]).toEqual([page, 403]);
    const absent = await stranger.browser.open(path + page);
    expect([page, absent.status]).toEqual([page, 404]);
  }
  expect((await exportsRecorded()).length).toBe(before);
});
