import { DomainError } from '../domain/shared/domain-error.js';

/** Thrown when the log cannot be signed because no key is configured, or its file holds none. */
export class SigningKeyMissing extends DomainError {
  constructor() {
    super({
      code: 'LOG_SIGNING_KEY_MISSING',
      kind: 'unavailable',
      detail:
        'The audit log has no key to sign with: LOG_SIGNING_KEY_FILE must name a file with an Ed25519 key in PKCS#8 that the service can read.',
    });
  }
}

/** Thrown when the key in the file is not the one that the log declared last. */
export class SigningKeyNotDeclared extends DomainError {
  constructor(declared: string, found: string) {
    super({
      code: 'LOG_SIGNING_KEY_NOT_DECLARED',
      kind: 'conflict',
      detail: `The audit log signs with ${declared}, and LOG_SIGNING_KEY_FILE holds ${found}. Put the declared key back: "outturn log rotate-key" left each key that it replaced beside the file, under the key's id.`,
    });
  }
}

/** Thrown when what is stored of the log does not continue its latest checkpoint: nothing is signed until somebody has looked. */
export class LogBroken extends DomainError {
  constructor(because: string) {
    super({
      code: 'LOG_BROKEN',
      kind: 'conflict',
      detail: `The audit log is not signed any further: ${because}. Keep the database as it is and look into it.`,
    });
  }
}

/** Thrown when a witness has cosigned a history that this log does not continue, such as after an older copy was restored. */
export class LogContradicted extends DomainError {
  constructor(witness: string, because: string) {
    super({
      code: 'LOG_CONTRADICTED',
      kind: 'conflict',
      detail: `The audit log is not signed any further: witness ${witness} ${because}. Was an older copy of the database restored?`,
    });
  }
}

/** Thrown when a proof is asked for of an entry that has not been sealed yet; it will be shortly. */
export class EntryNotSealed extends DomainError {
  constructor(seq: bigint) {
    super({
      code: 'ENTRY_NOT_SEALED',
      kind: 'not-found',
      detail: `Entry ${seq} is not in the audit log yet, or there is none. New entries are sealed within seconds: ask again.`,
    });
  }
}

/** Thrown when a checkpoint is asked for and the log has none yet. */
export class LogEmpty extends DomainError {
  constructor() {
    super({
      code: 'LOG_EMPTY',
      kind: 'not-found',
      detail: 'The audit log has no checkpoint yet: nothing has been recorded and sealed.',
    });
  }
}

/** Thrown when a consistency proof is asked for between sizes that are not the log's. */
export class NotASizeOfTheLog extends DomainError {
  constructor(size: number, largest: number) {
    super({
      code: 'NOT_A_SIZE_OF_THE_LOG',
      kind: 'not-found',
      detail: `The audit log has ${largest} leaves and never had ${size}: ask for sizes from 1 up, the smaller first.`,
    });
  }
}
