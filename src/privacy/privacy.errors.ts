import { DomainError, type Fault } from '../domain/shared/domain-error.js';

/** Thrown when identifiers cannot be recorded: not allowed by the terms, or malformed. Values are never repeated. */
export class IdentifiersRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'IDENTIFIERS_REFUSED',
      kind: 'invalid',
      detail: 'The identifiers cannot be recorded. Each fault is listed with its field.',
      faults,
    });
  }
}

/** Thrown when identifiers are to be recorded after they were erased, because their retention period is over. */
export class IdentifiersErased extends DomainError {
  constructor() {
    super({
      code: 'IDENTIFIERS_ERASED',
      kind: 'conflict',
      detail: 'The identifiers of this participant were erased, so none are recorded any more.',
    });
  }
}

/** Thrown when consent is said to change on a day that has not come, or to what it is already. */
export class ConsentRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'CONSENT_REFUSED',
      kind: 'invalid',
      detail: 'The consent cannot be recorded. Each fault is listed with its field.',
      faults,
    });
  }
}

/** Thrown when somebody other than the provider asks for a record whose participant has withdrawn consent to sharing. */
export class SharingWithdrawn extends DomainError {
  constructor() {
    super({
      code: 'SHARING_WITHDRAWN',
      kind: 'forbidden',
      detail:
        'The participant has withdrawn consent to sharing, so only the provider sees this record. Payment lines and what they rest on stay visible.',
    });
  }
}

/** Thrown when somebody is erased and the receipt of it cannot be written down. */
export class ErasureNotNoted extends DomainError {
  constructor(cause: unknown) {
    super({
      code: 'ERASURE_NOT_NOTED',
      kind: 'unavailable',
      detail:
        'The erasure is done, and its receipt could not be written to the file of ERASURES_FILE. See to the file and ask again.',
    });
    this.cause = cause;
  }
}

/** Thrown when the receipts of erasures cannot be read, so that nobody knows who must stay erased. */
export class ReceiptsUnreadable extends DomainError {
  constructor(line: number | null, cause?: unknown) {
    super({
      code: 'RECEIPTS_UNREADABLE',
      kind: 'unavailable',
      detail:
        line === null
          ? 'The file of ERASURES_FILE cannot be read. See to its rights, and start again.'
          : `Line ${line} of the file of ERASURES_FILE is no receipt of an erasure. Mend it from a copy of the file, and start again.`,
    });
    this.cause = cause;
  }
}

/** Thrown at start when nobody could write down an erasure. */
export class ReceiptsUnwritable extends DomainError {
  constructor(cause: unknown) {
    super({
      code: 'RECEIPTS_UNWRITABLE',
      kind: 'unavailable',
      detail:
        'The file of ERASURES_FILE cannot be written, so no erasure could be kept. See to its rights and those of its folder, and start again.',
    });
    this.cause = cause;
  }
}

/** Thrown when the terms ask for match tokens and their key is not configured. */
export class MatchKeyMissing extends DomainError {
  constructor() {
    super({
      code: 'MATCH_KEY_MISSING',
      kind: 'unavailable',
      detail:
        'The terms ask for match tokens, and no key for them is configured. Set OUTTURN_MATCH_KEY or OUTTURN_MATCH_KEY_FILE and start again.',
    });
  }
}
