import { DomainError, type Fault } from '../shared/domain-error.js';

const MOST_FAULTS = 1000;

/** Thrown when a document is not readable terms. Every fault is listed with its place, up to a thousand. */
export class TermsRefused extends DomainError {
  constructor(faults: readonly Fault[], detail?: string) {
    const listed =
      faults.length <= MOST_FAULTS
        ? 'Each fault is listed with its place.'
        : `There are ${faults.length} faults; the first ${MOST_FAULTS} are listed with their places.`;
    super({
      code: 'TERMS_REFUSED',
      kind: 'invalid',
      detail: detail ?? `The terms cannot be read. ${listed}`,
      faults: faults.slice(0, MOST_FAULTS),
    });
  }
}
