import { DomainError, type Fault } from '../../domain/shared/domain-error.js';

/**
 * Base of what is wrong with a request before its meaning is looked at: it is answered with 400, where a request that
 * can be read and breaks a rule of the contract is answered with 422.
 */
export abstract class MalformedRequest extends DomainError {
  protected constructor(code: string, detail: string, faults: readonly Fault[] = []) {
    super({ code, kind: 'invalid', detail, faults });
  }
}

/** Thrown when properties are missing, unknown, or not of their kind; every one is listed. */
export class ValidationFailed extends MalformedRequest {
  constructor(faults: readonly Fault[]) {
    super(
      'VALIDATION_FAILED',
      'Some of what was sent is missing, unknown or not of its kind. Each fault is listed.',
      faults,
    );
  }
}

/** Thrown when an act that creates money or scores comes without an Idempotency-Key. */
export class IdempotencyKeyMissing extends MalformedRequest {
  constructor() {
    super(
      'IDEMPOTENCY_KEY_MISSING',
      'Send an Idempotency-Key header: any text of your own that is new for each new request, such as a UUID. Repeat it when you repeat the request.',
    );
  }
}

/** Thrown when an Idempotency-Key is too long or has characters other than visible ASCII. */
export class IdempotencyKeyMalformed extends MalformedRequest {
  constructor() {
    super(
      'IDEMPOTENCY_KEY_MALFORMED',
      'The Idempotency-Key must be 1 to 200 visible ASCII characters, such as a UUID.',
    );
  }
}

/** Thrown when a cursor was not made by this service. */
export class CursorMalformed extends MalformedRequest {
  constructor() {
    super(
      'CURSOR_MALFORMED',
      'The cursor cannot be read. Use "next" from the previous page as it is, or leave it out.',
    );
  }
}

/** Thrown when an upload does not say that it is CSV. */
export class NotCsv extends MalformedRequest {
  constructor() {
    super(
      'NOT_CSV',
      'Send the file itself as the body of the request, with the header "Content-Type: text/csv".',
    );
  }
}

/** Thrown when JSON is nested deeper than any document of ours. */
export class JsonTooDeep extends MalformedRequest {
  constructor(maxDepth: number) {
    super('JSON_TOO_DEEP', `The JSON is nested deeper than ${maxDepth} levels. Send it flatter.`);
  }
}

/** Thrown when a body is announced as JSON and is not, or is empty. */
export class MalformedJson extends MalformedRequest {
  constructor() {
    super(
      'MALFORMED_JSON',
      'The body is not JSON that can be read. Check its quotes, commas and brackets; without a body, leave Content-Type out.',
    );
  }
}

/** Thrown when one object of a JSON body gives a key twice, so that it can be read in two ways. */
export class JsonKeyTwice extends MalformedRequest {
  constructor(key: string) {
    super(
      'JSON_KEY_TWICE',
      `"${key.slice(0, 60)}" stands twice in one JSON object. Keep the one you mean.`,
    );
  }
}

/** Thrown when one object of a JSON body has more members than any of ours. */
export class JsonTooWide extends MalformedRequest {
  constructor(maxMembers: number) {
    super(
      'JSON_TOO_WIDE',
      `A JSON object has more than ${maxMembers} members. Send fewer at a time.`,
    );
  }
}

/** Thrown when the bytes of a JSON body are not UTF-8. */
export class BodyNotUtf8 extends MalformedRequest {
  constructor() {
    super('BODY_NOT_UTF8', 'The body is not UTF-8. Send the JSON encoded as UTF-8.');
  }
}

/** Thrown when the caller goes away in the middle of an upload; nothing of it is recorded, and nobody reads the answer. */
export class UploadCutOff extends MalformedRequest {
  constructor() {
    super('UPLOAD_CUT_OFF', 'The upload was cut off. Nothing was recorded; send the file again.');
  }
}

/** Thrown when a form says one field twice, so that it can be read in two ways. */
export class FormFieldTwice extends MalformedRequest {
  constructor() {
    super('FORM_FIELD_TWICE', 'A field of the form came twice. Send each field once.');
  }
}

/** Thrown when a header that says one thing comes twice, so that it can be read in two ways. */
export class HeaderTwice extends MalformedRequest {
  constructor(name: string) {
    super('HEADER_TWICE', `The header "${name}" came twice. Send it once.`);
  }
}

/** Thrown when a query holds a NUL, which no text here has. */
export class AddressWithNul extends MalformedRequest {
  constructor() {
    super('ADDRESS_WITH_NUL', 'The query holds a NUL character (%00). Leave it out.');
  }
}
