import {
  CodeRefused,
  CredentialsRefused,
  WrongStage,
} from '../../../../src/access/sign-in/sign-in.errors.js';
import { AccountsService } from '../../../../src/access/sign-in/accounts.service.js';
import { PasswordHasher } from '../../../../src/access/sign-in/password-hasher.js';
import { SignInService } from '../../../../src/access/sign-in/sign-in.service.js';
import { TransactionRunner } from '../../../../src/platform/database/transaction-runner.js';
import { startTestApp, type TestApp } from '../../../support/harness.js';
import {
  administratorOf,
  HOME,
  invited,
  PASSWORD,
  recordedOf,
  rowsOf,
  signedIn,
  TestTime,
} from '../../../support/sign-in.js';

let service: TestApp;
let time: TestTime;
let signIn: SignInService;
beforeAll(async () => {
  service = await startTestApp();
  time = new TestTime(service);
  signIn = service.get(SignInService);
});
afterAll(() => service.stop());

describe('a sign-in', () => {
  it('asks for a first second factor, then for it, and acts only when it is complete', async () => {
    const ann = await invited(service, time);
    const first = await ann.withPassword();
    expect(first.issued.session).toMatchObject({ stage: 'enrolment', actor: null });
    expect(first.secondFactors).toEqual([]);
    const enrolled = await ann.enrol();
    expect(enrolled.session.actor).toMatchObject({
      personId: ann.id,
      via: 'web',
      session: { id: ann.session.id },
    });
    expect(ann.recoveryCodes).toHaveLength(10);
    time.pass({ seconds: 30 });
    const step = await ann.withPassword();
    expect(step.issued.session).toMatchObject({ stage: 'second-factor', actor: null });
    expect(step.secondFactors).toEqual(['authenticator', 'recovery-code']);
    expect((await ann.withCode()).issued.session).toMatchObject({ stage: 'complete' });
  });

  it('gives a new token at every step, and the one before is void', async () => {
    const ann = await signedIn(service, time);
    time.pass({ seconds: 30 });
    await ann.withPassword();
    const half = ann.token;
    await ann.withCode();
    expect(await ann.found(half)).toBeNull();
    expect(await ann.found()).toMatchObject({ stage: 'complete', personId: ann.id });
  });

  it('keeps tokens, codes and seeds in no readable form', async () => {
    const ann = await signedIn(service, time);
    const tables = [
      'browser_session',
      'recovery_code',
      'second_factor',
      'person_password',
      'password_link',
    ];
    for (const table of tables) {
      const stored = await rowsOf<{ row: string }>(
        service,
        `select t::text as row from ${table} t`,
      );
      const all = stored.map(({ row }) => row).join('\n');
      const seed = await ann.found();
      expect(seed).not.toBeNull();
      for (const secret of [
        ann.token,
        PASSWORD,
        ...ann.recoveryCodes,
        ...ann.recoveryCodes.map((code) => code.replaceAll('-', '')),
      ])
        expect(all).not.toContain(secret);
      expect(all).not.toContain(Buffer.from(ann.token, 'base64url').toString('hex'));
    }
  });

  it('records what happened, and names nobody', async () => {
    const ann = await signedIn(service, time);
    await ann.signIn();
    expect(await recordedOf(service, ann.id)).toEqual([
      'person.created',
      'api-key.issued',
      'password.link-issued',
      'password.set',
      'sign-in.completed',
      'second-factor.added',
      'recovery-codes.issued',
      'sign-in.completed',
    ]);
    const bodies = await rowsOf<{ body: string }>(
      service,
      `select body from audit_entry where stream = 'service'`,
    );
    for (const { body } of bodies) expect(body).not.toMatch(/@|Archer|192\.0\.2/);
  });

  it('tells in its entry how often one failed before', async () => {
    const ann = await signedIn(service, time);
    for (let n = 0; n < 3; n++)
      await expect(ann.withPassword('wrong')).rejects.toThrow(CredentialsRefused);
    await ann.signIn();
    const [entry] = await rowsOf<{ body: string }>(
      service,
      `select body from audit_entry where type = 'sign-in.completed' and person_id = $1 order by seq desc limit 1`,
      [ann.id],
    );
    expect(JSON.parse(entry!.body).payload).toMatchObject({
      first: 'password',
      second: 'authenticator',
      failedAttempts: 3,
    });
  });
});

