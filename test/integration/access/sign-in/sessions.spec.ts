import { AffiliationsService } from '../../../../src/access/organisations/affiliations.service.js';
import { AccountsService } from '../../../../src/access/sign-in/accounts.service.js';
import { FactorsService } from '../../../../src/access/sign-in/factors.service.js';
import { PasswordsService } from '../../../../src/access/sign-in/passwords.service.js';
import { ReauthenticationService } from '../../../../src/access/sign-in/reauthentication.service.js';
import { SessionsService } from '../../../../src/access/sign-in/sessions.service.js';
import {
  CodeRefused,
  CredentialsRefused,
  LastFactor,
  LinkNotValid,
  NotYours,
  PasswordNotAccepted,
  WrongStage,
} from '../../../../src/access/sign-in/sign-in.errors.js';
import { SignInService } from '../../../../src/access/sign-in/sign-in.service.js';
import { SignInUpkeep } from '../../../../src/access/sign-in/sign-in-upkeep.js';
import { PermissionRefused } from '../../../../src/access/access.errors.js';
import { MembersService } from '../../../../src/access/members.service.js';
import type { Actor } from '../../../../src/platform/auth/actor.js';
import { AuthenticationNotRecent } from '../../../../src/platform/auth/auth.errors.js';
import { requireRecent } from '../../../../src/platform/auth/recent-authentication.js';
import { SERVICE } from '../../../../src/platform/auth/acting.js';
import type { Transaction } from '../../../../src/platform/database/transaction.js';
import { TransactionRunner } from '../../../../src/platform/database/transaction-runner.js';
import { aContract, startTestApp, TestPerson, type TestApp } from '../../../support/harness.js';
import {
  administratorOf,
  ELSEWHERE,
  HOME,
  invited,
  PASSWORD,
  rowsOf,
  signedIn,
  TestTime,
  type BrowserPerson,
} from '../../../support/sign-in.js';

let service: TestApp;
let time: TestTime;
beforeAll(async () => {
  service = await startTestApp();
  time = new TestTime(service);
});
afterAll(() => service.stop());

const sessions = () => service.get(SessionsService);
const factors = () => service.get(FactorsService);
const passwords = () => service.get(PasswordsService);
/** As the administrator does it. */
const run = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
  service.get(TransactionRunner).run(await administratorOf(service), work);
/** As whoever installs the service does it. */
const invite = (personId: string) =>
  service
    .get(TransactionRunner)
    .run(SERVICE.operator, (tx) =>
      service.get(PasswordsService).issueInvitation(tx, null, personId),
    );
const NEXT_PASSWORD = 'ninety copper windmills hum';

