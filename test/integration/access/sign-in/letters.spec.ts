import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccountLetters } from '../../../../src/access/sign-in/account-letters.js';
import { FactorsService } from '../../../../src/access/sign-in/factors.service.js';
import { PasswordsService } from '../../../../src/access/sign-in/passwords.service.js';
import { SERVICE } from '../../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../../src/platform/database/transaction-runner.js';
import { LETTERS, type Letters } from '../../../../src/platform/letters/letters.js';
import { LetterRefused } from '../../../../src/platform/letters/letters.errors.js';
import { HEAD_OF_A_LETTER } from '../../../support/letter-head.js';
import { startTestApp, type TestApp } from '../../../support/harness.js';
import { rowsOfOwner } from '../../../support/owner.js';
import { WebBrowser } from '../../../support/web-browser.js';
import {
  administratorOf,
  ELSEWHERE,
  HOME,
  invited,
  PASSWORD,
  recordedOf,
  signedIn,
  TestTime,
} from '../../../support/sign-in.js';

const folder = mkdtempSync(join(tmpdir(), 'outturn-letters-'));
let service: TestApp;
let time: TestTime;
beforeAll(async () => {
  process.env['LETTERS_DIR'] = folder;
  service = await startTestApp();
  time = new TestTime(service);
});
afterAll(async () => {
  await service.stop();
  delete process.env['LETTERS_DIR'];
});

