import { DomainError } from '../../domain/shared/domain-error.js';

/** Thrown when a request carries no key, or one that is unknown or revoked; it does not say which. */
export class NotSignedIn extends DomainError {
  constructor() {
    super({
      code: 'NOT_SIGNED_IN',
      kind: 'not-signed-in',
      detail:
        'A valid API key is needed. Send it as "Authorization: Bearer ot_..."; an administrator can issue one.',
    });
  }
}

/**
 * Thrown when an act needs a recent proof of identity and the session has none. The page asks for it and then repeats
 * the act; the session itself stays in force.
 */
export class AuthenticationNotRecent extends DomainError {
  constructor(readonly minutes: number) {
    super({
      code: 'AUTHENTICATION_NOT_RECENT',
      kind: 'forbidden',
      detail: `This act needs a proof of who you are that is not older than ${minutes} minutes. Confirm who you are, then repeat it.`,
    });
  }
}
