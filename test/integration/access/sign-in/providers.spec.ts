import { v4 } from 'uuid';
import { PermissionRefused } from '../../../../src/access/access.errors.js';
import { AccountsService } from '../../../../src/access/sign-in/accounts.service.js';
import type { BrowserSession } from '../../../../src/access/sign-in/browser-session.js';
import { PROVIDER_RETURN_PATH } from '../../../../src/access/sign-in/paths.js';
import { ProviderIdentitiesService } from '../../../../src/access/sign-in/provider-identities.service.js';
import { ProviderSettingsService } from '../../../../src/access/sign-in/provider-settings.service.js';
import {
  ProviderSignInService,
  type ProviderVisit,
} from '../../../../src/access/sign-in/provider-sign-in.service.js';
import {
  DomainTaken,
  IdentityTaken,
  NoAccountForIdentity,
  NotYours,
  ProviderSettingsRefused,
  ProviderSignInRefused,
} from '../../../../src/access/sign-in/sign-in.errors.js';
import { AuthenticationNotRecent } from '../../../../src/platform/auth/auth.errors.js';
import type { Transaction } from '../../../../src/platform/database/transaction.js';
import { TransactionRunner } from '../../../../src/platform/database/transaction-runner.js';
import { startTestApp, type TestApp } from '../../../support/harness.js';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  SECRET_NAME,
  signInAtProvider,
  startForgingProvider,
  startHonestProvider,
  type ForgingProvider,
  type Forgery,
  type ProviderAccount,
  type RunningProvider,
} from '../../../support/oidc-providers.js';
import {
  administratorOf,
  HOME,
  invited,
  recordedOf,
  rowsOf,
  signedIn,
  TestTime,
} from '../../../support/sign-in.js';

const RETURN_TO = `http://localhost:3000${PROVIDER_RETURN_PATH}`;
let service: TestApp;
let time: TestTime;
let honest: RunningProvider;
let forger: ForgingProvider;
let providers: ProviderSignInService;
let identities: ProviderIdentitiesService;
let settings: ProviderSettingsService;
const atProvider: ProviderAccount[] = [];
const ids: Record<'honest' | 'forger', string> = { honest: '', forger: '' };

beforeAll(async () => {
  // the provider's library says on the console that a test's provider is not one for production
  for (const say of ['warn', 'info'] as const)
    jest.spyOn(console, say).mockImplementation(() => undefined);
  process.env[SECRET_NAME] = CLIENT_SECRET;
  service = await startTestApp();
  time = new TestTime(service, new Date().toISOString());
  providers = service.get(ProviderSignInService);
  identities = service.get(ProviderIdentitiesService);
  settings = service.get(ProviderSettingsService);
  honest = await startHonestProvider(RETURN_TO, atProvider);
  forger = await startForgingProvider();
  for (const [key, { issuer }, domain] of [
    ['honest', honest, 'charity.example'],
    ['forger', forger, 'forged.example'],
  ] as const)
    ids[key] = (await addProvider({ issuer, emailDomains: [domain] })).id;
});
afterAll(async () => {
  await service.stop();
  await Promise.all([honest.stop(), forger.stop()]);
  delete process.env[SECRET_NAME];
});

/** As the administrator does it. */
const run = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
  service.get(TransactionRunner).run(await administratorOf(service), work);
async function addProvider(changes: object): Promise<{ id: string }> {
  const administrator = await administratorOf(service);
  const provider = {
    name: 'Council',
    issuer: honest.issuer,
    clientId: CLIENT_ID,
    clientSecretName: SECRET_NAME,
    emailDomains: ['x.example'],
    ...changes,
  };
  return run((tx) => settings.add(tx, administrator, provider));
}

/** Somebody signs in at the honest provider, and the browser comes back. */
async function visit(
  subject: string,
  session: BrowserSession | null = null,
): Promise<{ visit: ProviderVisit; back: URL }> {
  const begun =
    session === null
      ? await providers.begin(ids.honest, HOME)
      : await providers.beginLinking(session, ids.honest, HOME);
  return { visit: begun, back: await signInAtProvider(begun.redirectTo, subject, RETURN_TO) };
}
const comeBack = async (subject: string, session: BrowserSession | null = null) => {
  const { visit: begun, back } = await visit(subject, session);
  return providers.finish(begun.visitToken, back, session, HOME);
};
function known(email: string, isVerified = true): string {
  const subject = v4();
  atProvider.push({ subject, email, isVerified });
  return subject;
}