describe('a session', () => {
  it('ends when it was not used for half an hour, and lives on when it was', async () => {
    const ann = await signedIn(service, time);
    time.pass({ minutes: 29, seconds: 59 });
    expect(await ann.found()).not.toBeNull();
    time.pass({ minutes: 29, seconds: 59 });
    expect(await ann.found()).not.toBeNull();
    time.pass({ minutes: 30 });
    expect(await ann.found()).toBeNull();
  });

  it('ends twelve hours after the sign-in however much it is used', async () => {
    const ann = await signedIn(service, time);
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      time.pass({ minutes: 20 });
      expect(await ann.found()).not.toBeNull();
    }
    time.pass({ minutes: 19, seconds: 59 });
    expect(await ann.found()).not.toBeNull();
    time.pass({ seconds: 1 });
    expect(await ann.found()).toBeNull();
  });

  it('has a quarter of an hour between two steps', async () => {
    const ann = await signedIn(service, time);
    await ann.withPassword();
    const half = ann.session;
    time.pass({ minutes: 15 });
    expect(await ann.found()).toBeNull();
    await expect(
      service.get(SignInService).withAuthenticatorCode(half, ann.code(), HOME),
    ).rejects.toThrow(WrongStage);
  });

  it('is gone after signing out, and its token opens nothing', async () => {
    const ann = await signedIn(service, time);
    await sessions().signOut(ann.session);
    expect(await ann.found()).toBeNull();
    await sessions().signOut(ann.session); // twice is no fault
    await expect(
      sessions().endOthers({ ...ann.session, stage: 'second-factor', actor: null }),
    ).rejects.toThrow(WrongStage);
  });

  it.each(['', 'x', 'x'.repeat(43), '\u0000'.repeat(43), '../'.repeat(20)])(
    'is not found for %j',
    async (token) => expect(await sessions().find(token)).toBeNull(),
  );

  it('is listed to its owner with device, network and times, and revoked one by one or all', async () => {
    const ann = await signedIn(service, time);
    const here = ann.issued!;
    const there = await ann.signIn(ELSEWHERE);
    await ann.signIn();
    const third = ann.issued!;
    await ann.withPassword(); // halfway: not in the list
    const list = await sessions().list(here.session);
    expect(list.map(({ device, network, isThis }) => ({ device, network, isThis }))).toEqual(
      expect.arrayContaining([
        { device: 'Firefox on Linux', network: '192.0.2.x', isThis: true },
        { device: 'Unknown browser', network: '198.51.100.x', isThis: false },
        { device: 'Firefox on Linux', network: '192.0.2.x', isThis: false },
      ]),
    );
    expect(list).toHaveLength(3);
    await sessions().end(here.session, there.session.id);
    expect(await sessions().find(there.token)).toBeNull();
    expect(await sessions().endOthers(here.session)).toBe(2); // the third and the one halfway
    expect(await sessions().find(third.token)).toBeNull();
    expect(await sessions().find(here.token)).not.toBeNull();
  });

  it('of somebody else cannot be revoked', async () => {
    const [ann, bob] = [await signedIn(service, time), await signedIn(service, time)];
    for (const id of [bob.session.id, 'not-an-id', '00000000-0000-0000-0000-000000000000'])
      await expect(sessions().end(ann.session, id)).rejects.toThrow(NotYours);
    expect(await bob.found()).not.toBeNull();
  });
});

describe('every session of a person ends', () => {
  const disabled = async (ann: BrowserPerson) => {
    const administrator = await administratorOf(service);
    await run((tx) => service.get(AccountsService).disable(tx, administrator, ann.id));
  };
  const resetByLink = async (ann: BrowserPerson) => {
    const { token } = await invite(ann.id);
    await passwords().setByLink(token, NEXT_PASSWORD);
  };
  const factorsReset = async (ann: BrowserPerson) =>
    factors().resetFactors(await administratorOf(service), ann.id);

  it.each([
    ['the person is disabled', disabled],
    ['the password is set by a link', resetByLink],
    ['the factors are reset', factorsReset],
  ])('when %s, the half ones as well', async (_, act) => {
    const ann = await signedIn(service, time);
    const complete = ann.token;
    await ann.withPassword();
    const half = ann.token;
    await act(ann);
    expect(await sessions().find(complete)).toBeNull();
    expect(await sessions().find(half)).toBeNull();
    const left = await rowsOf(service, 'select 1 from browser_session where person_id = $1', [
      ann.id,
    ]);
    expect(left).toEqual([]);
  });

  it('but the one at hand when the owner changes the password, which gets a new token', async () => {
    const ann = await signedIn(service, time);
    const here = ann.issued!;
    const there = await ann.signIn();
    const changed = await passwords().change(
      here.session,
      { present: PASSWORD, next: NEXT_PASSWORD },
      HOME,
    );
    expect(await sessions().find(there.token)).toBeNull();
    expect(await sessions().find(here.token)).toBeNull();
    expect(await sessions().find(changed.token)).toMatchObject({ id: here.session.id });
    await expect(ann.withPassword(PASSWORD)).rejects.toThrow(CredentialsRefused);
    await ann.withPassword(NEXT_PASSWORD);
  });

  it('when a role in a contract is taken away', async () => {
    const ann = await signedIn(service, time);
    const contract = await aContract().asDraft().in(service);
    const administrator = await administratorOf(service);
    const member = { email: ann.email, party: 'provider', role: 'observer' } as const;
    await run((tx) =>
      service.get(MembersService).addMember(tx, administrator, contract.code, member),
    );
    expect(await ann.found()).not.toBeNull();
    await run((tx) =>
      service.get(MembersService).endMember(tx, administrator, contract.code, ann.id, 'observer'),
    );
    expect(await ann.found()).toBeNull();
  });
});

