// A new key of the service is put before the old one, what is sealed is moved, and the old one is taken out.
import { randomBytes, randomUUID } from 'node:crypto';
import { KeyRotationService } from '../../../../src/privacy/key-rotation.service.js';
import { SERVICE } from '../../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../../src/platform/database/transaction-runner.js';
import { createHttpServer } from '../../../../src/platform/http/http-server.js';
import { openLetter, sealLetter } from '../../../../src/platform/letters/sealed-letter.js';
import { WaitingLettersRepository } from '../../../../src/platform/letters/waiting-letters.repository.js';
import { createPino, StructuredLogger } from '../../../../src/platform/logging/logger.js';
import { SecretBox } from '../../../../src/platform/secrets/secret-box.js';
import { ServiceModule } from '../../../../src/service.module.js';
import { rowsOfOwner } from '../../../support/owner.js';
import { startTestApp, type TestApp } from '../../../support/service.js';
import type { BrowserPerson } from '../../../support/sign-in.js';
import { signedIn, TestTime } from '../../../support/sign-in.js';

const OLD = process.env['OUTTURN_SECRET_KEY']!;
const NEXT = randomBytes(32).toString('base64');
const LETTER = { to: 'ann@charity.example', subject: 'Invitation', text: 'Follow the link.' };

let service: TestApp;
let ann: BrowserPerson;
const letterId = randomUUID();

beforeAll(async () => {
  service = await startTestApp();
  ann = await signedIn(service, new TestTime(service));
  const waiting = {
    id: letterId,
    sealed: sealLetter(service.get(SecretBox), letterId, { ...LETTER, uselessAt: new Date() }),
    writtenAt: new Date('2026-03-02T09:00:00Z'),
    uselessAt: new Date('2026-03-09T09:00:00Z'),
  };
  await service
    .get(TransactionRunner)
    .run(SERVICE.authenticator, (tx) => service.get(WaitingLettersRepository).insert(tx, waiting));
});
afterAll(async () => {
  process.env['OUTTURN_SECRET_KEY'] = OLD;
  await service.stop();
});

/** The service as it starts again with other keys. */
async function withKeys<T>(keys: string, use: (restarted: TestApp) => Promise<T>): Promise<T> {
  process.env['OUTTURN_SECRET_KEY'] = keys;
  const app = await createHttpServer(ServiceModule, new StructuredLogger(createPino('silent')));
  try {
    await app.init();
    return await use({ ...service, app, get: (token) => app.get(token, { strict: false }) });
  } finally {
    await app.close();
  }
}
const signsIn = async (restarted: TestApp) => {
  const time = new TestTime(restarted, `2026-03-0${++days}T09:00:00Z`);
  const { session } = await ann.at(restarted, time).signIn();
  return session.personId;
};
let days = 2;
const letterAt = async (restarted: TestApp) => {
  const [row] = await rowsOfOwner<{ sealed: Buffer }>('select sealed from letter');
  return openLetter(restarted.get(SecretBox), letterId, row!.sealed);
};
const moved = (restarted: TestApp) => restarted.get(KeyRotationService).rewrap();

describe('a new key of the service', () => {
  it('alone opens nothing that was sealed before', () =>
    withKeys(NEXT, async (restarted) => {
      await expect(signsIn(restarted)).rejects.toMatchObject({ code: 'SECRET_NOT_OPENED' });
      await expect(letterAt(restarted)).rejects.toMatchObject({ code: 'SECRET_NOT_OPENED' });
      await expect(moved(restarted)).rejects.toMatchObject({ code: 'SECRET_NOT_OPENED' });
    }));

  it('before the old one takes over all that is sealed, once', () =>
    withKeys(`${NEXT},${OLD}`, async (restarted) => {
      expect(await signsIn(restarted)).toBe(ann.id);
      expect(await moved(restarted)).toEqual({ keys: 0, authenticators: 1, letters: 1 });
      expect(await moved(restarted)).toEqual({ keys: 0, authenticators: 0, letters: 0 });
      const entries = await rowsOfOwner<{ payload: unknown }>(
        `select (body::jsonb)->'payload' as payload from audit_entry where type = 'participant-keys.rewrapped'`,
      );
      expect(entries).toEqual([{ payload: { keys: 0, authenticators: 1, letters: 1 } }]);
    }));

  it('alone opens all of it from then on: authenticators let people in, letters can be read', () =>
    withKeys(NEXT, async (restarted) => {
      expect(await signsIn(restarted)).toBe(ann.id);
      expect(await letterAt(restarted)).toEqual(LETTER);
    }));
});
