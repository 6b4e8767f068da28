// One human with two accounts, found out by what their organisation's provider says of them, and kept from deciding alone.
import type { INestApplication } from '@nestjs/common';
import { v4 } from 'uuid';
import type { BrowserSession } from '../../../../src/access/sign-in/browser-session.js';
import { PROVIDER_RETURN_PATH } from '../../../../src/access/sign-in/paths.js';
import { ProviderIdentitiesService } from '../../../../src/access/sign-in/provider-identities.service.js';
import { ProviderSettingsService } from '../../../../src/access/sign-in/provider-settings.service.js';
import { ProviderSignInService } from '../../../../src/access/sign-in/provider-sign-in.service.js';
import { IdentityTaken } from '../../../../src/access/sign-in/sign-in.errors.js';
import { TransactionRunner } from '../../../../src/platform/database/transaction-runner.js';
import {
  problemIn,
  startTestApp,
  startTestWorker,
  TestPerson,
  type TestApp,
} from '../../../support/harness.js';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  SECRET_NAME,
  signInAtProvider,
  startHonestProvider,
  type ProviderAccount,
  type RunningProvider,
} from '../../../support/oidc-providers.js';
import { rowsOfOwner } from '../../../support/owner.js';
import { aReviewedQuarter, type ReviewedQuarter } from '../../../support/reviewed-quarter.js';
import { administratorOf, BrowserPerson, HOME, TestTime } from '../../../support/sign-in.js';

const RETURN_TO = `http://localhost:3000${PROVIDER_RETURN_PATH}`;
let service: TestApp;
let worker: INestApplication;
let time: TestTime;
let provider: RunningProvider;
let providerId: string;
let quarter: ReviewedQuarter;
let claim: { path: string; etag: string };
const atProvider: ProviderAccount[] = [];

beforeAll(async () => {
  for (const say of ['warn', 'info'] as const)
    jest.spyOn(console, say).mockImplementation(() => undefined);
  process.env[SECRET_NAME] = CLIENT_SECRET;
  service = await startTestApp();
  worker = await startTestWorker();
  quarter = await aReviewedQuarter(service, 'one-human');
  const { path, provider: charity, computation } = quarter;
  const submitted = await charity.post(`${path}/claims`, { computation }).expect(201);
  claim = { path: submitted.headers['location']!, etag: submitted.headers['etag']! };
  time = new TestTime(service, new Date().toISOString());
  provider = await startHonestProvider(RETURN_TO, atProvider);
  const administrator = await administratorOf(service);
  const domains = new Set([quarter.officer, quarter.provider].map(({ email }) => domainOf(email)));
  const saved = await service.get(TransactionRunner).run(administrator, (tx) =>
    service.get(ProviderSettingsService).add(tx, administrator, {
      name: 'The county',
      issuer: provider.issuer,
      clientId: CLIENT_ID,
      clientSecretName: SECRET_NAME,
      emailDomains: [...domains, 'county.example'],
    }),
  );
  providerId = saved.id;
}, 120_000);
afterAll(async () => {
  await worker.close();
  await service.stop();
  await provider.stop();
  delete process.env[SECRET_NAME];
});

const domainOf = (email: string): string => email.slice(email.indexOf('@') + 1);

type Account = TestPerson & { readonly id: string };
let accounts = 0;

/** An account of the commissioner. */
async function atTheCouncil(): Promise<Account> {
  const name = `council-${++accounts}`;
  const email = `${name}@county.example`;
  const { body } = await service.administrator.post('/v1/people', { email, name }).expect(201);
  const membership = { email, party: 'council', role: 'commissioner' };
  await service.administrator.post(`${quarter.path}/members`, membership).expect(201);
  const person = new TestPerson(service.app, { name, email, key: body.apiKey as string });
  return Object.assign(person, { id: body.id as string });
}
async function asAccount(person: TestPerson): Promise<Account> {
  const { body } = await person.get('/v1/me').expect(200);
  return Object.assign(person, { id: body.id as string });
}

/** Somebody at the provider, whose address it has verified. */
function known(email: string, subject = v4()): string {
  for (let at = atProvider.length - 1; at >= 0; at -= 1)
    if (atProvider[at]!.subject === subject) atProvider.splice(at, 1);
  atProvider.push({ subject, email, isVerified: true });
  return subject;
}

