import { Injectable } from '@nestjs/common';
import { SERVICE } from '../../platform/auth/acting.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { AccountRecord } from './account-record.js';
import { AccountsRepository } from './accounts.repository.js';
import type { BrowserSession, IssuedSession } from './browser-session.js';
import { SessionKeeper } from './session-keeper.js';
import type { FirstFactor } from './sessions.repository.js';

/** With what a sign-in was completed; `none` for a passkey that verified the person, which is two factors in one. */
export type LastFactor = 'authenticator' | 'passkey' | 'recovery-code' | 'enrolled' | 'none';

/** What was tried and was wrong, for the metric of failures. */
export type FailedFactor = 'password' | 'authenticator' | 'recovery-code' | 'passkey' | 'provider';

/** The end of a sign-in, good or bad. */
@Injectable()
export class SignInCompletion {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly keeper: SessionKeeper,
    private readonly accounts: AccountsRepository,
    private readonly record: AccountRecord,
    private readonly box: SecretBox,
    private readonly metrics: Metrics,
  ) {}

  /** The last factor was right: the session has an actor from here on. Refuses WrongStage. */
  async complete(
    tx: Transaction,
    session: BrowserSession,
    last: LastFactor,
    now: Date,
  ): Promise<IssuedSession> {
    const first = await this.keeper.firstFactorOf(tx, session);
    const issued = await this.keeper.complete(tx, session, now);
    await this.recordCompleted(tx, issued.session, first, last);
    return issued;
  }

  /** Records a sign-in, with how often one failed under the address since the last: people are told. */
  async recordCompleted(
    tx: Transaction,
    session: BrowserSession,
    first: FirstFactor,
    second: LastFactor,
  ): Promise<void> {
    const failedAttempts = await this.accounts.takeFailures(tx, this.digestOf(session.email));
    await this.record.append(tx, session.actor, session.personId, 'sign-in.completed', {
      sessionId: session.id,
      first,
      second,
      failedAttempts,
    });
  }

  /**
   * Counts a failure under an e-mail address. Failures have no audit entry each: anybody can cause them without end, and
   * the trail is for ever. Their number is in the entry of the next sign-in.
   */
  async failed(email: string, factor: FailedFactor, now: Date): Promise<void> {
    this.metrics.signInFailed(factor);
    const digest = this.digestOf(email);
    await this.transactions.run(SERVICE.authenticator, (tx) =>
      this.accounts.countFailure(tx, digest, now),
    );
  }

  private digestOf(email: string): Buffer {
    return this.box.digest('failed sign-in', email);
  }
}