interface Read {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Every letter to somebody, once none is under way. */
async function lettersTo(email: string): Promise<Read[]> {
  await service.get(AccountLetters).onApplicationShutdown();
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .map((mail) => {
      const [head, body] = mail.split('\r\n\r\n') as [string, string];
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(head)![1]!;
      return {
        to: field('To'),
        subject: field('Subject'),
        text: Buffer.from(body, 'base64').toString('utf8'),
      };
    })
    .filter(({ to }) => to === email);
}
const tokenIn = (text: string): string => /\/set-password\/([\w-]{43})\s/.exec(text)![1]!;

describe('an invitation to an organisation', () => {
  it('goes to whoever is new, whose link chooses a password once', async () => {
    const { administrator } = service;
    const { body } = await administrator.post('/v1/organisations', { name: 'Letters' }).expect(201);
    const people = `/v1/organisations/${body.id}/people`;
    const ivy = { email: 'ivy@letters.example', name: 'Ivy' };
    const added = await administrator.post(people, ivy).expect(201);
    expect(added.body).toMatchObject({ isNew: true, isInvited: true });
    const [letter, ...others] = await lettersTo(ivy.email);
    expect(others).toEqual([]);
    expect(letter!.subject).toBe('Your Outturn account');
    const token = tokenIn(letter!.text);
    await service.get(PasswordsService).setByLink(token, PASSWORD);
    await expect(service.get(PasswordsService).setByLink(token, PASSWORD)).rejects.toMatchObject({
      code: 'LINK_NOT_VALID',
    });
    const ann = await signedIn(service, time);
    const known = await administrator.post(people, { email: ann.email, name: 'Ann' }).expect(201);
    expect(known.body).toMatchObject({ isNew: false, isInvited: false });
    expect(await lettersTo(ann.email)).toEqual([]);
  });
});

describe('an invitation that is not taken up', () => {
  const { email, name } = { email: 'slow@letters.example', name: 'Slow' };
  let people: string;
  let personId: string;
  const invitation = async (id = personId) => {
    const { body } = await service.administrator.get(people).expect(200);
    const items = body.items as { personId: string; endedAt: string | null; invitation: object }[];
    return items.find((one) => one.personId === id)!;
  };
  const links = async () => (await lettersTo(email)).map(({ text }) => tokenIn(text));
  const again = () => service.administrator.post(`${people}/${personId}/invitation`);
  const code = (answer: { body: unknown }) => (answer.body as { code: string }).code;

  beforeAll(async () => {
    const { administrator } = service;
    const { body } = await administrator.post('/v1/organisations', { name: 'Slow' }).expect(201);
    people = `/v1/organisations/${body.id}/people`;
    const added = await administrator.post(people, { email, name }).expect(201);
    personId = added.body.personId as string;
  });

  it('shows until when it is open, and that it has lapsed', async () => {
    const expiresAt = new Date(time.present.getTime() + 7 * 86_400_000).toISOString();
    expect((await invitation()).invitation).toEqual({ state: 'open', expiresAt });
    time.pass({ hours: 7 * 24 });
    expect((await invitation()).invitation).toEqual({ state: 'lapsed', expiresAt });
  });

  it('is sent again with a new link, and no more than five an hour', async () => {
    const [first] = await links();
    expect((await again().expect(201)).body).toEqual({ isInvited: true });
    const second = (await links()).find((token) => token !== first)!;
    await again().expect(201);
    await expect(service.get(PasswordsService).holderOf(second)).rejects.toMatchObject({
      code: 'LINK_NOT_VALID',
    });
    for (let more = 0; more < 3; more += 1) await again().expect(201);
    const refused = await again();
    expect([refused.status, code(refused)]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
  });

  it('is taken back: its link is void, and the person belongs no more', async () => {
    const bea = { email: 'bea@letters.example', name: 'Bea' };
    const added = await service.administrator.post(people, bea).expect(201);
    const id = added.body.personId as string;
    const [letter] = await lettersTo(bea.email);
    await service.administrator.delete(`${people}/${id}/invitation`).expect(204);
    await expect(
      service.get(PasswordsService).holderOf(tokenIn(letter!.text)),
    ).rejects.toMatchObject({ code: 'LINK_NOT_VALID' });
    expect(await invitation(id)).toMatchObject({
      endedAt: expect.any(String),
      invitation: { state: 'lapsed', expiresAt: null },
    });
    expect(await recordedOf(service, id)).toContain('password.link-withdrawn');
    const twice = await service.administrator.delete(`${people}/${id}/invitation`);
    expect([twice.status, code(twice)]).toEqual([404, 'AFFILIATION_UNKNOWN']);
  });

  it('keeps its link where another organisation waits for the person', async () => {
    const { administrator } = service;
    const ivo = { email: 'ivo@letters.example', name: 'Ivo' };
    const added = await administrator.post(people, ivo).expect(201);
    const other = await administrator.post('/v1/organisations', { name: 'Other' }).expect(201);
    await administrator.post(`/v1/organisations/${other.body.id}/people`, ivo).expect(201);
    await administrator.delete(`${people}/${added.body.personId}/invitation`).expect(204);
    const [letter] = await lettersTo(ivo.email);
    const holder = await service.get(PasswordsService).holderOf(tokenIn(letter!.text));
    expect(holder.email).toBe(ivo.email);
  });

  it('has only the newest link open a page, and none once it is taken back', async () => {
    const { administrator } = service;
    const mia = { email: 'mia@letters.example', name: 'Mia' };
    const added = await administrator.post(people, mia).expect(201);
    const address = `${people}/${added.body.personId}/invitation`;
    const pages = async () => (await lettersTo(mia.email)).map(({ text }) => tokenIn(text));
    const [first] = (await pages()) as [string];
    await administrator.post(address).expect(201);
    const second = (await pages()).find((token) => token !== first)!;
    const browser = new WebBrowser(service.app);
    const newest = `/set-password/${second}`;
    const form = await browser.open(newest);
    expect(form.status).toBe(200);
    const old = `/set-password/${first}`;
    const { fields } = form.page.form(newest);
    const refused = [
      await browser.open(old),
      await browser.post(old, { ...fields, next: PASSWORD }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([404, 404]);

    await administrator.delete(address).expect(204);
    const late = [
      await browser.open(newest),
      await browser.post(newest, { ...fields, next: PASSWORD }),
    ];
    expect(late.map(({ status }) => status)).toEqual([404, 404]);
    const set = await rowsOfOwner('select 1 from person_password where person_id = $1', [
      added.body.personId,
    ]);
    expect(set).toEqual([]);
  });

  it('is neither sent again nor taken back once it is taken up', async () => {
    const ann = await signedIn(service, time);
    await service.administrator.post(people, { email: ann.email, name: 'Ann' }).expect(201);
    const address = `${people}/${ann.id}/invitation`;
    for (const answer of [
      await service.administrator.post(address),
      await service.administrator.delete(address),
    ])
      expect([answer.status, code(answer)]).toEqual([409, 'INVITATION_TAKEN_UP']);
  });
});

describe('a forgotten password', () => {
  it('is set anew by a link that only the owner gets, for an hour', async () => {
    const ann = await signedIn(service, time);
    const passwords = service.get(PasswordsService);
    await passwords.requestReset(` ${ann.email.toUpperCase()}`, HOME);
    const [letter] = await lettersTo(ann.email);
    expect(letter).toMatchObject({ to: ann.email, subject: 'A new password for Outturn' });
    expect(letter!.text).toContain('http://localhost:3000/set-password/');
    const token = tokenIn(letter!.text);
    expect(await passwords.holderOf(token)).toMatchObject({ email: ann.email, purpose: 'reset' });
    await passwords.setByLink(token, 'ninety copper windmills hum');
    expect((await lettersTo(ann.email)).map(({ subject }) => subject)).toContain(
      'Your Outturn password was changed',
    );
    await passwords.requestReset(ann.email, ELSEWHERE);
    const late = (await lettersTo(ann.email))
      .map(({ text }) => text)
      .filter((text) => text.includes('/set-password/') && !text.includes(token));
    time.pass({ hours: 1 });
    await expect(passwords.setByLink(tokenIn(late[0]!), PASSWORD)).rejects.toMatchObject({
      code: 'LINK_NOT_VALID',
    });
  });

  it('of nobody sends nothing, and no more than five an hour go to one address', async () => {
    const passwords = service.get(PasswordsService);
    await passwords.requestReset('nobody@charity.example', HOME);
    expect(await lettersTo('nobody@charity.example')).toEqual([]);
    const ann = await invited(service, time);
    for (let n = 0; n < 8; n++)
      await passwords.requestReset(ann.email, { address: `10.7.${n}.1`, userAgent: null });
    expect(await lettersTo(ann.email)).toHaveLength(5);
  });
});

describe('an invitation', () => {
  it('goes to its owner, and the administrator who has it sent sees no link', async () => {
    const ann = await invited(service, time);
    expect(
      await service.get(PasswordsService).sendInvitation(await administratorOf(service), ann.id),
    ).toBeUndefined();
    const [letter] = await lettersTo(ann.email);
    await service.get(PasswordsService).setByLink(tokenIn(letter!.text), PASSWORD);
  });
});

describe('second factors that an administrator removed', () => {
  it('are told to their owner', async () => {
    const ann = await signedIn(service, time);
    await service.get(FactorsService).resetFactors(await administratorOf(service), ann.id);
    expect((await lettersTo(ann.email)).map(({ subject }) => subject)).toEqual([
      'Your second factors at Outturn were removed',
    ]);
  });
});

describe('a letter', () => {
  it('is a file that nobody else reads, and has no head but its own', async () => {
    const send = (to: string, subject: string) =>
      service
        .get(TransactionRunner)
        .run(SERVICE.authenticator, (tx) =>
          service.get<Letters>(LETTERS).send(tx, { to, subject, text: 'x', uselessAt: null }),
        );
    for (const to of [
      'a@b.example\r\nBcc: c@d.example',
      'a@b.example,c@d.example',
      'a@b.example;c@d.example',
      '<a@b.example> c@d.example',
      'all:a@b.example',
      '"a@b.example c"@d.example',
      'a@b@c.example',
      'nobody',
      '',
    ])
      await expect(send(to, 'x')).rejects.toThrow(LetterRefused);
    await expect(send('a@b.example', 'x\nBcc: c@d.example')).rejects.toThrow(LetterRefused);
    await send('a@b.example', 'Grüße');
    expect(await lettersTo('a@b.example')).toEqual([
      { to: 'a@b.example', subject: '=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=', text: 'x' },
    ]);
    const heads = readdirSync(folder).map((name) =>
      readFileSync(join(folder, name), 'utf8').split('\r\n\r\n', 1)[0]!.split('\r\n'),
    );
    for (const head of heads)
      expect(head.map((line) => line.split(':', 1)[0]).sort()).toEqual(HEAD_OF_A_LETTER);
    for (const name of readdirSync(folder))
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });
});
