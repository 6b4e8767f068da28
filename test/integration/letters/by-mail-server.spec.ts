// Letters on their way to a mail server, with the real service, the real worker and a real server.
import type { INestApplication } from '@nestjs/common';
import request from 'supertest';
import { AccountLetters } from '../../../src/access/sign-in/account-letters.js';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { createPino, StructuredLogger } from '../../../src/platform/logging/logger.js';
import { Metrics } from '../../../src/platform/metrics/metrics.js';
import { startTestApp, startTestWorker, waitUntil, type TestApp } from '../../support/harness.js';
import { HEAD_OF_A_LETTER } from '../../support/letter-head.js';
import { MAIL_PASSWORD, TestMailServer, type TakenLetter } from '../../support/mail-server.js';
import { asOwner, rowsOfOwner } from '../../support/owner.js';
import { PASSWORD } from '../../support/sign-in.js';
import { WebBrowser } from '../../support/web-browser.js';

const SETTINGS = ['SMTP_URL', 'SMTP_SECONDS', 'UNENCRYPTED_HOSTS', 'LETTERS_FROM'] as const;
const before = SETTINGS.map((name) => [name, process.env[name]] as const);
const lines: string[] = [];
const log = new StructuredLogger(createPino('trace', { write: (line) => lines.push(line) }));
const mail = new TestMailServer('none');
let service: TestApp;
let worker: INestApplication;
let people: string;

beforeAll(async () => {
  await mail.start();
  process.env['SMTP_URL'] = mail.url;
  process.env['SMTP_SECONDS'] = '60'; // or a slow machine would have a letter delivered twice
  process.env['UNENCRYPTED_HOSTS'] = 'localhost';
  process.env['LETTERS_FROM'] = 'Outturn <outturn@outturn.example>';
  service = await startTestApp(log);
  worker = await startTestWorker(log);
  const made = await service.administrator.post('/v1/organisations', { name: 'Post' }).expect(201);
  people = `/v1/organisations/${made.body.id}/people`;
});
afterAll(async () => {
  await worker.close();
  await service.stop();
  await mail.stop();
  for (const [name, value] of before)
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
});
afterEach(() => mail.behave());

let invitations = 0;
/** Invites somebody; the answer must not depend on the mail server. */
async function invite(name = 'Ivy'): Promise<{ email: string; id: string }> {
  const email = `ivy${++invitations}@post.example`;
  const { body } = await service.administrator.post(people, { email, name }).expect(201);
  expect(body).toMatchObject({ isNew: true, isInvited: true });
  return { email, id: body.personId as string };
}
const arrived = (email: string) =>
  waitUntil(`a letter to ${email} arrives`, async () => mail.to(email)[0] ?? null);
const waiting = () =>
  rowsOfOwner<{ id: string; row: string; attempts: number; due_in: number }>(
    `select id, attempts, letter::text || encode(sealed, 'escape') as row,
            extract(epoch from due_at - now())::float as due_in from letter order by written_at`,
  );
const nothingWaits = () =>
  waitUntil('no letter waits', async () => ((await waiting()).length === 0 ? true : null));
const linkIn = (text: string): string => /\/set-password\/[\w-]{43}/.exec(text)![0];
const metrics = (): Promise<string> => worker.get(Metrics, { strict: false }).registry.metrics();
const counted = async (outcome: string): Promise<number> => {
  const text = await metrics();
  return Number(
    new RegExp(`outturn_letters_total\\{outcome="${outcome}"\\} (\\d+)`).exec(text)?.[1] ?? 0,
  );
};
/** The row of a letter is gone a moment before it is counted. */
const isCounted = (outcome: string, times: number) =>
  waitUntil(`${times} letters are counted as ${outcome}`, async () =>
    (await counted(outcome)) === times ? true : null,
  );
const ready = async () => {
  const { body } = await request(service.app.getHttpServer()).get('/health/ready').expect(200);
  return (body.checks as { name: string }[]).find(({ name }) => name === 'letters');
};

