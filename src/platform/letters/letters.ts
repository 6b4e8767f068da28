/** Injection token of whoever carries letters. */
export const LETTERS = Symbol('Letters');

/** A message to one person, in plain text. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Where letters go. A letter is handed over, not yet delivered, when the promise resolves. */
export interface Letters {
  /** Refuses LettersNotConfigured, and LetterRefused for an address that could change the letter's head. */
  send(letter: Letter): Promise<void>;
}
