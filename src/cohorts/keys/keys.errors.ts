import { DomainError, type Fault } from '../../domain/shared/domain-error.js';

/** Thrown when something is to be recorded about a participant whose record was erased. */
export class ParticipantErased extends DomainError {
  constructor() {
    super({
      code: 'PARTICIPANT_ERASED',
      kind: 'conflict',
      detail: 'The participant was erased at their request, so nothing more is recorded of them.',
    });
  }
}

/** The same as the fault of a row in a file. */
export const participantErased = (): Fault => ({
  at: '/reference',
  code: 'PARTICIPANT_ERASED',
  detail:
    'The participant was erased at their request, so nothing more is recorded of them. Take the row out.',
});
