import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../domain/calendar/clock.js';
import { idleSince } from '../../domain/sign-in/session-life.js';
import { SERVICE } from '../../platform/auth/acting.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { AccountsRepository } from './accounts.repository.js';
import { FactorsRepository } from './factors.repository.js';
import { OFFER_MS } from './factors.service.js';
import { PasskeyCeremoniesRepository } from './passkey-ceremonies.repository.js';
import { ProvidersRepository } from './providers.repository.js';
import { SessionsRepository } from './sessions.repository.js';

/** Failures that nobody added to for this long are no longer told. */
const FAILURES_MS = 30 * 24 * 3_600_000;

/** Removes what has expired. Nothing relies on it: whatever is expired is refused when it is used. */
@Injectable()
export class SignInUpkeep {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly sessions: SessionsRepository,
    private readonly accounts: AccountsRepository,
    private readonly factors: FactorsRepository,
    private readonly ceremonies: PasskeyCeremoniesRepository,
    private readonly providers: ProvidersRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One round; gives how many sessions were removed. */
  async removeExpired(): Promise<number> {
    const now = this.clock.now();
    const before = (ms: number) => new Date(now.getTime() - ms);
    return this.transactions.run(SERVICE.authenticator, async (tx) => {
      await this.ceremonies.removeExpired(tx, now);
      await this.providers.removeExpiredVisits(tx, now);
      await this.factors.removeStaleOffers(tx, before(OFFER_MS));
      await this.accounts.removeExpired(tx, now, before(FAILURES_MS));
      return this.sessions.removeExpired(tx, idleSince(this.config.session, now), now);
    });
  }
}
