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

/** Thrown when somebody who reads issued statements asks for one that has not been issued. */
export class StatementNotIssued extends DomainError {
  constructor(periodId: string, issue: number | null) {
    super({
      code: 'STATEMENT_NOT_ISSUED',
      kind: 'not-found',
      detail:
        issue === null
          ? `The statement for ${periodId} has not been issued yet. A commissioner issues it.`
          : `No statement with the number ${issue} was issued for ${periodId}.`,
    });
  }
}

/** Thrown when a statement is to be issued for a period before one whose statement has been issued. */
export class LaterStatementIssued extends DomainError {
  constructor(periodId: string, latest: string) {
    super({
      code: 'LATER_STATEMENT_ISSUED',
      kind: 'conflict',
      detail: `The statement for ${latest} has been issued, so none can be issued for ${periodId}: what is published is not published again. What was approved since comes into the next statement.`,
    });
  }
}
