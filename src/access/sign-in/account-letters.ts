import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { SERVICE } from '../../platform/auth/acting.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { LETTERS, type Letters } from '../../platform/letters/letters.js';
import { SET_PASSWORD_PATH } from './paths.js';

/** Whom a letter is to. */
export interface Addressee {
  readonly email: string;
  readonly name: string;
}

/** A link in a letter: its token, and until when it is good. */
export interface LinkInLetter {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Letters to people about their accounts. */
@Injectable()
export class AccountLetters implements OnApplicationShutdown {
  private readonly logger = new Logger(AccountLetters.name);
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly transactions: TransactionRunner,
    @Inject(LETTERS) private readonly letters: Letters,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Resolves when nothing is under way any more. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /**
   * Does something whose outcome the asker is not to learn, nor how long it takes: it goes on while the answer is given,
   * and a failure is logged.
   */
  behindTheAnswer(work: () => Promise<void>): void {
    const running = work()
      .catch((error: unknown) => this.logger.warn('A letter could not be sent', error as Error))
      .finally(() => this.underWay.delete(running));
    this.underWay.add(running);
  }

  /** Together with the link that it tells of. */
  invitation(tx: Transaction, to: Addressee, link: LinkInLetter): Promise<void> {
    return this.send(tx, to, 'Your Outturn account', link.expiresAt, [
      'An account was made for you at Outturn, where outcomes contracts are kept and paid.',
      `Choose a password within seven days: ${this.linkOf(link.token)}`,
      'The link works once. If you did not expect it, do nothing.',
    ]);
  }

  /** Together with the link that it tells of. */
  reset(tx: Transaction, to: Addressee, link: LinkInLetter): Promise<void> {
    return this.send(tx, to, 'A new password for Outturn', link.expiresAt, [
      'Somebody, probably you, asked for a new password at Outturn.',
      `Choose one within an hour: ${this.linkOf(link.token)}`,
      'The link works once, and your second factor is still needed to sign in. If it was not you, do nothing.',
    ]);
  }

  /** So that whoever did not do it learns of it. */
  passwordSet(to: Addressee): Promise<void> {
    return this.notice(to, 'Your Outturn password was changed', [
      'The password of your Outturn account was changed, and every other session was ended.',
      'If it was not you, tell an administrator at once.',
    ]);
  }

  factorsReset(to: Addressee): Promise<void> {
    return this.notice(to, 'Your second factors at Outturn were removed', [
      'An administrator removed every second factor of your account. You will add a new one when you next sign in.',
      'If you did not ask for it, tell another administrator at once.',
    ]);
  }

  /** Of something that is done already, and stays done whether or not a letter about it can be written. */
  private notice(to: Addressee, subject: string, lines: readonly string[]): Promise<void> {
    return this.transactions.run(SERVICE.authenticator, (tx) =>
      this.send(tx, to, subject, null, lines),
    );
  }

  private send(
    tx: Transaction,
    { email, name }: Addressee,
    subject: string,
    uselessAt: Date | null,
    lines: readonly string[],
  ): Promise<void> {
    const text = [`Dear ${name},`, ...lines].join('\n\n') + '\n';
    return this.letters.send(tx, { to: email, subject, text, uselessAt });
  }

  private linkOf(token: string): string {
    return `${this.config.publicUrl}${SET_PASSWORD_PATH}/${token}`;
  }
}
