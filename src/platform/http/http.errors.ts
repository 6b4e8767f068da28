import { DomainError } from '../../domain/shared/domain-error.js';

/** Thrown when an act that creates money or scores comes without an Idempotency-Key. */
export class IdempotencyKeyMissing extends DomainError {
  constructor() {
    super({
      code: 'IDEMPOTENCY_KEY_MISSING',
      kind: 'invalid',
      detail:
        'Send an Idempotency-Key header: any text of your own that is new for each new request, such as a UUID. Repeat it when you repeat the request.',
    });
  }
}

/** Thrown when an Idempotency-Key is too long or has characters other than visible ASCII. */
export class IdempotencyKeyMalformed extends DomainError {
  constructor() {
    super({
      code: 'IDEMPOTENCY_KEY_MALFORMED',
      kind: 'invalid',
      detail: 'The Idempotency-Key must be 1 to 200 visible ASCII characters, such as a UUID.',
    });
  }
}

/** Thrown when a change does not name the version it was decided on. */
export class IfMatchMissing extends DomainError {
  constructor() {
    super({
      code: 'IF_MATCH_MISSING',
      kind: 'precondition-missing',
      detail:
        'Send an If-Match header with the ETag of the version you read, so that a change by somebody else in between is not lost.',
    });
  }
}

/** Thrown when the version named by If-Match is no longer the one in force. */
export class VersionStale extends DomainError {
  constructor() {
    super({
      code: 'VERSION_STALE',
      kind: 'stale',
      detail: 'This has changed since you read it. Read it again, and decide on what it says now.',
    });
  }
}

/** Thrown when a cursor was not made by this service. */
export class CursorMalformed extends DomainError {
  constructor() {
    super({
      code: 'CURSOR_MALFORMED',
      kind: 'invalid',
      detail:
        'The cursor cannot be read. Use "next" from the previous page as it is, or leave it out.',
    });
  }
}
