import { DomainError } from '../../domain/shared/domain-error.js';

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

/** Thrown when an upload is longer than the service accepts. Nothing of it was recorded. */
export class UploadTooLarge extends DomainError {
  constructor(readonly maxBytes: number) {
    super({
      code: 'UPLOAD_TOO_LARGE',
      kind: 'too-large',
      detail: `The file is larger than the ${maxBytes} bytes that are accepted. Split it, or ask for a higher limit. Nothing was recorded.`,
    });
  }
}
