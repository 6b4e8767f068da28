import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../domain/calendar/clock.js';
import { SERVICE } from '../../platform/auth/acting.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { AccountsRepository, type AccountRow } from './accounts.repository.js';
import { AttemptLimits, type Attempt } from './attempt-limits.js';
import type { BrowserSession, IssuedSession } from './browser-session.js';
import type { Client } from './client.js';
import { Codes } from './codes.js';
import { asEmail } from './email.js';
import { FactorsRepository } from './factors.repository.js';
import type { LimitFigures } from '../../platform/rate-limits/limit-figures.js';
import { PasskeyCeremonies, type ProvedPasskey } from './passkey-ceremonies.js';
import type { PasskeyRequest } from './passkeys.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionKeeper } from './session-keeper.js';
import type { FirstFactor } from './sessions.repository.js';
import { SignInCompletion, type LastFactor } from './sign-in-completion.js';
import { CodeRefused, CredentialsRefused, PasskeyRefused, WrongStage } from './sign-in.errors.js';

/** What a person can be asked for after the first factor. */
export type SecondFactorKind = 'authenticator' | 'passkey' | 'recovery-code';

/** A step of a sign-in that went well. `issued.session.stage` says what comes next. */
export interface SignInStep {
  readonly issued: IssuedSession;
  /** Which second factors the person has, in the order in which to offer them; empty when they must enrol one. */
  readonly secondFactors: readonly SecondFactorKind[];
  readonly limits: readonly LimitFigures[];
}

