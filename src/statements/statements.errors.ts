import { DomainError } from '../domain/shared/domain-error.js';

/** Thrown when a statement is asked for of a period that the contract's calendar does not have. */
export class NoSuchPeriod extends DomainError {
  constructor(periodId: string, known: readonly string[]) {
    super({
      code: 'NO_SUCH_PERIOD',
      kind: 'not-found',
      detail: `The contract has no period "${periodId}". Its periods run from ${known[0]} to ${known.at(-1)}.`,
    });
  }
}

/** Thrown when a statement is asked for of a period for which nothing has been computed yet. */
export class PeriodNotComputed extends DomainError {
  constructor(periodId: string) {
    super({
      code: 'PERIOD_NOT_COMPUTED',
      kind: 'not-found',
      detail: `There is no statement for ${periodId} yet, because its payments have not been computed. The provider or a commissioner can ask for that.`,
    });
  }
}
