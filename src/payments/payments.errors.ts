import { DomainError } from '../domain/shared/domain-error.js';

/** Thrown when a period is asked for that the contract's calendar does not have. */
export class PeriodUnknown extends DomainError {
  constructor(
    readonly periodId: string,
    known: readonly string[],
  ) {
    const span = known.length > 0 ? ` Its periods run from ${known[0]} to ${known.at(-1)}.` : '';
    super({
      code: 'PERIOD_UNKNOWN',
      kind: 'invalid',
      detail: `The contract has no period "${periodId}".${span}`,
    });
  }
}

/** Thrown when a period is computed before one that lies earlier: caps and true-ups are counted in order. */
export class EarlierPeriodNotComputed extends DomainError {
  constructor(
    readonly periodId: string,
    readonly earlier: string,
  ) {
    super({
      code: 'EARLIER_PERIOD_NOT_COMPUTED',
      kind: 'conflict',
      detail: `Period ${periodId} cannot be computed yet, because ${earlier} has not been. Compute ${earlier} first.`,
    });
  }
}

/** Thrown when a period is computed before it is over: what lasts today may not last until its end. */
export class PeriodNotOver extends DomainError {
  constructor(
    readonly periodId: string,
    readonly to: string,
  ) {
    super({
      code: 'PERIOD_NOT_OVER',
      kind: 'conflict',
      detail: `Period ${periodId} cannot be computed yet: it is over on ${to}. Compute it on that day or later.`,
    });
  }
}

/** Thrown when a computation is cancelled that has already ended. */
export class ComputationEnded extends DomainError {
  constructor(readonly state: string) {
    super({
      code: 'COMPUTATION_ENDED',
      kind: 'conflict',
      detail: `This computation is ${state} and cannot be cancelled. What it posted is corrected by later computations.`,
    });
  }
}

/** Thrown when a recheck is asked for of a computation that posted no result, or of another recheck. */
export class NothingToRecheck extends DomainError {
  constructor(readonly state: string) {
    super({
      code: 'NOTHING_TO_RECHECK',
      kind: 'conflict',
      detail: `Only a computation that ended with lines can be rechecked; this one is ${state}.`,
    });
  }
}

/** Thrown when a line reference is not written as contract, computation number and line number. */
export class LineReferenceMalformed extends DomainError {
  constructor(readonly reference: string) {
    super({
      code: 'LINE_REFERENCE_MALFORMED',
      kind: 'invalid',
      detail: `"${reference}" is not a line reference. Write it as contract.computation.line, such as worcestershire-loneliness.3.1042.`,
    });
  }
}

/** The verdict on a computation that was begun many times and never ended: a worker dies of it, or it always breaks. */
export class ComputationGivenUp extends DomainError {
  constructor(readonly attempts: number) {
    super({
      code: 'COMPUTATION_GIVEN_UP',
      kind: 'conflict',
      detail: `The computation was begun ${attempts} times and never ended. Nothing was posted. Ask the administrator to look at the worker's log, then request it again.`,
    });
  }
}

/** Stops a run that is no longer its own: it was cancelled, or its lease ran out and another worker took it over. */
export class ClaimLost extends Error {
  constructor() {
    super('the computation was cancelled or taken over by another worker');
    this.name = 'ClaimLost';
  }
}

/** Stops a run because the worker is shutting down; another worker begins it again. */
export class RunInterrupted extends Error {
  constructor() {
    super('the worker is stopping');
    this.name = 'RunInterrupted';
  }
}

/** Thrown when whoever asked for a computation may no longer ask for one: it is done with their rights, and they have none. */
export class RequesterMayNoLonger extends DomainError {
  constructor() {
    super({
      code: 'REQUESTER_MAY_NO_LONGER',
      kind: 'forbidden',
      detail:
        'Whoever asked for this computation may no longer ask for one on this contract, so it was not done. Ask for it anew.',
    });
  }
}