describe('a letter for a mail server', () => {
  it('arrives, whole and once, and nothing of it stays', async () => {
    const { email } = await invite('Ivy Grüße');
    const letter = await arrived(email);
    expect(letter).toMatchObject({ from: 'outturn@outturn.example', to: [email] });
    expect(letter.head).toMatchObject({
      From: 'Outturn <outturn@outturn.example>',
      To: email,
      Subject: 'Your Outturn account',
      'Auto-Submitted': 'auto-generated',
    });
    expect(letter.head['Message-ID']).toMatch(/^<[0-9a-f-]{36}@localhost>$/);
    expect(letter.text).toContain('Dear Ivy Grüße,');
    await nothingWaits();
    const browser = new WebBrowser(service.app);
    expect((await browser.open(linkIn(letter.text))).status).toBe(200);
    expect(mail.to(email)).toHaveLength(1);
  });

  it('goes for a forgotten password as well, and says that it was set', async () => {
    const { email } = await invite();
    const browser = new WebBrowser(service.app);
    const choose = async ({ text }: { text: string }, next: string) => {
      const link = linkIn(text);
      const set = await browser.submit(await browser.open(link), link, { next });
      expect(set.page.notice).toBe('Your password is set. Sign in with it.');
    };
    await choose(await arrived(email), PASSWORD);
    const page = await browser.open('/forgotten-password');
    await browser.submit(page, '/forgotten-password', { email });
    const reset = await waitUntil('it arrives', async () => mail.to(email)[1] ?? null);
    expect(reset.head['Subject']).toBe('A new password for Outturn');
    await choose(reset, 'harbour nineteen violet kettle');
    const notice = await waitUntil('it arrives', async () => mail.to(email)[2] ?? null);
    expect(notice.head['Subject']).toBe('Your Outturn password was changed');
  });
});

describe('a mail server that is away', () => {
  it('fails no act and loses no letter', async () => {
    await mail.stop();
    const [first, second] = [await invite(), await invite()];
    await waitUntil('both are tried', async () => {
      const rows = await waiting();
      return rows.length === 2 && rows.some(({ attempts }) => attempts > 1) ? true : null;
    });
    for (const { row } of await waiting())
      expect([first, second].filter(({ email }) => row.includes(email))).toEqual([]);
    expect(await ready()).toMatchObject({
      status: 'up',
      detail: '2 letters wait for the mail server.',
    });
    await mail.start();
    await arrived(first.email);
    await arrived(second.email);
    await nothingWaits();
  });

  it('is told of as slow, and not as down, when letters have waited for long', async () => {
    await mail.stop();
    const { email } = await invite();
    await asOwner((tx) => tx.query(`update letter set written_at = now() - interval '20 minutes'`));
    expect(await ready()).toMatchObject({
      status: 'slow',
      detail: expect.stringMatching(/^1 letters wait, the oldest for 12\d\d seconds/),
    });
    await mail.start();
    await arrived(email);
    await nothingWaits();
  });

  it('is not asked for a letter whose link is over', async () => {
    await mail.stop();
    const { email } = await invite();
    const useless = await counted('useless');
    await asOwner((tx) =>
      tx.query(`update letter set written_at = now() - interval '8 days', useless_at = now()`),
    );
    await mail.start();
    await isCounted('useless', useless + 1);
    await nothingWaits();
    expect(mail.to(email)).toEqual([]);
  });
});

describe('a mail server that refuses a recipient', () => {
  it('for good is not asked again, and keeps no other letter back', async () => {
    const refused = await counted('refused');
    mail.manners.recipient = (address) => (address.startsWith('ivy') ? 550 : null);
    const { email } = await invite();
    await isCounted('refused', refused + 1);
    await nothingWaits();
    expect(mail.to(email)).toEqual([]);
    mail.manners.recipient = () => null;
    await arrived((await invite()).email);
  });

  it('for now is asked again later, and keeps no other letter back', async () => {
    let grey = '';
    mail.manners.recipient = (address) => (address === grey ? 451 : null);
    grey = `ivy${invitations + 1}@post.example`;
    await invite();
    await arrived((await invite()).email);
    const row = await waitUntil('it is put off', async () => {
      const [one] = await waiting();
      return one && one.due_in <= 30 ? one : null; // while it is carried it is due in 90 at the latest
    });
    expect(row.attempts).toBe(1);
    mail.manners.recipient = () => null;
    await asOwner((tx) => tx.query('update letter set due_at = now()'));
    await arrived(grey);
    await nothingWaits();
  });
});

describe('a mail server that refuses the service', () => {
  it('costs nobody their letter', async () => {
    mail.manners.refusesLogins = true;
    const { logins } = mail.told;
    const { email } = await invite();
    await waitUntil('it logs in twice', async () => (mail.told.logins > logins + 1 ? true : null));
    expect([(await waiting()).length, mail.to(email)]).toEqual([1, []]);
    mail.behave();
    await arrived(email);
    await nothingWaits();
  });
});

