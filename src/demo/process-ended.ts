import { DomainError } from '../domain/shared/domain-error.js';

/** Thrown when a process that the demo needs has ended. */
export class ProcessEnded extends DomainError {
  constructor(detail: string) {
    super({ code: 'PROCESS_ENDED', kind: 'unavailable', detail });
  }
}