describe('somebody who leaves an organisation', () => {
  it('is signed out', async () => {
    const ann = await signedIn(service, time);
    const administrator = await administratorOf(service);
    const { body } = await service.administrator
      .post('/v1/organisations', { name: 'The Leavers' })
      .expect(201);
    const affiliations = service.get(AffiliationsService);
    const affiliate = { email: ann.email, name: 'Ann', isManager: false };
    await run((tx) => affiliations.add(tx, administrator, body.id, affiliate));
    expect(await ann.found()).not.toBeNull();
    await run((tx) => affiliations.end(tx, administrator, body.id, ann.id));
    expect(await ann.found()).toBeNull();
  });

  it('is not signed out by a manager who let them in and act for nothing: anybody could be', async () => {
    const [ann, mia] = [await signedIn(service, time), await signedIn(service, time)];
    const administrator = await administratorOf(service);
    const { body } = await service.administrator
      .post('/v1/organisations', { name: 'The Inviters' })
      .expect(201);
    const affiliations = service.get(AffiliationsService);
    const manages = { email: mia.email, name: 'Mia', isManager: true };
    await run((tx) => affiliations.add(tx, administrator, body.id, manages));
    const manager: Actor = { personId: mia.id, name: 'Mia', isAdministrator: false, via: 'web' };
    const transactions = service.get(TransactionRunner);
    const invited = { email: ann.email, name: 'Ann', isManager: false };
    await transactions.run(manager, (tx) => affiliations.add(tx, manager, body.id, invited));
    await transactions.run(manager, (tx) => affiliations.end(tx, manager, body.id, ann.id));
    expect(await ann.found()).not.toBeNull();
  });
});

describe('a disabled person', () => {
  it('gets in with nothing, and with everything again once enabled', async () => {
    const administrator = await administratorOf(service);
    const ann = await signedIn(service, time);
    const issued = await service.administrator
      .post(`/v1/people/${ann.id}/keys`, { label: 'hers' })
      .expect(201);
    const withKey = new TestPerson(service.app, {
      name: 'Ann',
      email: ann.email,
      key: issued.body.apiKey,
    });
    await withKey.get('/v1/me').expect(200);
    const { token } = await invite(ann.id);
    await run((tx) => service.get(AccountsService).disable(tx, administrator, ann.id));
    await withKey.get('/v1/me').expect(401);
    await expect(passwords().setByLink(token, NEXT_PASSWORD)).rejects.toThrow(LinkNotValid);
    await expect(ann.withPassword()).rejects.toThrow(CredentialsRefused);
    await run((tx) => service.get(AccountsService).enable(tx, administrator, ann.id));
    await withKey.get('/v1/me').expect(200);
    await ann.signIn();
  });

  it('is disabled by an administrator only, and never by themselves', async () => {
    const [ann, bob] = [
      await signedIn(service, time),
      await signedIn(service, time, { isAdministrator: true }),
    ];
    const accounts = service.get(AccountsService);
    await expect(run((tx) => accounts.disable(tx, ann.session.actor!, bob.id))).rejects.toThrow(
      PermissionRefused,
    );
    await expect(
      run((tx) => accounts.disable(tx, bob.session.actor!, bob.id)),
    ).rejects.toMatchObject({ code: 'OWN_ACCOUNT' });
  });
});

