import { ATTEMPTS } from '../../../../src/access/sign-in/attempt-limits.js';
import { PasswordHasher } from '../../../../src/access/sign-in/password-hasher.js';
import { PasswordsService } from '../../../../src/access/sign-in/passwords.service.js';
import {
  CodeRefused,
  CredentialsRefused,
  TooManyAttempts,
} from '../../../../src/access/sign-in/sign-in.errors.js';
import { SignInService } from '../../../../src/access/sign-in/sign-in.service.js';
import { startTestApp, type TestApp } from '../../../support/harness.js';
import { ELSEWHERE, HOME, PASSWORD, rowsOf, signedIn, TestTime } from '../../../support/sign-in.js';

let service: TestApp;
let time: TestTime;
beforeAll(async () => {
  service = await startTestApp();
  time = new TestTime(service);
});
afterAll(() => service.stop());

const stranger = (n: number) => ({ address: `203.0.113.${n}`, userAgent: null });
const refusalOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => null,
    (error: unknown) => error,
  );

describe('attempts at one account from one network', () => {
  it('are refused after ten failures, whichever address of it they come from, with the figures and no more work', async () => {
    const ann = await signedIn(service, time);
    for (let n = 1; n <= ATTEMPTS.password.quota; n++) {
      const refusal = (await refusalOf(
        ann.withPassword('wrong', stranger(n)),
      )) as CredentialsRefused;
      expect(refusal).toBeInstanceOf(CredentialsRefused);
      expect(refusal.limits[1]).toMatchObject({
        policy: 'sign-in',
        quota: 10,
        windowSeconds: 900,
        remaining: 10 - n,
      });
    }
    const verify = jest.spyOn(service.get(PasswordHasher), 'verify');
    const refusal = (await refusalOf(ann.withPassword(PASSWORD, stranger(99)))) as TooManyAttempts;
    expect(refusal).toBeInstanceOf(TooManyAttempts);
    expect(refusal).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', kind: 'too-many' });
    expect(refusal.retryAfterSeconds).toBeGreaterThan(800);
    expect(refusal.retryAfterSeconds).toBeLessThanOrEqual(900);
    expect(verify).not.toHaveBeenCalled();
    verify.mockRestore();
  });

  it('lock nobody out: the owner signs in from elsewhere, and a session goes on', async () => {
    const ann = await signedIn(service, time);
    const known = ann.token;
    for (let n = 1; n <= 15; n++)
      await refusalOf(ann.withPassword('wrong', stranger(100 + (n % 50))));
    expect(await refusalOf(ann.withPassword(PASSWORD, stranger(101)))).toBeInstanceOf(
      TooManyAttempts,
    );
    expect(await ann.found(known)).not.toBeNull();
    await ann.signIn(HOME);
    expect(ann.session.stage).toBe('complete');
  });

  it('are counted for an address that nobody has, in the same way', async () => {
    const signIn = service.get(SignInService);
    const nobody = () =>
      refusalOf(
        signIn.withPassword(
          { email: 'nobody@nowhere.example', password: 'x' },
          { address: '198.18.0.1', userAgent: null },
        ),
      );
    for (let n = 0; n < 10; n++) expect(await nobody()).toBeInstanceOf(CredentialsRefused);
    expect(await nobody()).toBeInstanceOf(TooManyAttempts);
  });

  it('begin anew after one that was right', async () => {
    const ann = await signedIn(service, time);
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 8; n++)
        expect(await refusalOf(ann.withPassword('wrong', ELSEWHERE))).toBeInstanceOf(
          CredentialsRefused,
        );
      await ann.withPassword(PASSWORD, ELSEWHERE);
    }
  });

  it('all at once are not more than one after the other', async () => {
    const ann = await signedIn(service, time);
    const client = { address: '198.18.5.1', userAgent: null };
    const refusals = await Promise.all(
      Array.from({ length: 25 }, () => refusalOf(ann.withPassword('wrong', client))),
    );
    expect(refusals.filter((refusal) => refusal instanceof CredentialsRefused)).toHaveLength(10);
    expect(refusals.filter((refusal) => refusal instanceof TooManyAttempts)).toHaveLength(15);
  });
});

describe('attempts from one address at many accounts', () => {
  it('are refused after fifty failures; those that were right do not count', async () => {
    const ann = await signedIn(service, time);
    const client = { address: '198.18.9.9', userAgent: null };
    const signIn = service.get(SignInService);
    const guess = (n: number) =>
      refusalOf(signIn.withPassword({ email: `guess${n}@charity.example`, password: 'x' }, client));
    for (let n = 0; n < 40; n++) expect(await guess(n)).toBeInstanceOf(CredentialsRefused);
    for (let n = 0; n < 5; n++) await ann.withPassword(PASSWORD, client);
    for (let n = 40; n < 50; n++) expect(await guess(n)).toBeInstanceOf(CredentialsRefused);
    expect(await guess(50)).toBeInstanceOf(TooManyAttempts);
    expect(
      await refusalOf(
        signIn.withPassword(
          { email: ann.email, password: 'x' },
          { ...client, address: '198.18.9.10' },
        ),
      ),
    ).toBeInstanceOf(CredentialsRefused);
  });
});

describe('codes', () => {
  it('are refused after ten wrong ones, while recovery codes and a session go on', async () => {
    const ann = await signedIn(service, time);
    const known = ann.token;
    time.pass({ seconds: 30 });
    await ann.withPassword();
    const signIn = service.get(SignInService);
    for (let n = 0; n < 10; n++)
      expect(await refusalOf(ann.withCode('000000'))).toBeInstanceOf(CodeRefused);
    expect(await refusalOf(ann.withCode())).toBeInstanceOf(TooManyAttempts);
    expect(await ann.found(known)).not.toBeNull();
    expect(
      (await signIn.withRecoveryCode(ann.session, ann.recoveryCodes[0]!, HOME)).issued.session
        .stage,
    ).toBe('complete');
  });

  it('are limited for the account as well, because a thief has the password and many networks', async () => {
    const ann = await signedIn(service, time);
    time.pass({ seconds: 30 });
    await ann.withPassword();
    let guesses = 0;
    for (let n = 1; n <= 40; n++)
      if (
        (await refusalOf(
          ann.withCode('000000', { address: `10.1.${n}.1`, userAgent: null }),
        )) instanceof CodeRefused
      )
        guesses++;
    expect(guesses).toBe(ATTEMPTS.codeOfAccount.quota);
  });
});

describe('requests for a link', () => {
  it('answer alike whoever asks for whom, and are refused after three', async () => {
    const ann = await signedIn(service, time);
    const passwords = service.get(PasswordsService);
    for (const [email, address] of [
      [ann.email, '10.2.0.1'],
      ['nobody@charity.example', '10.3.0.1'],
    ] as const) {
      const ask = () => passwords.requestReset(email, { address, userAgent: null });
      for (let n = 0; n < 3; n++) expect(await ask()).toBeUndefined();
      await expect(ask()).rejects.toThrow(TooManyAttempts);
    }
  });
});

describe('what is counted', () => {
  it('tells neither who tried nor from where', async () => {
    const rows = await rowsOf<{ row: string }>(
      service,
      'select t::text as row from sign_in_attempt t union all select f::text from failed_sign_in f',
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { row } of rows) expect(row).not.toMatch(/@|charity|\d+\.\d+\.\d+/);
  });
});
