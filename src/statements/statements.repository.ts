import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import type {
  ComputationRow,
  FollowUpRow,
  OutcomeRow,
  PayerRow,
  PeriodRow,
  StateRow,
} from './statements.mapping.js';

/** Which lines a statement adds up. */
export interface StatementScope {
  readonly contractId: string;
  readonly periodId: string;
  /** The periods up to and including that one. */
  readonly periodsToDate: readonly string[];
}

/** The time points at which scores are measured: pairs, a metric and one of its time points in the same place. */
export interface ScoreTimePoints {
  readonly metrics: readonly string[];
  readonly timePoints: readonly string[];
}

const parametersOf = ({ contractId, periodId, periodsToDate }: StatementScope) => [
  contractId,
  periodId,
  periodsToDate,
];

/**
 * Folds over lines for a statement. Whoever reads one may not see a line, so the sums are made by functions of the
 * database (the migration "statements of folds"), which ask once more who reads.
 */
@Injectable()
export class StatementsRepository {
  /** The computations that posted lines for the periods to date. */
  computations(tx: Transaction, scope: StatementScope): Promise<ComputationRow[]> {
    return tx.query<ComputationRow>(
      'select number, period_id, digest, total_minor from statement_computations($1, $2) order by number',
      [scope.contractId, scope.periodsToDate],
    );
  }

  /**
   * Approved lines folded by clause and by what they did to their outcome. An outcome is paid while its approved lines,
   * in the order of their revisions, come to more than nothing; so each line shows whether it made it so or ended it. A line that adjusts
   * many outcomes together, by volume or mix, is money and no outcome.
   */
  outcomes(tx: Transaction, scope: StatementScope): Promise<OutcomeRow[]> {
    return tx.query<OutcomeRow>(
      `select * from statement_outcomes($1, $2, $3) order by clause, this_period, true_up, quantity`,
      parametersOf(scope),
    );
  }

  /**
   * Follow-ups behind the payments for scores, whatever became of their lines in claims: a follow-up that was missed is
   * never claimed. The latest posting of each counts. Lines of participants are folded by their reason; a line of a
   * cohort brings its counts.
   */
  followUps(
    tx: Transaction,
    { contractId, periodsToDate }: StatementScope,
    scores: ScoreTimePoints,
  ): Promise<FollowUpRow[]> {
    return tx.query<FollowUpRow>(
      `select * from statement_follow_ups($1, $2, $3, $4)
        order by clause, cohort, occurrence, reason, follow_up::text`,
      [contractId, periodsToDate, scores.metrics, scores.timePoints],
    );
  }

  /** Payers' parts of approved lines, folded by clause and payer. */
  parts(tx: Transaction, scope: StatementScope): Promise<PayerRow[]> {
    return tx.query<PayerRow>(
      'select * from statement_parts($1, $2, $3) order by clause, payer, this_period, true_up',
      parametersOf(scope),
    );
  }

  /** The plain sum of approved lines, for the period and for those before it: what every fold must come to. */
  async approvedTotals(
    tx: Transaction,
    scope: StatementScope,
  ): Promise<Record<'this-period' | 'earlier', bigint>> {
    const [row] = await tx.query<{ now: string; earlier: string }>(
      'select now_minor as now, earlier_minor as earlier from statement_totals($1, $2, $3)',
      parametersOf(scope),
    );
    return { 'this-period': BigInt(row?.now ?? 0), earlier: BigInt(row?.earlier ?? 0) };
  }

  /** All payable lines of the period, by where they stand in claims. */
  states(tx: Transaction, { contractId, periodId }: StatementScope): Promise<StateRow[]> {
    return tx.query<StateRow>(
      'select * from statement_states($1, $2) order by state',
      [contractId, periodId],
    );
  }

  /** The periods that have been computed, with what is approved of each. */
  periods(tx: Transaction, contractId: string): Promise<PeriodRow[]> {
    return tx.query<PeriodRow>(
      'select * from statement_periods($1) order by period_id',
      [contractId],
    );
  }
}
