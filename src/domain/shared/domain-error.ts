/** What sort of refusal it is; the HTTP and command-line edges each translate a kind once. */
export type RefusalKind =
  | 'invalid' // the request cannot be understood or breaks a stated rule
  | 'not-signed-in'
  | 'forbidden'
  | 'not-found'
  | 'conflict' // true in itself, but it contradicts what is already recorded
  | 'stale' // decided on an older version than the one now in force
  | 'precondition-missing' // a version or key that must be named was not
  | 'too-large'
  | 'too-many' // it came too often; trying again later is right
  | 'unavailable'; // a service this depends on is down; trying again later is right

/** One fault inside a refusal: where it is, what is wrong and what would put it right. */
export interface Fault {
  /** Path in the document, or row and column in a file. */
  readonly at: string;
  readonly code: string;
  readonly detail: string;
}

export interface Refusal {
  readonly code: string;
  readonly kind: RefusalKind;
  readonly detail: string;
  readonly faults?: readonly Fault[];
}

/** Base of every expected refusal: a stable code, a kind, and one sentence for the person who reads it. */
export abstract class DomainError extends Error {
  readonly code: string;
  readonly kind: RefusalKind;
  readonly faults: readonly Fault[];

  protected constructor(refusal: Refusal) {
    super(refusal.detail);
    this.name = new.target.name;
    this.code = refusal.code;
    this.kind = refusal.kind;
    this.faults = refusal.faults ?? [];
  }
}
