import { v4 } from 'uuid';
import { PROVIDER_RETURN_PATH } from '../../../../src/access/sign-in/paths.js';
import { ProviderSettingsService } from '../../../../src/access/sign-in/provider-settings.service.js';
import { ProviderSignInService } from '../../../../src/access/sign-in/provider-sign-in.service.js';
import { NotYours } from '../../../../src/access/sign-in/sign-in.errors.js';
import { TransactionRunner } from '../../../../src/platform/database/transaction-runner.js';
import { startTestApp, type TestApp } from '../../../support/harness.js';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  SECRET_NAME,
  signInAtProvider,
  startHonestProvider,
  type ProviderAccount,
  type RunningProvider,
} from '../../../support/oidc-providers.js';
import {
  administratorOf,
  type BrowserPerson,
  HOME,
  signedIn,
  TestTime,
} from '../../../support/sign-in.js';

const RETURN_TO = `http://localhost:3000${PROVIDER_RETURN_PATH}`;
const atProvider: ProviderAccount[] = [];
let service: TestApp;
let time: TestTime;
let provider: RunningProvider;
let providerId: string;
let ann: BrowserPerson;
let subject: string;

beforeAll(async () => {
  for (const say of ['warn', 'info'] as const)
    jest.spyOn(console, say).mockImplementation(() => undefined);
  process.env[SECRET_NAME] = CLIENT_SECRET;
  service = await startTestApp();
  time = new TestTime(service, new Date().toISOString());
  provider = await startHonestProvider(RETURN_TO, atProvider);
  const administrator = await administratorOf(service);
  providerId = await service.get(TransactionRunner).run(administrator, async (tx) => {
    const { id } = await service.get(ProviderSettingsService).add(tx, administrator, {
      name: 'Council',
      issuer: provider.issuer,
      clientId: CLIENT_ID,
      clientSecretName: SECRET_NAME,
      emailDomains: ['charity.example'],
    });
    return id;
  });
  ann = await signedIn(service, time);
  subject = v4();
  atProvider.push({ subject, email: ann.email, isVerified: true });
});
afterAll(async () => {
  await service.stop();
  await provider.stop();
  delete process.env[SECRET_NAME];
});

/** Through the provider, and then with the code that is asked for whatever the provider says. */
async function signInThere(): Promise<void> {
  const providers = service.get(ProviderSignInService);
  const { redirectTo, visitToken } = await providers.begin(providerId, HOME);
  const back = await signInAtProvider(redirectTo, subject, RETURN_TO);
  const end = await providers.finish(visitToken, back, null, HOME);
  if (end.kind !== 'signed-in') throw new Error(end.kind);
  ann.issued = end.step.issued;
  time.pass({ seconds: 30 });
  await ann.withCode();
}

describe('a session that began at a provider', () => {
  it('ends after half an hour without use and after twelve hours in all, whatever lasts there', async () => {
    await signInThere();
    time.pass({ minutes: 31 });
    expect(await ann.found()).toBeNull();
    await signInThere();
    for (let half = 0; half < 23; half++) {
      time.pass({ minutes: 30, ms: -1_000 });
      expect(await ann.found()).not.toBeNull();
    }
    time.pass({ minutes: 31 });
    expect(await ann.found()).toBeNull();
  });

  it('is followed by no other without the provider: whoever was shut out there does not come in again', async () => {
    await signInThere();
    const known = atProvider.splice(0, atProvider.length);
    expect(await ann.found()).not.toBeNull(); // it is not told, and the session has its own end
    await expect(signInThere()).rejects.toThrow();
    time.pass({ hours: 12 });
    expect(await ann.found()).toBeNull();
    atProvider.push(...known);
    await signInThere();
    expect(await ann.found()).not.toBeNull();
  });

  it('goes on to its own end when the provider is taken away, and no other begins', async () => {
    await signInThere();
    const administrator = await administratorOf(service);
    await service
      .get(TransactionRunner)
      .run(administrator, (tx) =>
        service.get(ProviderSettingsService).remove(tx, administrator, providerId),
      );
    expect(await ann.found()).not.toBeNull();
    await expect(signInThere()).rejects.toBeInstanceOf(NotYours);
    time.pass({ hours: 12 });
    expect(await ann.found()).toBeNull();
  });
});
