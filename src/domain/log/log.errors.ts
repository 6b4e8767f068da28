import { DomainError } from '../shared/domain-error.js';

/** Thrown when a text of the audit log (note, checkpoint, receipt, key) is not exactly as docs/audit-log.md says. */
export class LogTextMalformed extends DomainError {
  constructor(what: string, because: string) {
    super({
      code: 'LOG_TEXT_MALFORMED',
      kind: 'invalid',
      detail: `This is no ${what} of an audit log: ${because}.`,
    });
  }
}

/** Thrown when a proof is asked for that no tree has: an index past its end, or a size of which it is no continuation. */
export class NoSuchProof extends DomainError {
  constructor(because: string) {
    super({ code: 'NO_SUCH_PROOF', kind: 'invalid', detail: because });
  }
}