describe('a sign-in at the organisation’s provider', () => {
  it('takes the place of the password, and is remembered by issuer and subject', async () => {
    const ann = await signedIn(service, time);
    const subject = known(ann.email);
    const end = await comeBack(subject);
    if (end.kind !== 'signed-in') throw new Error(end.kind);
    expect(end.step.issued.session).toMatchObject({
      personId: ann.id,
      stage: 'second-factor',
      actor: null,
    });
    expect(await recordedOf(service, ann.id)).toContain('identity.linked');
    // later the address at the provider is another one; the subject still says who it is
    atProvider.splice(0, atProvider.length, {
      subject,
      email: 'renamed@charity.example',
      isVerified: true,
    });
    expect(await comeBack(subject)).toMatchObject({
      step: { issued: { session: { personId: ann.id } } },
    });
    time.pass({ seconds: 30 });
    ann.issued = end.step.issued;
    await ann.withCode();
    const [entry] = await rowsOf<{ body: string }>(
      service,
      `select body from audit_entry where type = 'sign-in.completed' and person_id = $1 order by seq desc limit 1`,
      [ann.id],
    );
    expect(JSON.parse(entry!.body).payload).toMatchObject({
      first: 'provider',
      second: 'authenticator',
    });
  });

  it('is offered by the domain of the address, which says nothing of people', async () => {
    expect(await providers.providerFor('Nobody@CHARITY.example')).toEqual({
      providerId: ids.honest,
      name: 'Council',
    });
    for (const email of [
      'ann@elsewhere.example',
      'charity.example@evil.example',
      '',
      '@',
      'x@sub.charity.example',
    ])
      expect(await providers.providerFor(email)).toBeNull();
  });

  it('links no account by an address that is not verified, not the provider’s to speak for, or nobody’s', async () => {
    const ann = await signedIn(service, time);
    await expect(comeBack(known(ann.email, false))).rejects.toThrow(NoAccountForIdentity);
    await expect(comeBack(known('nobody@charity.example'))).rejects.toThrow(NoAccountForIdentity);
    await expect(comeBack(known(service.administrator.email))).rejects.toThrow(
      NoAccountForIdentity,
    );
    expect(
      await rowsOf(service, 'select 1 from provider_identity where person_id = $1', [ann.id]),
    ).toEqual([]);
  });

  it('lets no new owner of an old address into the account', async () => {
    const ann = await signedIn(service, time);
    await comeBack(known(ann.email));
    await expect(comeBack(known(ann.email))).rejects.toThrow(NoAccountForIdentity);
  });

  it('does not let a disabled person in', async () => {
    const ann = await signedIn(service, time);
    const subject = known(ann.email);
    await comeBack(subject);
    const administrator = await administratorOf(service);
    await run((tx) => service.get(AccountsService).disable(tx, administrator, ann.id));
    await expect(comeBack(subject)).rejects.toThrow(NoAccountForIdentity);
  });

  it('can be linked from inside a session, without an address, and taken away again', async () => {
    const ann = await signedIn(service, time);
    const subject = known('other-address@elsewhere.example', false);
    expect(await comeBack(subject, ann.session)).toEqual({ kind: 'linked' });
    expect(await comeBack(subject)).toMatchObject({
      step: { issued: { session: { personId: ann.id } } },
    });
    const bob = await signedIn(service, time);
    await expect(comeBack(subject, bob.session)).rejects.toThrow(IdentityTaken);
    const [identity] = await identities.identities(ann.session);
    await expect(identities.unlink(bob.session, identity!.id)).rejects.toThrow(NotYours);
    await identities.unlink(ann.session, identity!.id);
    await expect(comeBack(subject)).rejects.toThrow(NoAccountForIdentity);
  });

  it('is linked only by the session that began it, which proved lately who it is', async () => {
    const [ann, bob] = [await signedIn(service, time), await signedIn(service, time)];
    const subject = known('thief@elsewhere.example');
    for (const session of [null, bob.session]) {
      const { visit: begun, back } = await visit(subject, ann.session);
      await expect(providers.finish(begun.visitToken, back, session, HOME)).rejects.toThrow(
        ProviderSignInRefused,
      );
    }
    time.pass({ minutes: 6 });
    await expect(providers.beginLinking(ann.session, ids.honest, HOME)).rejects.toThrow(
      AuthenticationNotRecent,
    );
  });

  it('enrols a second factor for whoever has none', async () => {
    const ann = await invited(service, time);
    expect(await comeBack(known(ann.email))).toMatchObject({
      step: { issued: { session: { stage: 'enrolment' } } },
    });
  });
});