describe('a mail server that is slow', () => {
  const startWorkerThatWaits = async (seconds: number) => {
    await worker.close();
    process.env['SMTP_SECONDS'] = String(seconds);
    worker = await startTestWorker(log);
  };
  beforeAll(() => startWorkerThatWaits(1));
  afterAll(() => startWorkerThatWaits(60));

  it('to greet is left, and asked again', async () => {
    mail.manners.greetsAfterMs = 5_000;
    const { connections } = mail.told;
    const { email } = await invite();
    await waitUntil('it is tried twice', async () =>
      mail.told.connections > connections + 1 ? true : null,
    );
    expect(mail.to(email)).toEqual([]);
    mail.manners.greetsAfterMs = 0;
    await arrived(email);
    await nothingWaits();
  });

  it('to answer may have a letter twice, under one name', async () => {
    mail.manners.answersAfterMs = 5_000;
    const { email } = await invite();
    await arrived(email);
    mail.manners.answersAfterMs = 0;
    await waitUntil('it arrives again', async () => mail.to(email)[1] ?? null);
    await nothingWaits();
    const names = mail.to(email).map(({ head }) => head['Message-ID']);
    expect(new Set(names).size).toBe(1);
  });

  it('does not keep a worker from stopping, which gives the letter back', async () => {
    await startWorkerThatWaits(300);
    mail.manners.greetsAfterMs = 300_000;
    const { connections } = mail.told;
    const { email } = await invite();
    await waitUntil('it is tried', async () => (mail.told.connections > connections ? true : null));
    await worker.close(); // and not in five minutes
    expect((await waiting())[0]!.due_in).toBeLessThanOrEqual(0);
    mail.manners.greetsAfterMs = 0;
    worker = await startTestWorker(log);
    await arrived(email);
    await nothingWaits();
  });
});

describe('what somebody is called', () => {
  const HOSTILE = [
    'Ann\r\nBcc: eve@evil.example',
    'Ann\r\n\r\nA body of my own\r\n.\r\nMAIL FROM:<eve@evil.example>',
    'Ann\nTo: eve@evil.example\n.\n.',
    'Ann\u0085\u000b.\u000c\u0000',
  ];
  const requireWhole = (letter: TakenLetter, email: string) => {
    expect([letter.to, letter.head['To']]).toEqual([[email], email]);
    expect(Object.keys(letter.head).sort()).toEqual(HEAD_OF_A_LETTER);
  };

  it.each([
    '=?utf-8?q?Ann=0D=0ABcc:_eve=40evil.example?=',
    'Ann <eve@evil.example>, eve@evil.example',
    'Ann %0d%0aBcc: eve@evil.example',
  ])('changes neither head nor recipients: %j', async (name) => {
    const { email } = await invite(name);
    const letter = await arrived(email);
    requireWhole(letter, email);
    expect(letter.text.startsWith(`Dear ${name},\n\n`)).toBe(true);
  });

  it.each(HOSTILE)('is not taken over HTTP with what could end a line: %j', async (name) => {
    const email = 'hostile@post.example';
    await service.administrator.post(people, { email, name }).expect(400);
    await service.administrator.post('/v1/people', { email, name }).expect(400);
  });

  it.each(HOSTILE)('changes nothing even where it got in by another way: %j', async (name) => {
    const email = `other${++invitations}@post.example`;
    const link = { token: 'x'.repeat(43), expiresAt: new Date(Date.now() + 60_000) };
    await service
      .get(TransactionRunner)
      .run(SERVICE.authenticator, (tx) =>
        service.get(AccountLetters).invitation(tx, { email, name }, link),
      );
    const letter = await arrived(email);
    requireWhole(letter, email);
    expect(letter.text.startsWith(`Dear ${name}`)).toBe(true);
    expect(mail.taken.flatMap(({ to }) => to).filter((to) => to.includes('evil'))).toEqual([]);
  });

  it.each([
    'ann@post.example\r\nBcc: eve@evil.example',
    'ann@post.example,eve@evil.example',
    'ann@post.example> <eve@evil.example',
    'Ann <ann@post.example>',
    '"ann@post.example x"@evil.example',
    '"ann"@evil.example',
  ])('is an address of one person or none: %j', async (email) => {
    for (const path of [people, '/v1/people']) {
      const answer = await service.administrator.post(path, { email, name: 'Ann' });
      expect([400, 422]).toContain(answer.status);
    }
    const known = await rowsOfOwner(`select 1 from person where email like '%evil%'`);
    expect(known).toEqual([]);
  });
});

it('no line of the log, metric or job says to whom letters were, what was in them, or how the server is logged in to', async () => {
  const shown = await metrics();
  const jobs = await rowsOfOwner<{ row: string }>(
    'select work_outbox::text as row from work_outbox',
  );
  const text = [...lines, shown, ...jobs.map(({ row }) => row)].join('\n');
  expect(lines.join('')).toContain('Delivery of letters failed and will be tried again');
  expect(lines.join('')).toContain('EENVELOPE 550');
  for (const secret of ['post.example', 'evil.example', 'will not do', MAIL_PASSWORD])
    expect([secret, text.includes(secret)]).toEqual([secret, false]);
  const tokens = mail.taken.flatMap(
    ({ text: letter }) => /set-password\/([\w-]{43})/.exec(letter)?.[1] ?? [],
  );
  expect(tokens.length).toBeGreaterThan(10);
  expect(tokens.filter((token) => text.includes(token))).toEqual([]);
});
