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

/** Thrown when the disk that files to be taken away are written to has no room. */
export class NoRoomForAnswer extends DomainError {
  constructor() {
    super({
      code: 'DISK_FULL',
      kind: 'unavailable',
      detail:
        'There is no room on the disk of the service to write the file. Tell whoever runs the service, and ask for it again later.',
    });
  }
}

/** Thrown when whoever asked for a file has left while it was written. Nobody reads this; the log has it. */
export class AnswerNotAwaited extends DomainError {
  constructor() {
    super({
      code: 'ANSWER_NOT_AWAITED',
      kind: 'invalid',
      detail: 'Whoever asked for the file has left before it was written. Ask for it again.',
    });
  }
}

/** Base of what a request is refused for by its form alone, with a status of HTTP's own. */
export abstract class RequestRefused extends DomainError {
  protected constructor(
    readonly status: 408 | 415 | 431,
    code: string,
    detail: string,
  ) {
    super({ code, kind: 'invalid', detail });
  }
}

/** Thrown when a body, or the next part of an upload, does not come in time. Nothing of it was recorded. */
export class BodyTooSlow extends RequestRefused {
  constructor(seconds: number) {
    super(
      408,
      'BODY_TOO_SLOW',
      `Nothing, or not all, of the body came within ${seconds} seconds. Nothing was recorded; send it again.`,
    );
  }
}

/** Thrown when a body is compressed: a small one could unpack to more than there is memory for. */
export class BodyCompressed extends RequestRefused {
  constructor() {
    super(
      415,
      'BODY_COMPRESSED',
      'Compressed bodies are not read here. Send it as it is, without Content-Encoding.',
    );
  }
}

/** Thrown when a request has more headers than any of ours. */
export class TooManyHeaders extends RequestRefused {
  constructor(max: number) {
    super(431, 'TOO_MANY_HEADERS', `The request has more than ${max} headers. Send fewer.`);
  }
}

/** Thrown when a path holds a NUL: no contract, participant or person has one in its name. */
export class NothingNamedSo extends DomainError {
  constructor() {
    super({
      code: 'NOT_FOUND',
      kind: 'not-found',
      detail: 'There is nothing of that name: it holds a NUL character (%00). Leave it out.',
    });
  }
}

/** Thrown when a program comes without HTTPS to a service that people reach by HTTPS. Nothing of it was read. */
export class HttpsRequired extends DomainError {
  constructor() {
    super({
      code: 'HTTPS_REQUIRED',
      kind: 'forbidden',
      detail:
        'This service is reached by https only. Send it there, and replace the key if one was sent in the clear. Behind a proxy: it must be one of TRUSTED_PROXIES and say X-Forwarded-Proto.',
    });
  }
}
