import { DomainError } from '../domain/shared/domain-error.js';

/** Thrown when a claim is made of a computation that has posted no lines: it failed, was cancelled, is under way, or is a recheck. */
export class ComputationNotClaimable extends DomainError {
  constructor(number: number, state: string) {
    super({
      code: 'COMPUTATION_NOT_CLAIMABLE',
      kind: 'conflict',
      detail: `Computation ${number} is ${state}, so it has no lines to claim. Claim the lines of one that is computed.`,
    });
  }
}
