import { DomainError } from '../domain/shared/domain-error.js';

/** Thrown when an entry noted earlier is named by its number or its hash alone: only both together prove anything. */
export class NotedEntryIncomplete extends DomainError {
  constructor() {
    super({
      code: 'NOTED_ENTRY_INCOMPLETE',
      kind: 'invalid',
      detail:
        'Give notedSeq and notedHash together: the number of the entry and the hash that was noted.',
    });
  }
}
