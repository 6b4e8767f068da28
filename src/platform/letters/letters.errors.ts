import { DomainError } from '../../domain/shared/domain-error.js';

/** Thrown when a letter is to be sent and there is nowhere to lay it down. */
export class LettersNotConfigured extends DomainError {
  constructor() {
    super({
      code: 'LETTERS_NOT_CONFIGURED',
      kind: 'unavailable',
      detail:
        'No e-mail can be sent: set LETTERS_DIR to the folder that the mail server fetches letters from.',
    });
  }
}

/** Thrown when an address or subject has a line break or another control character, which would change the head. */
export class LetterRefused extends DomainError {
  constructor() {
    super({
      code: 'LETTER_REFUSED',
      kind: 'invalid',
      detail: 'The address or the subject of a letter has characters that no e-mail can have.',
    });
  }
}
