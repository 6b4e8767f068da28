import { DomainError, type Fault } from '../domain/shared/domain-error.js';

/** Thrown when a measurement breaks a rule or contradicts what is recorded. Every fault is listed with its field. */
export class MeasurementRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'MEASUREMENT_REFUSED',
      kind: 'invalid',
      detail: 'The measurement cannot be recorded. Each fault is listed with its field.',
      faults,
    });
  }
}

/** Thrown when a measurement is recorded that is recorded already, whatever it said. */
export class MeasurementRecordedAlready extends DomainError {
  constructor(fault: Fault) {
    super({
      code: 'MEASUREMENT_RECORDED_ALREADY',
      kind: 'conflict',
      detail: 'There is a measurement for this already. Record a correction if it was wrong.',
      faults: [fault],
    });
  }
}

/** Thrown when a correction says what is recorded already. */
export class MeasurementUnchanged extends DomainError {
  constructor() {
    super({
      code: 'MEASUREMENT_UNCHANGED',
      kind: 'conflict',
      detail: 'The correction says what is recorded already, so nothing was added.',
    });
  }
}
