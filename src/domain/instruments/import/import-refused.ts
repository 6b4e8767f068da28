import { DomainError, type Fault } from '../../shared/domain-error.js';

/** Thrown when a file does not define an instrument that can be scored, with every reason. */
export class ImportRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'INSTRUMENT_REFUSED',
      kind: 'invalid',
      detail: `This does not define an instrument that can be scored: ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}.`,
      faults,
    });
  }
}
