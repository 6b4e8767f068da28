import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '../../domain/calendar/clock.js';
import { SERVICE } from '../auth/acting.js';
import { CLOCK } from '../clock/clock.module.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { Metrics, type LetterOutcome } from '../metrics/metrics.js';
import { SecretBox } from '../secrets/secret-box.js';
import { SecretNotOpened } from '../secrets/secrets.errors.js';
import { LetterNotDelivered } from './letters.errors.js';
import { MailServer } from './mail-server.js';
import { messageOf } from './message.js';
import { openLetter } from './sealed-letter.js';
import { WaitingLettersRepository, type WaitingLetter } from './waiting-letters.repository.js';

const FIRST_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 1_800;
/** Beyond the time that the server may take: a turn that is over while its letter is under way would send it twice. */
const MARGIN_SECONDS = 30;

/**
 * Brings letters that wait to the mail server, each at least once: whoever dies after the server took it and before its row
 * is gone has it sent again under the same Message-ID. No transaction is open while the server is spoken to.
 */
@Injectable()
export class LetterCarrier {
  private readonly logger = new Logger('Letters');
  private readonly server: MailServer | null;
  private readonly host: string;
  private trouble: { readonly until: Date; readonly failure: LetterNotDelivered } | null = null;

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly waiting: WaitingLettersRepository,
    private readonly box: SecretBox,
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const to = config.letters?.to;
    this.host = new URL(config.publicUrl).hostname;
    this.server = to?.kind === 'server' ? new MailServer(to.server, this.host) : null;
  }

  /**
   * Delivers every letter that is due, one after the other. Refuses LetterNotDelivered when the server is away, and leaves it
   * in peace for a while; the letters stay.
   */
  async deliverDue(stopping: AbortSignal): Promise<void> {
    if (this.server === null) return;
    if (this.trouble !== null && this.clock.now() < this.trouble.until) throw this.trouble.failure;
    while (!stopping.aborted) {
      const letter = await this.take();
      if (letter === null) break;
      await this.deliver(this.server, letter, stopping);
    }
    this.trouble = null;
  }

  private async deliver(server: MailServer, letter: WaitingLetter, stopping: AbortSignal) {
    const { id, uselessAt, attempts } = letter;
    if (this.clock.now() >= uselessAt) {
      await this.remove(letter, 'useless');
      return this.logger.warn('A letter was not delivered before it was of no use', {
        letterId: id,
        attempts,
      });
    }
    try {
      await server.deliver(this.message(letter), stopping);
      await this.remove(letter, 'delivered');
    } catch (error) {
      await this.afterFailure(letter, error, stopping);
    }
  }

  private async afterFailure(letter: WaitingLetter, error: unknown, stopping: AbortSignal) {
    const { id: letterId, attempts } = letter;
    if (stopping.aborted) return this.putOff(letter, 0);
    if (error instanceof SecretNotOpened) {
      this.logger.warn('A letter cannot be opened with the keys of the service', { letterId });
      return this.putOff(letter, LONGEST_PAUSE_SECONDS);
    }
    if (!(error instanceof LetterNotDelivered)) throw error;
    const { because, reason } = error;
    if (because === 'refused') {
      await this.remove(letter, 'refused');
      return this.logger.warn('A letter was refused by the mail server for good', {
        letterId,
        reason,
      });
    }
    this.metrics.letterTried(because);
    if (because === 'not-now') {
      const pause = FIRST_PAUSE_SECONDS * 2 ** (attempts - 1);
      this.logger.log('A letter is to be tried again', { letterId, reason, attempts });
      return this.putOff(letter, Math.min(pause, LONGEST_PAUSE_SECONDS));
    }
    await this.putOff(letter, this.config.sweepSeconds);
    this.trouble = { until: this.inSeconds(this.config.sweepSeconds), failure: error };
    throw error;
  }

  private message({ id, sealed, writtenAt: at, uselessAt }: WaitingLetter) {
    const letter = { ...openLetter(this.box, id, sealed), uselessAt };
    return messageOf(letter, { from: this.config.letters!.from, id, at, host: this.host });
  }

  private take(): Promise<WaitingLetter | null> {
    const { to } = this.config.letters!;
    const seconds = (to.kind === 'server' ? to.server.seconds : 0) + MARGIN_SECONDS;
    return this.transactions.run(SERVICE.carrier, (tx) =>
      this.waiting.take(tx, this.clock.now(), this.inSeconds(seconds)),
    );
  }

  private putOff(letter: WaitingLetter, seconds: number): Promise<void> {
    return this.transactions.run(SERVICE.carrier, (tx) =>
      this.waiting.putOff(tx, letter, this.inSeconds(seconds)),
    );
  }

  private async remove(letter: WaitingLetter, outcome: LetterOutcome): Promise<void> {
    await this.transactions.run(SERVICE.carrier, (tx) => this.waiting.remove(tx, letter));
    this.metrics.letterTried(outcome);
  }

  private inSeconds(seconds: number): Date {
    return new Date(this.clock.now().getTime() + seconds * 1_000);
  }
}
