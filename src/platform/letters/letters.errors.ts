import { DomainError } from '../../domain/shared/domain-error.js';

/** Thrown when a letter is to be sent and there is nowhere to lay it down. */
export class LettersNotConfigured extends DomainError {
  constructor() {
    super({
      code: 'LETTERS_NOT_CONFIGURED',
      kind: 'unavailable',
      detail:
        'No e-mail can be sent: set SMTP_URL to the mail server, or LETTERS_DIR to the folder that one fetches letters from.',
    });
  }
}

/**
 * Thrown when an address is not exactly one, or an address or subject has a line break or another control character, which
 * would change the head.
 */
export class LetterRefused extends DomainError {
  constructor() {
    super({
      code: 'LETTER_REFUSED',
      kind: 'invalid',
      detail: 'The address or the subject of a letter has characters that no e-mail can have.',
    });
  }
}

/** What a mail server's answer means: it is away or refuses everybody; it will not have this letter now, or ever. */
export type NotDeliveredBecause = 'away' | 'not-now' | 'refused';

/**
 * Thrown when a mail server did not take a letter. It says nothing that the server said but the number of its reply, because
 * servers repeat addresses and parts of letters.
 */
export class LetterNotDelivered extends Error {
  constructor(
    readonly because: NotDeliveredBecause,
    /** The code of the failure, and the number of the server's reply where it gave one, such as `EENVELOPE 550`. */
    readonly reason: string,
  ) {
    super(`The mail server took no letter: ${reason}`);
    this.name = 'LetterNotDelivered';
  }
}
