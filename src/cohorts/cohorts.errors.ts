import { DomainError, type Fault } from '../domain/shared/domain-error.js';

/** Thrown when an enrolment or its correction breaks a rule of the terms. Every fault is listed by field. */
export class EnrolmentRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'ENROLMENT_REFUSED',
      kind: 'invalid',
      detail: 'The enrolment cannot be recorded. Each fault is listed with its field.',
      faults,
    });
  }
}

/** Thrown when the reference is enrolled already. */
export class ParticipantEnrolledAlready extends DomainError {
  constructor(readonly reference: string) {
    super({
      code: 'PARTICIPANT_ENROLLED_ALREADY',
      kind: 'conflict',
      detail: `Participant ${reference} is enrolled already. Record a correction if something has changed.`,
    });
  }
}

/** Thrown when a correction says what is recorded already. */
export class CorrectionChangesNothing extends DomainError {
  constructor() {
    super({
      code: 'CORRECTION_CHANGES_NOTHING',
      kind: 'conflict',
      detail: 'The correction says what is recorded already, so nothing was added.',
    });
  }
}
