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
