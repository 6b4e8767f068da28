import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/calendar/clock.js';
import type { Transaction } from '../database/transaction.js';
import type { SecretBox } from '../secrets/secret-box.js';
import type { Letter, Letters } from './letters.js';
import { requireSendable } from './message.js';
import { sealLetter } from './sealed-letter.js';
import type { WaitingLettersRepository } from './waiting-letters.repository.js';

/** As long as mail servers themselves go on trying. */
const PATIENCE_MS = 5 * 24 * 3_600_000;

/**
 * Keeps letters for the mail server in rows of the same transaction: what was done and the letter about it are committed
 * together, and LetterCarrier, in a worker, delivers it.
 */
export class LetterOutbox implements Letters {
  constructor(
    private readonly waiting: WaitingLettersRepository,
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** Refuses LetterRefused, and SecretKeyMissing where no key of the service is configured. */
  async send(tx: Transaction, letter: Letter): Promise<void> {
    requireSendable(letter);
    const id = randomUUID();
    const writtenAt = this.clock.now();
    const uselessAt = letter.uselessAt ?? new Date(writtenAt.getTime() + PATIENCE_MS);
    await this.waiting.insert(tx, {
      id,
      sealed: sealLetter(this.box, id, letter),
      writtenAt,
      uselessAt,
    });
  }
}
