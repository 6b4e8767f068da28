import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../domain/calendar/clock.js';
import { SERVICE } from '../../platform/auth/acting.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { AccountRecord } from './account-record.js';
import { AccountsRepository } from './accounts.repository.js';
import { AttemptLimits } from './attempt-limits.js';
import type { BrowserSession, IssuedSession } from './browser-session.js';
import type { Client } from './client.js';
import { Codes } from './codes.js';
import { FactorsRepository } from './factors.repository.js';
import { PasskeyCeremonies } from './passkey-ceremonies.js';
import type { PasskeyRequest } from './passkeys.js';
import { PasswordProof } from './password-proof.js';
import { SessionKeeper } from './session-keeper.js';
import { actorOfComplete } from './session.mapping.js';
import { SignInCompletion } from './sign-in-completion.js';
import { CodeRefused, PasskeyRefused } from './sign-in.errors.js';

/** How a signed-in person can prove again who they are. */
export interface ProofsPossible {
  /** True when a password must go with an authenticator code; false for whoever has none. */
  readonly password: boolean;
  readonly authenticator: boolean;
  readonly passkey: boolean;
}

/** Proving again who one is, before an act that needs it (see requireRecent). Gives a new token each time. */
@Injectable()
export class ReauthenticationService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly accounts: AccountsRepository,
    private readonly factors: FactorsRepository,
    private readonly proof: PasswordProof,
    private readonly limits: AttemptLimits,
    private readonly codes: Codes,
    private readonly passkeys: PasskeyCeremonies,
    private readonly keeper: SessionKeeper,
    private readonly completion: SignInCompletion,
    private readonly record: AccountRecord,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Refuses WrongStage. */
  async proofsPossible(session: BrowserSession): Promise<ProofsPossible> {
    actorOfComplete(session);
    return this.transactions.readOnly(SERVICE.authenticator, async (tx) => {
      const account = await this.accounts.byId(tx, session.personId);
      const kinds = (await this.factors.confirmed(tx, session.personId)).map(({ kind }) => kind);
      return {
        password: account !== null && account.hash !== null,
        authenticator: kinds.includes('authenticator'),
        passkey: kinds.includes('passkey'),
      };
    });
  }

  /**
   * An authenticator code, and the password where the person has one. Refuses WrongStage, CredentialsRefused,
   * CodeRefused and TooManyAttempts.
   */
  async withCode(
    session: BrowserSession,
    proof: { readonly password: string | null; readonly code: string },
    client: Client,
  ): Promise<IssuedSession> {
    actorOfComplete(session);
    if ((await this.proofsPossible(session)).password)
      await this.proof.require(session, proof.password ?? '', client);
    const attempt = await this.limits.code(session.personId, client);
    const now = this.clock.now();
    const issued = await this.transactions.run(SERVICE.authenticator, async (tx) =>
      (await this.codes.spendAuthenticatorCode(tx, session.personId, proof.code, now))
        ? this.confirm(tx, session, 'authenticator', now)
        : null,
    );
    if (issued === null) {
      await this.completion.failed(session.email, 'authenticator', now);
      throw new CodeRefused(attempt.limits);
    }
    await attempt.succeeded();
    return issued;
  }

  /** For a passkey of the person, who verifies themselves to it. Refuses WrongStage. */
  async passkeyRequest(session: BrowserSession): Promise<PasskeyRequest> {
    actorOfComplete(session);
    return this.passkeys.request('confirm', session);
  }

  /** Refuses WrongStage, PasskeyRefused and TooManyAttempts. */
  async withPasskey(
    session: BrowserSession,
    ceremonyId: string,
    response: unknown,
    client: Client,
  ): Promise<IssuedSession> {
    actorOfComplete(session);
    const attempt = await this.limits.passkey(client);
    const proved = await this.passkeys.prove('confirm', session, ceremonyId, response);
    const now = this.clock.now();
    const issued = await this.transactions.run(SERVICE.authenticator, async (tx) => {
      const { id, countBefore: from, countNow: to } = proved;
      if (!(await this.factors.usePasskey(tx, { id, from, to, at: now })))
        throw new PasskeyRefused();
      return this.confirm(tx, session, 'passkey', now);
    });
    await attempt.succeeded();
    return issued;
  }

  private async confirm(
    tx: Transaction,
    session: BrowserSession,
    factor: string,
    now: Date,
  ): Promise<IssuedSession> {
    const issued = await this.keeper.confirm(tx, session, now);
    const payload = { sessionId: session.id, with: factor };
    await this.record.append(tx, session.actor, session.personId, 'sign-in.confirmed', payload);
    return issued;
  }
}
