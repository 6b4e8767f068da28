import { DomainError, type Fault } from '../shared/domain-error.js';

const MOST_FAULTS = 1000;

/** Thrown when a document is not a value case, or contradicts itself. Each fault is listed with its place. */
export class ValueCaseRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'VALUE_CASE_REFUSED',
      kind: 'invalid',
      detail: 'The value case cannot be used as it stands. Each fault is listed with its place.',
      faults: faults.slice(0, MOST_FAULTS),
    });
  }
}
