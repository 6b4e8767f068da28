// One human with two accounts, found out by what their organisation's provider says of them, and kept from deciding alone.
import type { INestApplication } from '@nestjs/common';
import { v4 } from 'uuid';
import { HumansService } from '../../../../src/access/humans/humans.service.js';
import type { BrowserSession } from '../../../../src/access/sign-in/browser-session.js';
import { PROVIDER_RETURN_PATH } from '../../../../src/access/sign-in/paths.js';
import { PasswordsService } from '../../../../src/access/sign-in/passwords.service.js';
import { ProviderIdentitiesService } from '../../../../src/access/sign-in/provider-identities.service.js';
import { ProviderSettingsService } from '../../../../src/access/sign-in/provider-settings.service.js';
import { ProviderSignInService } from '../../../../src/access/sign-in/provider-sign-in.service.js';
import { ProvidersRepository } from '../../../../src/access/sign-in/providers.repository.js';
import { IdentityTaken } from '../../../../src/access/sign-in/sign-in.errors.js';
import { SERVICE } from '../../../../src/platform/auth/acting.js';
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
import { asOwner, rowsOfOwner } from '../../../support/owner.js';
import { aReviewedQuarter, type ReviewedQuarter } from '../../../support/reviewed-quarter.js';
import {
  administratorOf,
  BrowserPerson,
  HOME,
  PASSWORD,
  TestTime,
} from '../../../support/sign-in.js';

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
  const { token } = await service
    .get(TransactionRunner)
    .run(SERVICE.operator, (tx) =>
      service.get(PasswordsService).issueInvitation(tx, null, claimant.id),
    );
  await service.get(PasswordsService).setByLink(token, PASSWORD); // another way in
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

describe('two sign-ins that find out the same at the same moment', () => {
  /** Lets nobody go on before this many have arrived; whoever comes later is not held up. */
  function gathering(wanted: number): () => Promise<void> {
    let arrived = 0;
    let open: () => void;
    const all = new Promise<void>((resolve) => (open = resolve));
    return () => {
      if (++arrived >= wanted) open();
      return all;
    };
  }
  /** Has the next joins begin together, each in the transaction of its own sign-in. */
  function joinTogether(wanted: number): void {
    const humans: { joinIfApart: HumansService['joinIfApart'] } = service.get(HumansService);
    const real = humans.joinIfApart.bind(humans);
    const together = gathering(wanted);
    humans.joinIfApart = async (...args) => {
      await together();
      return real(...args);
    };
  }
  afterEach(() => {
    delete (service.get(HumansService) as Partial<HumansService>).joinIfApart;
  });
  const heldOnce = (account: Account, of: string, issuer: string, subject: string) =>
    asOwner((tx) =>
      tx.query(
        `insert into provider_identity (id, person_id, provider_id, issuer, subject, linked_at, unlinked_at)
         values ($1, $2, $3, $4, $5, now() - interval '2 days', now() - interval '1 day')`,
        [v4(), account.id, of, issuer, subject],
      ),
    );
  const recognitionsOf = async (one: Account, other: Account) =>
    rowsOfOwner<{ person_id: string }>(
      `select person_id from account_recognition
        where person_id in ($1, $2) and same_as in ($1, $2)`,
      [one.id, other.id],
    );

  it('are both let in, each from the other side, and join once', async () => {
    const accountsAtTown: ProviderAccount[] = [];
    const town = await startHonestProvider(RETURN_TO, accountsAtTown);
    try {
      const administrator = await administratorOf(service);
      const { id: townId } = await service.get(TransactionRunner).run(administrator, (tx) =>
        service.get(ProviderSettingsService).add(tx, administrator, {
          name: 'The town',
          issuer: town.issuer,
          clientId: CLIENT_ID,
          clientSecretName: SECRET_NAME,
          emailDomains: ['town.example'],
        }),
      );
      const here = await atTheCouncil();
      const { body } = await service.administrator
        .post('/v1/people', { email: 'both@town.example', name: 'There' })
        .expect(201);
      const there = Object.assign(
        new TestPerson(service.app, { name: 'There', email: 'both@town.example', key: null }),
        { id: body.id as string },
      );
      // each account once held the subject by which the other signs in for the first time now
      const [ours, theirs] = [known(here.email), v4()];
      accountsAtTown.push({ subject: theirs, email: there.email, isVerified: true });
      await heldOnce(there, providerId, provider.issuer, ours);
      await heldOnce(here, townId, town.issuer, theirs);
      joinTogether(2);
      const atTown = await signIn().begin(townId, HOME);
      const backFromTown = await signInAtProvider(atTown.redirectTo, theirs, RETURN_TO);
      const ends = await Promise.all([
        visit(ours),
        signIn().finish(atTown.visitToken, backFromTown, null, HOME),
      ]);
      expect(ends.map(({ kind }) => kind)).toEqual(['signed-in', 'signed-in']);
      expect(await recognitionsOf(here, there)).toHaveLength(1);
    } finally {
      await town.stop();
    }
  });

  it('are both let in when they are one human’s, twice', async () => {
    const [first, second] = [await atTheCouncil(), await atTheCouncil()];
    const subject = known(first.email);
    await signedInAtProvider(first, subject);
    known(second.email, subject); // their address is the other account's from now on
    joinTogether(2);
    const ends = await Promise.all([visit(subject), visit(subject)]);
    expect(ends.map(({ kind }) => kind)).toEqual(['signed-in', 'signed-in']);
    expect(await recognitionsOf(first, second)).toHaveLength(1);
  });

  it('are recognised although only one of two sessions can link the identity', async () => {
    const people = [await atTheCouncil(), await atTheCouncil()] as const;
    const sessions = [
      await signedInAtProvider(people[0], known(people[0].email)),
      await signedInAtProvider(people[1], known(people[1].email)),
    ] as const;
    const subject = known('somebody@elsewhere.example');
    const providers: { identity: ProvidersRepository['identity'] } =
      service.get(ProvidersRepository);
    const real = providers.identity.bind(providers);
    const together = gathering(2);
    providers.identity = async (...args) => {
      const found = await real(...args);
      await together();
      return found;
    };
    try {
      const ends = await Promise.allSettled(sessions.map((session) => visit(subject, session)));
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const refused = ends.find((end) => end.status === 'rejected');
      expect(refused?.reason).toBeInstanceOf(IdentityTaken);
      expect(await recognitionsOf(...people)).toHaveLength(1);
    } finally {
      delete (providers as Partial<ProvidersRepository>).identity;
    }
  });
});
