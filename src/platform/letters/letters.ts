import type { Transaction } from '../database/transaction.js';

/** Injection token of whoever takes letters. */
export const LETTERS = Symbol('Letters');

/** A message to one person, in plain text. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** When what it says is over, such as the end of a link in it: it is not delivered after that. null for five days. */
  readonly uselessAt: Date | null;
}

/**
 * Where letters go: a pickup folder, or the rows from which a worker brings them to a mail server. A letter is handed over,
 * not yet delivered, when the promise resolves; whether a mail server answers is of no matter to whoever sends.
 */
export interface Letters {
  /**
   * Takes a letter together with what the transaction does. Refuses LettersNotConfigured, and LetterRefused for an address
   * that is not one address or could change the letter's head.
   */
  send(tx: Transaction, letter: Letter): Promise<void>;
}