const signIn = () => service.get(ProviderSignInService);
async function visit(subject: string, session: BrowserSession | null = null) {
  const begun =
    session === null
      ? await signIn().begin(providerId, HOME)
      : await signIn().beginLinking(session, providerId, HOME);
  const back = await signInAtProvider(begun.redirectTo, subject, RETURN_TO);
  return signIn().finish(begun.visitToken, back, session, HOME);
}

/** Signs in at the provider for the first time, and adds the second factor that is asked for. */
async function signedInAtProvider(account: Account, subject: string): Promise<BrowserSession> {
  const end = await visit(subject);
  if (end.kind !== 'signed-in') throw new Error(end.kind);
  const person = new BrowserPerson(service, time, account.id, account.email);
  person.issued = end.step.issued;
  await person.enrol();
  return person.session;
}

const decide = (person: TestPerson) =>
  person.post(`${claim.path}/decisions`, { approveUndecided: true }, { ifMatch: claim.etag });
const refusalOf = async (person: TestPerson) => problemIn(await decide(person));
const NOT_INDEPENDENT = { status: 403, code: 'DECIDER_NOT_INDEPENDENT' };

it('one subject on two accounts: the second may link it no more, and decides nothing of the first', async () => {
  const officer = await asAccount(quarter.officer);
  const subject = known(officer.email);
  await signedInAtProvider(officer, subject);
  const second = await atTheCouncil();
  const session = await signedInAtProvider(second, known(second.email));
  await expect(visit(subject, session)).rejects.toThrow(IdentityTaken);
  expect(await refusalOf(second)).toMatchObject(NOT_INDEPENDENT);
  const [entry] = await rowsOfOwner<{ body: string }>(
    `select body from audit_entry where type = 'person.recognised' order by seq desc limit 1`,
  );
  expect(JSON.parse(entry!.body)).toMatchObject({
    duty: 'service',
    payload: { personId: second.id, sameAs: officer.id, because: 'identity-provider' },
  });
  // known already, which is no news
  const before = await recognitions();
  await expect(visit(subject, session)).rejects.toThrow(IdentityTaken);
  expect(await recognitions()).toBe(before);
});

it('a subject that was unlinked from one account and linked to another is still one human', async () => {
  const claimant = await asAccount(quarter.provider);
  const subject = known(claimant.email);
  const first = await signedInAtProvider(claimant, subject);
  const identities = service.get(ProviderIdentitiesService);
  const [identity] = await identities.identities(first);
  await identities.unlink(first, identity!.id);
  expect(await identities.identities(first)).toEqual([]);
  const second = await atTheCouncil();
  const session = await signedInAtProvider(second, known(second.email));
  expect(await visit(subject, session)).toEqual({ kind: 'linked' });
  expect(await refusalOf(second)).toMatchObject(NOT_INDEPENDENT);
});

it('an address that the provider has verified for the identity of another account is one human', async () => {
  const [first, second] = [await atTheCouncil(), await atTheCouncil()];
  const subject = known(first.email);
  await signedInAtProvider(first, subject);
  known(second.email, subject); // their address at the provider has become that of the other account
  await visit(subject);
  expect(await humansOf(first, second)).toBe(1);
});

it('a new owner of an address, under another subject, is somebody else', async () => {
  const [first, second] = [await atTheCouncil(), await atTheCouncil()];
  const [one, other] = [known(first.email), known(second.email)];
  await signedInAtProvider(first, one);
  await signedInAtProvider(second, other);
  known(second.email, one);
  await visit(one);
  expect(await humansOf(first, second)).toBe(2);
});

it('an address that is not the provider’s to speak for recognises nobody', async () => {
  const first = await atTheCouncil();
  const email = 'jo@elsewhere.example';
  const { body } = await service.administrator
    .post('/v1/people', { email, name: 'Jo' })
    .expect(201);
  const subject = known(first.email);
  await signedInAtProvider(first, subject);
  known(email, subject);
  await visit(subject);
  expect(await humansOf(first, { id: body.id as string })).toBe(2);
});

it('leaves others free to decide', async () => {
  await decide(await atTheCouncil()).expect(201);
});

const recognitions = async (): Promise<number> =>
  (await rowsOfOwner<{ n: number }>('select count(*)::int as n from account_recognition'))[0]!.n;
const humansOf = async (...people: readonly { readonly id: string }[]): Promise<number> =>
  (
    await rowsOfOwner<{ n: number }>(
      'select count(distinct human_id)::int as n from person where id = any($1)',
      [people.map(({ id }) => id)],
    )
  )[0]!.n;
