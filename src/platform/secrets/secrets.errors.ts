import { DomainError } from '../../domain/shared/domain-error.js';

/** Thrown when a secret is to be sealed and no key is configured. */
export class SecretKeyMissing extends DomainError {
  constructor() {
    super({
      code: 'SECRET_KEY_MISSING',
      kind: 'unavailable',
      detail:
        'No key to protect secrets is configured. Set OUTTURN_SECRET_KEY or OUTTURN_SECRET_KEY_FILE and start again.',
    });
  }
}

/** Thrown when a sealed secret does not open: it was altered or moved, or its key is no longer configured. */
export class SecretNotOpened extends DomainError {
  constructor(readonly purpose: string) {
    super({
      code: 'SECRET_NOT_OPENED',
      kind: 'unavailable',
      detail:
        'A protected secret cannot be read with the keys of OUTTURN_SECRET_KEY. If the key was replaced, add the old one after the new one.',
    });
  }
}