/** Sign-in for browsers, step by step. Every step gives a new token, which takes the place of the one before. */
@Injectable()
export class SignInService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly accounts: AccountsRepository,
    private readonly factors: FactorsRepository,
    private readonly hasher: PasswordHasher,
    private readonly limits: AttemptLimits,
    private readonly codes: Codes,
    private readonly passkeys: PasskeyCeremonies,
    private readonly keeper: SessionKeeper,
    private readonly completion: SignInCompletion,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The first factor. Always does one argon2 verification, whether the person exists or not. Refuses CredentialsRefused
   * and TooManyAttempts.
   */
  async withPassword(
    credentials: { readonly email: string; readonly password: string },
    client: Client,
  ): Promise<SignInStep> {
    const email = asEmail(credentials.email);
    const attempt = await this.limits.password(email, client);
    const account = await this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.accounts.byEmail(tx, email),
    );
    const isRight = await this.hasher.verify(account?.hash ?? null, credentials.password);
    if (!isRight || !account || account.is_disabled) {
      await this.completion.failed(email, 'password', this.clock.now());
      throw new CredentialsRefused(attempt.limits);
    }
    const step = await this.transactions.run(SERVICE.authenticator, (tx) =>
      this.firstFactorDone(tx, account, 'password', client, attempt.limits),
    );
    await attempt.succeeded();
    return step;
  }

  /**
   * Starts the session of somebody whose first factor was right, for the sign-in at a provider as well. The caller has
   * made sure of it. Refuses WrongStage when the person was disabled at this very moment.
   */
  async firstFactorDone(
    tx: Transaction,
    account: Pick<AccountRow, 'id'>,
    firstFactor: FirstFactor,
    client: Client,
    limits: readonly LimitFigures[],
  ): Promise<SignInStep> {
    const secondFactors = await this.secondFactorsOf(tx, account.id);
    const stage = secondFactors.length === 0 ? 'enrolment' : 'second-factor';
    const start = { personId: account.id, stage, firstFactor, client } as const;
    const issued = await this.keeper.start(tx, { ...start, now: this.clock.now() });
    return { issued, secondFactors, limits };
  }

  /** Which second factors the person of a session has, in the order in which to offer them. */
  secondFactors(session: BrowserSession): Promise<readonly SecondFactorKind[]> {
    return this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.secondFactorsOf(tx, session.personId),
    );
  }

  /** The six digits of an authenticator. Each time step counts once. Refuses WrongStage, CodeRefused, TooManyAttempts. */
  async withAuthenticatorCode(
    session: BrowserSession,
    code: string,
    client: Client,
  ): Promise<SignInStep> {
    requireSecondFactorStage(session);
    const attempt = await this.limits.code(session.personId, client);
    return this.withCode(session, attempt, 'authenticator', (tx, now) =>
      this.codes.spendAuthenticatorCode(tx, session.personId, code, now),
    );
  }

  /** A recovery code, which is used up. Spaces, hyphens and case do not matter. Refuses as withAuthenticatorCode does. */
  async withRecoveryCode(
    session: BrowserSession,
    code: string,
    client: Client,
  ): Promise<SignInStep> {
    requireSecondFactorStage(session);
    const attempt = await this.limits.recoveryCode(session.personId, client);
    return this.withCode(session, attempt, 'recovery-code', (tx) =>
      this.codes.spendRecoveryCode(tx, session.personId, code),
    );
  }

  /**
   * What the browser needs for `navigator.credentials.get`. With a session at stage `second-factor`: any of the person's
   * passkeys; without one: whichever passkey the person chooses, who must then verify themselves to it (PIN, finger).
   * Refuses WrongStage.
   */
  async passkeyRequest(session: BrowserSession | null): Promise<PasskeyRequest> {
    if (session === null) return this.passkeys.request('sign-in', null);
    requireSecondFactorStage(session);
    return this.passkeys.request('second-factor', session);
  }

  /**
   * The browser's answer to a request. A passkey without a session is a whole sign-in by itself. Refuses PasskeyRefused,
   * WrongStage and TooManyAttempts.
   */
  async withPasskey(
    session: BrowserSession | null,
    ceremonyId: string,
    response: unknown,
    client: Client,
  ): Promise<SignInStep> {
    if (session !== null) requireSecondFactorStage(session);
    const attempt = await this.limits.passkey(client);
    const purpose = session === null ? 'sign-in' : 'second-factor';
    const proved = await this.passkeys.prove(purpose, session, ceremonyId, response);
    const now = this.clock.now();
    const issued = await this.transactions.run(SERVICE.authenticator, async (tx) => {
      await this.usePasskey(tx, proved, now);
      return session === null
        ? this.startComplete(tx, proved.personId, client, now)
        : this.completion.complete(tx, session, 'passkey', now);
    });
    await attempt.succeeded();
    return { issued, secondFactors: [], limits: attempt.limits };
  }

  private async startComplete(
    tx: Transaction,
    personId: string,
    client: Client,
    now: Date,
  ): Promise<IssuedSession> {
    const start = { personId, stage: 'complete', firstFactor: 'passkey', client, now } as const;
    const issued = await this.keeper.start(tx, start);
    await this.completion.recordCompleted(tx, issued.session, 'passkey', 'none');
    return issued;
  }

  private async usePasskey(tx: Transaction, proved: ProvedPasskey, at: Date): Promise<void> {
    const { id, countBefore: from, countNow: to } = proved;
    if (!(await this.factors.usePasskey(tx, { id, from, to, at }))) throw new PasskeyRefused();
  }

  private async withCode(
    session: BrowserSession,
    attempt: Attempt,
    kind: Extract<LastFactor, 'authenticator' | 'recovery-code'>,
    spend: (tx: Transaction, now: Date) => Promise<boolean>,
  ): Promise<SignInStep> {
    const now = this.clock.now();
    const issued = await this.transactions.run(SERVICE.authenticator, async (tx) =>
      (await spend(tx, now)) ? this.completion.complete(tx, session, kind, now) : null,
    );
    if (issued === null) {
      await this.completion.failed(session.email, kind, now);
      throw new CodeRefused(attempt.limits);
    }
    await attempt.succeeded();
    return { issued, secondFactors: [], limits: attempt.limits };
  }

  private async secondFactorsOf(tx: Transaction, personId: string): Promise<SecondFactorKind[]> {
    const kinds = new Set((await this.factors.confirmed(tx, personId)).map(({ kind }) => kind));
    const found: SecondFactorKind[] = (['passkey', 'authenticator'] as const).filter((kind) =>
      kinds.has(kind),
    );
    if (found.length > 0 && (await this.factors.recoveryCodes(tx, personId)) > 0)
      found.push('recovery-code');
    return found;
  }
}

function requireSecondFactorStage(session: BrowserSession): void {
  if (session.stage !== 'second-factor') throw new WrongStage();
}
