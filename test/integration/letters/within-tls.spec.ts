// What is told to a mail server within TLS, and that nothing is told without.
import { MailServer } from '../../../src/platform/letters/mail-server.js';
import type { LetterNotDelivered } from '../../../src/platform/letters/letters.errors.js';
import { messageOf } from '../../../src/platform/letters/message.js';
import { loadConfig } from '../../../src/platform/config/config.js';
import { startTestApp, waitUntil, type TestApp } from '../../support/harness.js';
import { MAIL_AUTHORITY, TestMailServer } from '../../support/mail-server.js';
import { rowsOfOwner } from '../../support/owner.js';
import { buildProgram, WorkerProcess } from '../../support/worker-process.js';

const from = 'Outturn <outturn@outturn.example>';
const letter = messageOf(
  { to: 'ann@charity.example', subject: 'x', text: 'x', uselessAt: null },
  { from, id: 'id', at: new Date(), host: 'outturn.example' },
);
const never = new AbortController().signal;
let mail: TestMailServer;
afterEach(() => mail.stop());

/** As the service would be configured for a server. */
function serverAt(url: string): MailServer {
  const to = loadConfig({ ...process.env, SMTP_URL: url, SMTP_SECONDS: '5' }).letters?.to;
  if (to?.kind !== 'server') throw new Error('no server');
  return new MailServer(to.server, 'outturn.example');
}
const failureAt = (url: string): Promise<LetterNotDelivered> =>
  serverAt(url)
    .deliver(letter, never)
    .then(
      () => {
        throw new Error('it was delivered');
      },
      (error: LetterNotDelivered) => error,
    );

describe('a mail server', () => {
  it.each(['tls', 'starttls'] as const)(
    'is told neither password nor letter when nobody vouches for its certificate: %s',
    async (security) => {
      mail = await new TestMailServer(security).start();
      expect(await failureAt(mail.url)).toMatchObject({ because: 'away' });
      expect(mail.told).toMatchObject({ logins: 0, recipients: 0 });
    },
  );

  it('is told neither when it has no TLS, on this machine as anywhere', async () => {
    mail = await new TestMailServer('none').start();
    expect(await failureAt(mail.url)).toMatchObject({ because: 'away', reason: 'ETLS 500' });
    expect(mail.told).toEqual({ connections: 1, logins: 0, recipients: 0 });
  });

  it('that is not there at all says so in time', async () => {
    mail = await new TestMailServer('none').start();
    const { url } = mail;
    await mail.stop();
    expect(await failureAt(url)).toMatchObject({ because: 'away', reason: 'ESOCKET' });
  });
});

describe('a worker whose operator named the authority', () => {
  let service: TestApp;
  beforeAll(async () => {
    buildProgram();
    // the service itself only writes letters down
    Object.assign(process.env, { SMTP_URL: 'smtps://localhost', LETTERS_FROM: from });
    service = await startTestApp();
    for (const name of ['SMTP_URL', 'LETTERS_FROM']) delete process.env[name];
  }, 240_000);
  afterAll(() => service.stop());

  it.each(['tls', 'starttls'] as const)('brings letters within TLS: %s', async (security) => {
    mail = await new TestMailServer(security).start();
    const worker = WorkerProcess.start({
      SMTP_URL: mail.url,
      LETTERS_FROM: from,
      NODE_EXTRA_CA_CERTS: MAIL_AUTHORITY,
    });
    try {
      const { body } = await service.administrator
        .post('/v1/organisations', { name: `Within ${security}` })
        .expect(201);
      const email = `${security}@charity.example`;
      await service.administrator
        .post(`/v1/organisations/${body.id}/people`, { email, name: 'Ann' })
        .expect(201);
      const taken = await waitUntil('it arrives', async () => mail.to(email)[0] ?? null);
      expect(taken).toMatchObject({ isWithinTls: true, to: [email] });
      await waitUntil('its row is gone', async () =>
        (await rowsOfOwner('select 1 from letter')).length === 0 ? true : null,
      );
      expect(worker.log).not.toContain(email);
    } finally {
      await worker.stop();
    }
  });
});
