import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../domain/calendar/clock.js';
import { SERVICE } from '../../platform/auth/acting.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { AccountsRepository } from './accounts.repository.js';
import { AttemptLimits } from './attempt-limits.js';
import type { BrowserSession } from './browser-session.js';
import type { Client } from './client.js';
import { PasswordHasher } from './password-hasher.js';
import { SignInCompletion } from './sign-in-completion.js';
import { CredentialsRefused } from './sign-in.errors.js';

/** The present password of somebody who is signed in, asked for once more. */
@Injectable()
export class PasswordProof {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly accounts: AccountsRepository,
    private readonly hasher: PasswordHasher,
    private readonly limits: AttemptLimits,
    private readonly completion: SignInCompletion,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Counted with the attempts to sign in: an open session is no place to guess from. Refuses CredentialsRefused, TooManyAttempts. */
  async require(session: BrowserSession, password: string, client: Client): Promise<void> {
    const attempt = await this.limits.password(session.email, client);
    const account = await this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.accounts.byId(tx, session.personId),
    );
    if (!(await this.hasher.verify(account?.hash ?? null, password))) {
      await this.completion.failed(session.email, 'password', this.clock.now());
      throw new CredentialsRefused(attempt.limits);
    }
    await attempt.succeeded();
  }
}
