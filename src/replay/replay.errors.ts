import { DomainError } from '../domain/shared/domain-error.js';

/** Thrown when a replay is asked for a claim or a statement that no entry of the contract records. */
export class NotRecorded extends DomainError {
  constructor() {
    super({
      code: 'NOT_RECORDED',
      kind: 'not-found',
      detail:
        'No entry of this contract records that claim or statement. Name a claim by its number and a statement as PERIOD/NUMBER, such as 2016-Q2/1.',
    });
  }
}
