import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { LETTERS, type Letter, type Letters } from '../../platform/letters/letters.js';
import { SET_PASSWORD_PATH } from './paths.js';

/** Whom a letter is to. */
export interface Addressee {
  readonly email: string;
  readonly name: string;
}

/** Letters to people about their accounts. */
@Injectable()
export class AccountLetters implements OnApplicationShutdown {
  private readonly logger = new Logger(AccountLetters.name);
  private readonly underWay = new Set<Promise<void>>();

  constructor(
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

  invitation(to: Addressee, token: string): Promise<void> {
    return this.send(to, 'Your Outturn account', [
      'An account was made for you at Outturn, where outcomes contracts are kept and paid.',
      `Choose a password within seven days: ${this.linkOf(token)}`,
      'The link works once. If you did not expect it, do nothing.',
    ]);
  }

  reset(to: Addressee, token: string): Promise<void> {
    return this.send(to, 'A new password for Outturn', [
      'Somebody, probably you, asked for a new password at Outturn.',
      `Choose one within an hour: ${this.linkOf(token)}`,
      'The link works once, and your second factor is still needed to sign in. If it was not you, do nothing.',
    ]);
  }

  /** So that whoever did not do it learns of it. */
  passwordSet(to: Addressee): Promise<void> {
    return this.send(to, 'Your Outturn password was changed', [
      'The password of your Outturn account was changed, and every other session was ended.',
      'If it was not you, tell an administrator at once.',
    ]);
  }

  factorsReset(to: Addressee): Promise<void> {
    return this.send(to, 'Your second factors at Outturn were removed', [
      'An administrator removed every second factor of your account. You will add a new one when you next sign in.',
      'If you did not ask for it, tell another administrator at once.',
    ]);
  }

  private send({ email, name }: Addressee, subject: string, lines: readonly string[]) {
    const letter: Letter = {
      to: email,
      subject,
      text: [`Dear ${name},`, ...lines].join('\n\n') + '\n',
    };
    return this.letters.send(letter);
  }

  private linkOf(token: string): string {
    return `${this.config.publicUrl}${SET_PASSWORD_PATH}/${token}`;
  }
}