describe('a recent proof of identity', () => {
  const isRecent = (person: BrowserPerson, session = person.session) => {
    try {
      requireRecent(session.actor!, time.present);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(AuthenticationNotRecent);
      return false;
    }
  };

  it('is asked for after five minutes, and given by password and code', async () => {
    const ann = await signedIn(service, time);
    time.pass({ minutes: 5 });
    expect(isRecent(ann, (await ann.found())!)).toBe(true);
    time.pass({ ms: 1 });
    const before = (await ann.found())!;
    expect(isRecent(ann, before)).toBe(false);
    const reauthentication = service.get(ReauthenticationService);
    expect(await reauthentication.proofsPossible(before)).toEqual({
      password: true,
      authenticator: true,
      passkey: false,
    });
    const proof = { password: PASSWORD, code: ann.code() };
    const old = ann.token;
    ann.issued = await reauthentication.withCode(before, proof, HOME);
    expect(isRecent(ann, (await ann.found())!)).toBe(true);
    expect(await ann.found(old)).toBeNull();
    expect(ann.session.endsAt).toEqual(before.endsAt);
    expect(ann.session.id).toBe(before.id);
    // the code was used up by it
    await expect(reauthentication.withCode(ann.session, proof, HOME)).rejects.toThrow(CodeRefused);
  });

  it('is not given by half of it', async () => {
    const ann = await signedIn(service, time);
    time.pass({ minutes: 6 });
    const reauthentication = service.get(ReauthenticationService);
    for (const password of [null, '', 'wrong'])
      await expect(
        reauthentication.withCode(ann.session, { password, code: ann.code() }, HOME),
      ).rejects.toThrow(CredentialsRefused);
    await expect(
      reauthentication.withCode(ann.session, { password: PASSWORD, code: '000000' }, HOME),
    ).rejects.toThrow(CodeRefused);
    expect(isRecent(ann, (await ann.found())!)).toBe(false);
  });

  it('is needed for every change of factors', async () => {
    const ann = await signedIn(service, time);
    const [factor] = (await factors().factors(ann.session)).factors;
    time.pass({ minutes: 6 });
    const stale = (await ann.found())!;
    for (const act of [
      () => factors().offerAuthenticator(stale, 'second phone'),
      () => factors().confirmAuthenticator(stale, factor!.id, '000000', HOME),
      () => factors().offerPasskey(stale),
      () => factors().confirmPasskey(stale, factor!.id, {}, 'key'),
      () => factors().remove(stale, factor!.id),
      () => factors().renewRecoveryCodes(stale),
    ])
      await expect(act()).rejects.toThrow(AuthenticationNotRecent);
  });

  it('is not asked of an API key', () => {
    expect(() =>
      requireRecent({ personId: 'x', name: 'x', isAdministrator: false, via: 'api' }, time.present),
    ).not.toThrow();
  });

  it('is missing where a browser has no session, or one from the future', () => {
    const actor = { personId: 'x', name: 'x', isAdministrator: false, via: 'web' } as const;
    expect(() => requireRecent(actor, time.present)).toThrow(AuthenticationNotRecent);
    const authenticatedAt = new Date(time.present.getTime() + 1);
    expect(() =>
      requireRecent({ ...actor, session: { id: 'x', authenticatedAt } }, time.present),
    ).toThrow(AuthenticationNotRecent);
  });
});