describe('a refusal', () => {
  it('is the same for an unknown address, a wrong password, nobody’s password and a disabled person, and costs one verification each', async () => {
    const ann = await invited(service, time);
    const dora = await invited(service, time);
    await service
      .get(TransactionRunner)
      .run(await administratorOf(service), async (tx) =>
        service.get(AccountsService).disable(tx, await administratorOf(service), dora.id),
      );
    const verify = jest.spyOn(service.get(PasswordHasher), 'verify');
    const attempts = [
      { email: 'nobody@charity.example', password: PASSWORD },
      { email: ann.email, password: 'not the password' },
      { email: ann.email, password: 'x'.repeat(100_000) },
      { email: service.administrator.email, password: PASSWORD }, // has no password
      { email: dora.email, password: PASSWORD },
      { email: 'nul\u0000@charity.example', password: PASSWORD },
      { email: '', password: '' },
      { email: `${'x'.repeat(300)}@charity.example`, password: PASSWORD },
    ];
    const refusals: unknown[] = [];
    let n = 0;
    for (const attempt of attempts) {
      const before = verify.mock.calls.length;
      const client = { ...HOME, address: `203.0.${++n}.113` };
      const refusal: unknown = await signIn
        .withPassword(attempt, client)
        .catch((error: unknown) => error);
      expect(verify.mock.calls.length - before).toBe(1);
      expect(refusal).toBeInstanceOf(CredentialsRefused);
      const { code, kind, message, limits } = refusal as CredentialsRefused;
      refusals.push({ code, kind, message, limits });
    }
    verify.mockRestore();
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal))).size).toBe(1);
  });

  it('really verifies at the cost of argon2id with 19 MiB and two passes, for nobody’s password as well', async () => {
    const hasher = service.get(PasswordHasher);
    const hash = await hasher.hash(PASSWORD);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(hash, PASSWORD)).toBe(true);
    expect(await hasher.verify(hash, `${PASSWORD} `)).toBe(false);
    expect(await hasher.verify(null, PASSWORD)).toBe(false);
    const [stored] = await rowsOf<{ hash: string }>(
      service,
      'select hash from person_password limit 1',
    );
    expect(stored!.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('meets every address in any case of letters', async () => {
    const ann = await invited(service, time);
    const step = await signIn.withPassword(
      { email: ` ${ann.email.toUpperCase()} `, password: PASSWORD },
      HOME,
    );
    expect(step.issued.session.personId).toBe(ann.id);
  });
});

describe('the code of an authenticator', () => {
  it('counts once, in this step and for every sign-in under way', async () => {
    const ann = await signedIn(service, time);
    time.pass({ seconds: 30 });
    await ann.withPassword();
    const one = ann.issued!;
    await ann.withPassword();
    const other = ann.issued!;
    const code = ann.code();
    const answers = await Promise.allSettled([
      signIn.withAuthenticatorCode(one.session, code, HOME),
      signIn.withAuthenticatorCode(other.session, code, HOME),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await ann.withPassword();
    await expect(ann.withCode(code)).rejects.toThrow(CodeRefused);
  });

  it('that proved the authenticator when it was added does not sign in as well', async () => {
    const ann = await signedIn(service, time);
    const code = ann.code();
    await ann.withPassword();
    await expect(ann.withCode(code)).rejects.toThrow(CodeRefused);
  });

  it('counts one step early or late; after a later one no earlier one counts', async () => {
    const ann = await signedIn(service, time);
    time.pass({ minutes: 2 });
    await ann.withPassword();
    await expect(ann.withCode(ann.code(-2))).rejects.toThrow(CodeRefused);
    await expect(ann.withCode(ann.code(2))).rejects.toThrow(CodeRefused);
    await ann.withCode(ann.code(1));
    await ann.withPassword();
    await expect(ann.withCode(ann.code(0))).rejects.toThrow(CodeRefused);
    time.pass({ minutes: 1 });
    await ann.withCode(ann.code(-0));
    expect(ann.session.stage).toBe('complete');
  });

  it('of somebody else does not count', async () => {
    const [ann, bob] = [await signedIn(service, time), await signedIn(service, time)];
    time.pass({ seconds: 30 });
    await ann.withPassword();
    await expect(ann.withCode(bob.code())).rejects.toThrow(CodeRefused);
  });
});

describe('a recovery code', () => {
  it('counts once, even at the same moment', async () => {
    const ann = await signedIn(service, time);
    const code = ann.recoveryCodes[0]!;
    const sessions = [(await ann.withPassword()).issued, (await ann.withPassword()).issued];
    const answers = await Promise.allSettled(
      sessions.map(({ session }) => signIn.withRecoveryCode(session, code.toLowerCase(), HOME)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await ann.withPassword();
    await expect(signIn.withRecoveryCode(ann.session, code, HOME)).rejects.toThrow(CodeRefused);
    expect(
      (await signIn.withRecoveryCode(ann.session, ann.recoveryCodes[1]!, HOME)).issued.session
        .stage,
    ).toBe('complete');
  });

  it('of somebody else does not count', async () => {
    const [ann, bob] = [await signedIn(service, time), await signedIn(service, time)];
    await ann.withPassword();
    await expect(signIn.withRecoveryCode(ann.session, bob.recoveryCodes[0]!, HOME)).rejects.toThrow(
      CodeRefused,
    );
  });
});

describe('a step out of turn', () => {
  it('is refused', async () => {
    const ann = await signedIn(service, time);
    await expect(ann.withCode()).rejects.toThrow(WrongStage); // complete already
    const bob = await invited(service, time);
    await bob.withPassword();
    await expect(signIn.withRecoveryCode(bob.session, 'x', HOME)).rejects.toThrow(WrongStage);
    await expect(signIn.passkeyRequest(bob.session)).rejects.toThrow(WrongStage);
  });

  it('cannot be taken a second time with the same half session', async () => {
    const ann = await signedIn(service, time);
    time.pass({ seconds: 30 });
    await ann.withPassword();
    const half = ann.session;
    await ann.withCode();
    await expect(signIn.withRecoveryCode(half, ann.recoveryCodes[0]!, HOME)).rejects.toThrow(
      WrongStage,
    );
  });
});
