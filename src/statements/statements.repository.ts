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
import { computedBy, recordedBy, type StatementScope } from './statement-scope.js';
import { claimed, payableWithState } from './states-of-lines.js';

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

/** Decisions `d` of acts as of an entry; their act is looked up for that alone. */
const decidedBy = (scope: StatementScope): string =>
  scope.known === null
    ? ''
    : `join claim_decision_act act on act.claim_id = d.claim_id and act.act = d.act ${recordedBy(scope, 'act.recorded_seq')}`;

/**
 * Approved lines of a contract ($1) of the periods in a parameter, with further tables joined. Served by
 * claim_number_once and the primary keys.
 */
export const approvedLines = (
  scope: StatementScope,
  periods: string,
  joined = '',
): string => `from claim c
    join claim_decision d on d.claim_id = c.id and d.decision = 'approved' ${decidedBy(scope)}
    join payment_line l on l.computation_id = d.computation_id and l.line_no = d.line_no
    join payment_computation r on r.id = l.computation_id ${joined}
   where c.contract_id = $1 and r.period_id = any(${periods}::text[])`;

/** Approved lines of the periods to date. */
const approved = (scope: StatementScope): string => approvedLines(scope, '$3');

/** Folds over approved lines for a statement. Nothing here reads who a line is about, except to tell outcomes apart. */
@Injectable()
export class StatementsRepository {
  /** The computations that posted lines for the periods to date. */
  computations(tx: Transaction, scope: StatementScope): Promise<ComputationRow[]> {
    return tx.query<ComputationRow>(
      `select number, period_id, digest, total_minor from payment_computation
        where contract_id = $1 and kind = 'payable' and state = 'computed' and period_id = any($2::text[])
          ${computedBy(scope, 'number')}
        order by number`,
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
      `with approved as (
         select r.period_id = $2 as this_period, l.kind = 'true-up' as true_up, l.clause, l.unit, l.quantity, l.amount_minor,
                l.unit <> 'adjustment' and sum(l.amount_minor) over of_outcome > 0 as paid_after,
                l.unit <> 'adjustment'
                  and sum(l.amount_minor) over of_outcome - l.amount_minor > 0 as paid_before,
                lag(l.quantity) over of_outcome as quantity_before
         ${approved(scope)}
         window of_outcome as (
           partition by l.participant_id, case when l.participant_id is null then l.cohort end, l.clause, l.occurrence
           order by l.revision rows unbounded preceding))
       select this_period, true_up, clause, unit, paid_before, paid_after,
              case when paid_before then quantity_before end as quantity_before, quantity,
              count(*)::int as lines, sum(amount_minor)::bigint as amount_minor
         from approved
        group by this_period, true_up, clause, unit, paid_before, paid_after, 7, quantity
        order by clause, this_period, true_up, quantity`,
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
    scope: StatementScope,
    scores: ScoreTimePoints,
  ): Promise<FollowUpRow[]> {
    const { contractId, periodsToDate } = scope;
    return tx.query<FollowUpRow>(
      `with posted as (
         select distinct on (l.participant_id, case when l.participant_id is null then l.cohort end, l.clause, l.occurrence)
                l.participant_id is not null as of_participant, l.clause, l.cohort, l.occurrence, l.reason, l.follow_up
           from payment_computation r
           join payment_line l on l.computation_id = r.id and l.kind <> 'withheld'
          where r.contract_id = $1 and r.kind = 'payable' and r.state = 'computed' and r.period_id = any($2::text[])
            ${computedBy(scope, 'r.number')}
            and (l.follow_up is not null or l.participant_id is not null
                 and (l.metric, l.occurrence) in (select * from unnest($3::text[], $4::text[])))
          order by l.participant_id, case when l.participant_id is null then l.cohort end, l.clause, l.occurrence,
                   l.revision desc)
       select clause, cohort, occurrence, reason, follow_up, count(*)::int as participants
         from posted where reason is distinct from 'withdrawn'
        group by of_participant, clause, cohort, occurrence, reason, follow_up
        order by clause, cohort, occurrence, reason, follow_up::text`,
      [contractId, periodsToDate, scores.metrics, scores.timePoints],
    );
  }

  /** Payers' parts of approved lines, folded by clause and payer. */
  parts(tx: Transaction, scope: StatementScope): Promise<PayerRow[]> {
    return tx.query<PayerRow>(
      `with approved as (
         select r.period_id = $2 as this_period, l.kind = 'true-up' as true_up, l.clause, l.parts ${approved(scope)})
       select this_period, true_up, clause, part.key as payer, sum(part.value::bigint)::bigint as amount_minor
         from approved cross join lateral jsonb_each_text(parts) part
        group by this_period, true_up, clause, part.key
        order by clause, part.key, this_period, true_up`,
      parametersOf(scope),
    );
  }

  /** The plain sum of approved lines, for the period and for those before it: what every fold must come to. */
  async approvedTotals(
    tx: Transaction,
    scope: StatementScope,
  ): Promise<Record<'this-period' | 'earlier', bigint>> {
    const [row] = await tx.query<{ now: string; earlier: string }>(
      `select coalesce(sum(l.amount_minor) filter (where r.period_id = $2), 0)::bigint as now,
              coalesce(sum(l.amount_minor) filter (where r.period_id <> $2), 0)::bigint as earlier ${approved(scope)}`,
      parametersOf(scope),
    );
    return { 'this-period': BigInt(row?.now ?? 0), earlier: BigInt(row?.earlier ?? 0) };
  }

  /** All payable lines of the period, by where they stand in claims. */
  states(tx: Transaction, scope: StatementScope): Promise<StateRow[]> {
    const { contractId, periodId } = scope;
    return tx.query<StateRow>(
      `with ${claimed(scope)}
       select coalesce(s.state, 'unclaimed') as state, count(*)::int as lines, sum(l.amount_minor)::bigint as amount_minor ${payableWithState(scope)}
        group by 1 order by 1`,
      [contractId, periodId],
    );
  }

  /** The periods that have been computed, with what is approved of each. */
  periods(tx: Transaction, contractId: string): Promise<PeriodRow[]> {
    return tx.query<PeriodRow>(
      `select r.period_id, count(*)::int as computations, min(r.currency) as currency,
              coalesce(sum(a.approved_minor), 0)::bigint as approved_minor
         from payment_computation r
         left join lateral (
           select sum(l.amount_minor) as approved_minor
             from claim c
             join claim_decision d on d.claim_id = c.id and d.decision = 'approved'
             join payment_line l on l.computation_id = d.computation_id and l.line_no = d.line_no
            where c.contract_id = $1 and c.computation_id = r.id) a on true
        where r.contract_id = $1 and r.kind = 'payable' and r.state = 'computed'
        group by r.period_id order by r.period_id`,
      [contractId],
    );
  }
}