describe('second factors', () => {
  it('are shown, and all but the last can be removed', async () => {
    const ann = await signedIn(service, time);
    time.pass({ seconds: 30 });
    await ann.enrol('tablet');
    const { factors: two, recoveryCodesLeft } = await factors().factors(ann.session);
    expect(two.map(({ kind, label }) => [kind, label])).toEqual([
      ['authenticator', 'phone'],
      ['authenticator', 'tablet'],
    ]);
    expect(recoveryCodesLeft).toBe(10);
    const old = ann.token;
    ann.issued = await factors().remove(ann.session, two[0]!.id);
    expect(await ann.found(old)).toBeNull();
    await expect(factors().remove(ann.session, two[1]!.id)).rejects.toThrow(LastFactor);
    expect((await factors().factors(ann.session)).factors).toHaveLength(1);
    await ann.signIn();
  });

  it('cannot both be removed at the same moment', async () => {
    const ann = await signedIn(service, time);
    time.pass({ seconds: 30 });
    await ann.enrol('tablet');
    const { factors: two } = await factors().factors(ann.session);
    const answers = await Promise.allSettled(
      two.map(({ id }) => factors().remove(ann.session, id)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('of somebody else are not there', async () => {
    const [ann, bob] = [await signedIn(service, time), await signedIn(service, time)];
    const [hers] = (await factors().factors(ann.session)).factors;
    for (const id of [hers!.id, 'no-id'])
      await expect(factors().remove(bob.session, id)).rejects.toThrow(NotYours);
  });

  it('are added once: another sign-in that waits for a first factor can add none any more', async () => {
    const ann = await invited(service, time);
    await ann.withPassword();
    const thief = ann.issued!;
    const offer = await factors().offerAuthenticator(thief.session, 'thief');
    await ann.withPassword();
    await ann.enrol();
    await expect(
      factors().confirmAuthenticator(thief.session, offer.factorId, '000000', HOME),
    ).rejects.toThrow(WrongStage);
    await expect(factors().offerAuthenticator(thief.session, 'thief')).rejects.toThrow(WrongStage);
  });

  it('are not added by half a sign-in', async () => {
    const ann = await signedIn(service, time);
    await ann.withPassword();
    await expect(factors().offerAuthenticator(ann.session, 'x')).rejects.toThrow(WrongStage);
    await expect(factors().factors(ann.session)).rejects.toThrow(WrongStage);
  });

  it.each(['', '   ', 'x'.repeat(61), 'a\u0000b', 'a\nb'])('are not named %j', async (label) => {
    const ann = await invited(service, time);
    await ann.withPassword();
    await expect(factors().offerAuthenticator(ann.session, label)).rejects.toMatchObject({
      code: 'FACTOR_NOT_NAMED',
    });
  });

  it('offered too long ago do not count', async () => {
    const ann = await invited(service, time);
    await ann.withPassword();
    const offer = await factors().offerAuthenticator(ann.session, 'phone');
    time.pass({ minutes: 14 });
    await ann.withPassword();
    time.pass({ minutes: 1 });
    await expect(
      factors().confirmAuthenticator(ann.session, offer.factorId, '000000', HOME),
    ).rejects.toThrow(NotYours);
  });

  it('lost are taken away by an administrator, and enrolled anew', async () => {
    const ann = await signedIn(service, time);
    await expect(factors().resetFactors(ann.session.actor!, ann.id)).rejects.toThrow(
      PermissionRefused,
    );
    await factors().resetFactors(await administratorOf(service), ann.id);
    await ann.withPassword();
    expect(ann.session.stage).toBe('enrolment');
    const codes = ann.recoveryCodes;
    await ann.enrol('new phone');
    expect(ann.recoveryCodes).not.toEqual(codes);
  });

  it('have ten new recovery codes when asked for, and the old ones are void', async () => {
    const ann = await signedIn(service, time);
    const next = await factors().renewRecoveryCodes(ann.session);
    expect(next).toHaveLength(10);
    await ann.withPassword();
    const withRecoveryCode = (code: string) =>
      service.get(SignInService).withRecoveryCode(ann.session, code, HOME);
    await expect(withRecoveryCode(ann.recoveryCodes[0]!)).rejects.toThrow(CodeRefused);
    expect((await withRecoveryCode(next[0]!)).issued.session.stage).toBe('complete');
  });
});

describe('a link to set a password', () => {
  const linkFor = (person: BrowserPerson) => invite(person.id).then(({ token }) => token);

  it('works once, for seven days', async () => {
    const ann = await invited(service, time);
    const token = await linkFor(ann);
    expect(await passwords().holderOf(token)).toEqual({
      email: ann.email,
      name: 'Ann Archer',
      purpose: 'invitation',
    });
    const answers = await Promise.allSettled([
      passwords().setByLink(token, NEXT_PASSWORD),
      passwords().setByLink(token, 'another long passphrase xy'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(passwords().holderOf(token)).rejects.toThrow(LinkNotValid);
    const late = await linkFor(ann);
    time.pass({ hours: 7 * 24 });
    await expect(passwords().setByLink(late, NEXT_PASSWORD)).rejects.toThrow(LinkNotValid);
  });

  it('is void once there is a newer one', async () => {
    const ann = await invited(service, time);
    const [first, second] = [await linkFor(ann), await linkFor(ann)];
    await expect(passwords().holderOf(first)).rejects.toThrow(LinkNotValid);
    await passwords().setByLink(second, NEXT_PASSWORD);
  });

  it('stays in force when the password is refused', async () => {
    const ann = await invited(service, time);
    const token = await linkFor(ann);
    for (const [password, fault] of [
      ['short', 'too-short'],
      ['x'.repeat(129), 'too-long'],
      ['password123', 'too-common'],
      ['Ann Archer Outturn', 'too-personal'],
    ] as const)
      await expect(passwords().setByLink(token, password)).rejects.toMatchObject({ fault });
    await passwords().setByLink(token, NEXT_PASSWORD);
  });

  it('does not sign in past a second factor', async () => {
    const ann = await signedIn(service, time);
    await passwords().setByLink(await linkFor(ann), NEXT_PASSWORD);
    await ann.withPassword(NEXT_PASSWORD);
    expect(ann.session.stage).toBe('second-factor');
  });

  it.each(['', 'x', 'x'.repeat(43)])('is not %j', async (token) =>
    expect(passwords().holderOf(token)).rejects.toThrow(LinkNotValid),
  );
});

describe('a change of password', () => {
  it('needs the present one, and a new one that is another', async () => {
    const ann = await signedIn(service, time);
    const change = (present: string, next: string) =>
      passwords().change(ann.session, { present, next }, HOME);
    await expect(change('wrong', NEXT_PASSWORD)).rejects.toThrow(CredentialsRefused);
    await expect(change(PASSWORD, PASSWORD)).rejects.toThrow(PasswordNotAccepted);
    await expect(change(PASSWORD, 'qwertyuiop')).rejects.toMatchObject({ fault: 'too-common' });
    await change(PASSWORD, NEXT_PASSWORD);
  });
});

describe('upkeep', () => {
  it('removes what has expired and nothing else', async () => {
    const [old, fresh] = [await signedIn(service, time), await signedIn(service, time)];
    await invite(old.id);
    await old.withPassword('wrong').catch(() => undefined);
    time.pass({ minutes: 29 });
    await fresh.found();
    time.pass({ minutes: 2 });
    expect(await service.get(SignInUpkeep).removeExpired()).toBeGreaterThan(0);
    const alive = await rowsOf<{ person_id: string }>(
      service,
      'select person_id from browser_session',
    );
    expect(alive.map(({ person_id }) => person_id)).toEqual([fresh.id]);
    expect(await fresh.found()).not.toBeNull();
    expect(
      await rowsOf(service, 'select 1 from password_link where person_id = $1', [old.id]),
    ).toHaveLength(1);
    time.pass({ hours: 31 * 24 });
    await service.get(SignInUpkeep).removeExpired();
    for (const table of ['browser_session', 'password_link', 'failed_sign_in', 'passkey_ceremony'])
      expect(await rowsOf(service, `select 1 from ${table}`)).toEqual([]);
  });
});