describe('the way back', () => {
  it('is refused with another state, another visit’s answer, no answer, or a second time', async () => {
    const ann = await signedIn(service, time);
    const subject = known(ann.email);
    const forged = await visit(subject);
    forged.back.searchParams.set('state', 'forged');
    await expect(
      providers.finish(forged.visit.visitToken, forged.back, null, HOME),
    ).rejects.toThrow(ProviderSignInRefused);
    const [mine, thiefs] = [await visit(subject), await visit(subject)];
    await expect(providers.finish(mine.visit.visitToken, thiefs.back, null, HOME)).rejects.toThrow(
      ProviderSignInRefused,
    );
    await expect(providers.finish(mine.visit.visitToken, mine.back, null, HOME)).rejects.toThrow(
      ProviderSignInRefused,
    );
    // the thief's code with the state of mine: the code verifier does not fit
    const third = await visit(subject);
    const fourth = await visit(subject);
    third.back.searchParams.set('code', fourth.back.searchParams.get('code')!);
    await expect(providers.finish(third.visit.visitToken, third.back, null, HOME)).rejects.toThrow(
      ProviderSignInRefused,
    );
    const none = await providers.begin(ids.honest, HOME);
    await expect(providers.finish(none.visitToken, new URL(RETURN_TO), null, HOME)).rejects.toThrow(
      ProviderSignInRefused,
    );
    for (const token of ['', 'x', 'x'.repeat(43)])
      await expect(providers.finish(token, third.back, null, HOME)).rejects.toThrow(
        ProviderSignInRefused,
      );
  });

  it('is refused when the browser took longer than ten minutes', async () => {
    const { visit: begun, back } = await visit(known('late@charity.example'));
    time.pass({ minutes: 10 });
    await expect(providers.finish(begun.visitToken, back, null, HOME)).rejects.toThrow(
      ProviderSignInRefused,
    );
  });

  it('asks with PKCE (S256), state and nonce that are new each time', async () => {
    const visits = [
      await providers.begin(ids.honest, HOME),
      await providers.begin(ids.honest, HOME),
    ];
    const asked = visits.map(({ redirectTo }) =>
      Object.fromEntries(new URL(redirectTo).searchParams),
    );
    expect(asked[0]).toMatchObject({
      response_type: 'code',
      scope: 'openid email',
      code_challenge_method: 'S256',
      client_id: CLIENT_ID,
      redirect_uri: RETURN_TO,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(asked[0]![name]).toMatch(/^[\w-]{43}$/);
      expect(asked[0]![name]).not.toBe(asked[1]![name]);
    }
    const stored = await rowsOf<{ row: string }>(
      service,
      'select v::text as row from provider_visit v',
    );
    for (const { row } of stored)
      for (const { state, nonce } of asked)
        for (const secret of [state!, nonce!])
          expect(row).not.toContain(Buffer.from(secret).toString('hex'));
  });
});

describe('an ID token', () => {
  const forge = async (forgery: Forgery, change: (back: URL) => void = () => undefined) => {
    const begun = await providers.begin(ids.forger, HOME);
    const asked = new URL(begun.redirectTo).searchParams;
    forger.forge(forgery, asked.get('nonce')!);
    const back = new URL(RETURN_TO);
    back.search = new URLSearchParams({
      code: 'any',
      state: asked.get('state')!,
      iss: forger.issuer,
    }).toString();
    change(back);
    return providers.finish(begun.visitToken, back, null, HOME);
  };

  it('that is honest is taken, so that the refusals below are of what was forged', async () => {
    await expect(forge({})).rejects.toThrow(NoAccountForIdentity);
  });

  it.each<[string, Forgery]>([
    ['the nonce of another visit', { claims: { nonce: 'forged' } }],
    ['no nonce', { without: ['nonce'] }],
    ['another issuer', { claims: { iss: 'https://accounts.council.example' } }],
    ['no issuer', { without: ['iss'] }],
    ['another audience', { claims: { aud: 'somebody-else' } }],
    [
      'several audiences and another authorised party',
      { claims: { aud: [CLIENT_ID, 'somebody-else'], azp: 'somebody-else' } },
    ],
    ['no subject', { without: ['sub'] }],
    ['an empty subject', { claims: { sub: '' } }],
    ['an expiry in the past', { expiresInSeconds: -3_600 }],
    ['no expiry', { without: ['exp'] }],
    ['a signature by another key', { signature: 'other-key' }],
    ['no signature', { signature: 'none' }],
  ])('with %s is refused', async (_, forgery) => {
    await expect(forge(forgery)).rejects.toThrow(ProviderSignInRefused);
  });

  it('is not fetched when the answer names another issuer or none', async () => {
    await expect(
      forge({}, (back) => back.searchParams.set('iss', 'https://evil.example')),
    ).rejects.toThrow(ProviderSignInRefused);
    await expect(forge({}, (back) => back.searchParams.delete('iss'))).rejects.toThrow(
      ProviderSignInRefused,
    );
    await expect(
      forge({}, (back) => back.searchParams.set('error', 'access_denied')),
    ).rejects.toThrow(ProviderSignInRefused);
  });

  it('does not link an account at a domain that is another provider’s, whatever it says', async () => {
    const ann = await signedIn(service, time);
    await expect(
      forge({ claims: { sub: 'thief', email: ann.email, email_verified: true } }),
    ).rejects.toThrow(NoAccountForIdentity);
    await expect(
      forge({ claims: { sub: 'thief', email: ann.email, email_verified: 'true' } }),
    ).rejects.toThrow(NoAccountForIdentity);
  });
});

describe('the settings of a provider', () => {
  it('keep the name of the client secret and never the secret', async () => {
    const stored = await rowsOf<{ row: string }>(
      service,
      'select p::text as row from sign_in_provider p',
    );
    for (const { row } of stored) {
      expect(row).toContain(SECRET_NAME);
      expect(row).not.toContain(CLIENT_SECRET);
    }
  });

  it.each([
    { issuer: 'http://council.example' },
    { issuer: 'https://council.example/?x=1' },
    { issuer: 'ftp://council.example' },
    { issuer: 'council' },
    { clientSecretName: 'DATABASE_URL' },
    { clientSecretName: 'OUTTURN_SECRET_KEY' },
    { emailDomains: [] },
    { emailDomains: ['example'] },
    { emailDomains: ['*.example'] },
    { emailDomains: ['a@b.example'] },
    { clientId: '' },
    { name: ' ' },
  ])('are refused with %j', async (changes) => {
    await expect(addProvider(changes)).rejects.toThrow(ProviderSettingsRefused);
  });

  it('give a domain to one provider only, and are an administrator’s', async () => {
    await expect(addProvider({ emailDomains: ['new.example', 'CHARITY.example'] })).rejects.toThrow(
      DomainTaken,
    );
    const ann = await signedIn(service, time);
    await expect(run((tx) => settings.list(tx, ann.session.actor!))).rejects.toThrow(
      PermissionRefused,
    );
    await expect(run((tx) => settings.remove(tx, ann.session.actor!, ids.honest))).rejects.toThrow(
      PermissionRefused,
    );
  });

  it('once removed let nobody in, and free the domain', async () => {
    const { id } = await addProvider({ emailDomains: ['gone.example'] });
    const begun = await providers.begin(id, HOME);
    const administrator = await administratorOf(service);
    await run((tx) => settings.remove(tx, administrator, id));
    expect(await providers.providerFor('x@gone.example')).toBeNull();
    await expect(providers.begin(id, HOME)).rejects.toThrow(NotYours);
    await expect(
      providers.finish(begun.visitToken, new URL(RETURN_TO), null, HOME),
    ).rejects.toThrow(NotYours);
    await addProvider({ emailDomains: ['gone.example'] });
  });

  it('of a provider that is away, or whose secret is not set, send nobody anywhere', async () => {
    const away = await addProvider({
      issuer: 'http://localhost:9',
      emailDomains: ['away.example'],
    });
    await expect(providers.begin(away.id, HOME)).rejects.toThrow(ProviderSignInRefused);
    const unset = await addProvider({
      clientSecretName: 'OIDC_SECRET_UNSET',
      emailDomains: ['unset.example'],
    });
    await expect(providers.begin(unset.id, HOME)).rejects.toThrow(ProviderSignInRefused);
  });
});
