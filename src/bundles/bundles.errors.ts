import { DomainError } from '../domain/shared/domain-error.js';

/** Thrown when the lines of a claim cannot be opened: its entry commits to them by a digest that opens all or none. */
export class LinesNotOpenable extends DomainError {
  constructor(number: number) {
    super({
      code: 'LINES_NOT_OPENABLE',
      kind: 'conflict',
      detail: `Claim ${number} was submitted before entries committed to lines one by one, so no bundle can show its lines. Ask for a bundle of the contract or of a statement.`,
    });
  }
}

/** Thrown when what a bundle is asked about was recorded moments ago and is in no checkpoint yet. */
export class NotInACheckpointYet extends DomainError {
  constructor(seq: bigint) {
    super({
      code: 'NOT_IN_A_CHECKPOINT_YET',
      kind: 'not-found',
      detail: `Entry ${seq} is not in a checkpoint of the audit log yet. New entries are sealed within seconds: ask again.`,
    });
  }
}
