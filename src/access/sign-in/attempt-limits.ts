import { Injectable } from '@nestjs/common';
import { networkOf, subscriberOf } from '../../domain/sign-in/address-network.js';
import { RateLimits, type RatePolicy } from '../../platform/rate-limits/rate-limits.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import type { Client } from './client.js';
import type { LimitFigures } from '../../platform/rate-limits/limit-figures.js';
import { TooManyAttempts } from './sign-in.errors.js';

const QUARTER_HOUR = 900;
const HOUR = 3_600;

/**
 * What may fail how often. Only failures stay counted: whoever gets in gets their attempt back. No limit is on an account
 * as such, because a stranger could use it up: each is on an account *and* the network the attempts come from, so that
 * its owner gets in from elsewhere, and sessions in force are never asked. The exception, `code-account`, counts codes
 * after the right password only: there the stranger has half of what is needed, and passkeys and recovery codes go on.
 */
export const ATTEMPTS = {
  address: { name: 'sign-in-address', quota: 50, windowSeconds: QUARTER_HOUR },
  password: { name: 'sign-in', quota: 10, windowSeconds: QUARTER_HOUR },
  code: { name: 'code', quota: 10, windowSeconds: QUARTER_HOUR },
  codeOfAccount: { name: 'code-account', quota: 30, windowSeconds: HOUR },
  recoveryCode: { name: 'recovery-code', quota: 10, windowSeconds: QUARTER_HOUR },
  passkey: { name: 'passkey', quota: 20, windowSeconds: QUARTER_HOUR },
  visit: { name: 'provider', quota: 200, windowSeconds: QUARTER_HOUR },
  reset: { name: 'reset', quota: 3, windowSeconds: QUARTER_HOUR },
  letter: { name: 'letter', quota: 5, windowSeconds: HOUR },
} as const satisfies Record<string, RatePolicy>;

interface Counted {
  readonly policy: RatePolicy;
  readonly key: string;
}

/** Attempts that were counted, and how to take them back when they were right. */
export interface Attempt {
  readonly limits: readonly LimitFigures[];
  /** It was right: it does not count, and the account starts anew on this network. */
  succeeded(): Promise<void>;
}

/** Slows down guessing. Each method counts first and refuses TooManyAttempts when that was one too many. */
@Injectable()
export class AttemptLimits {
  constructor(
    private readonly rates: RateLimits,
    private readonly box: SecretBox,
  ) {}

  /** A password under an e-mail address, whether anybody has it or not. */
  password(email: string, client: Client): Promise<Attempt> {
    return this.count([
      { policy: ATTEMPTS.address, key: this.key(subscriberOf(client.address)) },
      { policy: ATTEMPTS.password, key: this.key(email, networkOf(client.address)) },
    ]);
  }

  /** A code of a person's authenticator. */
  code(personId: string, client: Client): Promise<Attempt> {
    return this.count([
      { policy: ATTEMPTS.code, key: this.key(personId, networkOf(client.address)) },
      { policy: ATTEMPTS.codeOfAccount, key: this.key(personId) },
    ]);
  }

  recoveryCode(personId: string, client: Client): Promise<Attempt> {
    const key = this.key(personId, networkOf(client.address));
    return this.count([{ policy: ATTEMPTS.recoveryCode, key }]);
  }

  /** A passkey; who it belongs to may not be known yet. */
  passkey(client: Client): Promise<Attempt> {
    return this.count([{ policy: ATTEMPTS.passkey, key: this.key(subscriberOf(client.address)) }]);
  }

  /** A visit to an organisation's provider; a whole office comes from one address. */
  visit(client: Client): Promise<Attempt> {
    return this.count([{ policy: ATTEMPTS.visit, key: this.key(subscriberOf(client.address)) }]);
  }

  /** A request for a link to set a password. */
  reset(email: string, client: Client): Promise<Attempt> {
    return this.count([
      { policy: ATTEMPTS.address, key: this.key(subscriberOf(client.address)) },
      { policy: ATTEMPTS.reset, key: this.key(email, networkOf(client.address)) },
    ]);
  }

  /** An invitation that is sent again. */
  invitation(email: string): Promise<Attempt> {
    return this.count([{ policy: ATTEMPTS.letter, key: this.key(email) }]);
  }

  /** Whether one more letter may go to an address. Refuses nothing: whoever asked is not told. */
  async mayWriteTo(email: string): Promise<boolean> {
    return !(await this.rates.count(ATTEMPTS.letter, this.key(email))).isExceeded;
  }

  private async count(counted: readonly Counted[]): Promise<Attempt> {
    const limits: LimitFigures[] = [];
    for (const { policy, key } of counted) {
      const { isExceeded, remaining, resetSeconds } = await this.rates.count(policy, key);
      const { name, quota, windowSeconds } = policy;
      limits.push({ policy: name, quota, windowSeconds, remaining, resetSeconds });
      if (isExceeded) throw new TooManyAttempts(limits, resetSeconds);
    }
    return { limits, succeeded: () => this.takeBack(counted) };
  }

  private async takeBack(counted: readonly Counted[]): Promise<void> {
    for (const { policy, key } of counted) {
      // an address or account is shared with others, so only the attempt itself is taken back
      const isShared = policy === ATTEMPTS.address || policy === ATTEMPTS.codeOfAccount;
      if (isShared) await this.rates.takeBack(policy, key);
      else await this.rates.forget(policy, key);
    }
  }

  /** Nobody who reads the counts learns who tried, or from where. */
  private key(...parts: readonly string[]): string {
    return this.box.digest('attempts', JSON.stringify(parts)).toString('base64url');
  }
}
