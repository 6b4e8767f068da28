import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import type { BehindRow, CellRow, IssuedRow, PartRow, StateRow } from './issued.mapping.js';
import { recordedBy, type StatementScope } from './statement-scope.js';
import { approvedLines } from './statements.repository.js';
import { claimed, payableWithState } from './states-of-lines.js';

/** A statement that is about to be issued, and the lines it is the first to take account of. */
export interface NewIssue {
  readonly contractId: string;
  readonly number: number;
  readonly periodId: string;
  readonly document: string;
  readonly issuedBy: string;
  readonly issuedAt: Date;
}

/**
 * Approved lines with the statement that first took account of them ($3 where none has yet) and with what they did to
 * their outcome: an outcome is paid while its approved lines, in the order of their revisions, come to more than nothing.
 */
const withOutcomes = (scope: StatementScope): string => `with_outcomes as (
  select l.clause, l.rate_minor, l.cohort, coalesce(i.number, $3::int) as statement, l.participant_id, l.metric, l.unit,
         l.quantity, l.amount_minor, l.parts, l.follow_up,
         l.participant_id is not null and sum(l.amount_minor) over of_outcome > 0 as paid_after,
         l.participant_id is not null and sum(l.amount_minor) over of_outcome - l.amount_minor > 0 as paid_before,
         lag(l.quantity) over of_outcome as quantity_before
    ${approvedLines(scope, '$2', 'left join issued_line i on i.computation_id = l.computation_id and i.line_no = l.line_no and i.number < $3::int')}
  window of_outcome as (
    partition by l.participant_id, case when l.participant_id is null then l.cohort end, l.clause, l.occurrence
    order by l.revision rows unbounded preceding))`;

/**
 * The same with their tariff: the rate, where the amount is what the quantity changed by times the rate. What is for a
 * group, or was bent by a deduction, an uplift or a cap, is a line of its own without a tariff, because it would show in a
 * sum with the others as what is left over.
 */
const approvedByStatement = (scope: StatementScope): string => `${withOutcomes(scope)},
  approved as (
    select *, case when participant_id is null then 0
                   when quantity || ' ' || coalesce(quantity_before, '0') ~ '/' then 0
                   when amount_minor = rate_minor * (case when paid_after then quantity::numeric else 0 end
                     - case when paid_before then coalesce(quantity_before, '0')::numeric else 0 end) then rate_minor
                   else 0 end as tariff_minor
      from with_outcomes)`;

const NET_OUTCOMES = 'paid_after::int - paid_before::int';

/**
 * How many are behind a line about a group: those measured, or the n of a signed result, or the denominator of a figure;
 * 0 where nobody counted. $1 is the contract.
 */
const groupSize = (scope: StatementScope): string => `coalesce((a.follow_up->>'measured')::int,
  (select max(e.n)::int from effect_result e where e.contract_id = $1 and e.metric = a.metric and e.status = 'recorded'
      ${recordedBy(scope, 'e.recorded_seq')}),
  (select max(floor(f.denominator))::int from contract_figure f
    where f.contract_id = $1 and f.metric = a.metric and f.status = 'recorded'
      ${recordedBy(scope, 'f.recorded_seq')}),
  0)`;

/** Issued statements, and the folds that the next one is made from. No row about one person leaves the database. */
@Injectable()
export class IssuedRepository {
  /** Approved amounts by clause, tariff, cohort and statement, and by what the lines did to their outcomes. */
  cells(tx: Transaction, scope: StatementScope, next: number): Promise<CellRow[]> {
    return tx.query<CellRow>(
      `with ${approvedByStatement(scope)}
       select clause, tariff_minor, cohort, statement, participant_id is null as of_group, unit, paid_before, paid_after,
              case when paid_before then quantity_before end as quantity_before, quantity,
              count(*)::int as lines, sum(amount_minor)::bigint as amount_minor
         from approved
        group by clause, tariff_minor, cohort, statement, of_group, unit, paid_before, paid_after, 9, quantity
        order by clause, tariff_minor, cohort, statement, unit, quantity, 9, paid_before, paid_after`,
      parametersOf(scope, next),
    );
  }

  /**
   * How many people are behind each cell, and behind each payer's part of it, by the statement in which the line last had
   * them. Groups count with their size, however often.
   */
  behind(tx: Transaction, scope: StatementScope, next: number): Promise<BehindRow[]> {
    return tx.query<BehindRow>(
      `with ${approvedByStatement(scope)},
       carried as (
         select a.*, part.key as payer, ${groupSize(scope)} as group_size
           from approved a cross join lateral (
             select null as key union all
             select key from jsonb_each_text(a.parts) where value::bigint <> 0) part
          where a.unit not in ('adjustment') and not (a.unit = 'fee' and a.participant_id is null)),
       seen as (
         select clause, tariff_minor, cohort, statement, payer, participant_id,
                case when participant_id is null then max(group_size) else 1 end as people
           from carried group by clause, tariff_minor, cohort, statement, payer, participant_id),
       before as (
         select *, lag(statement) over (
                  partition by clause, tariff_minor, cohort, payer, participant_id order by statement) as last_in
           from seen)
       select clause, tariff_minor, cohort, statement, payer, last_in, sum(people)::int as people
         from before
        group by clause, tariff_minor, cohort, statement, payer, last_in
        order by clause, tariff_minor, cohort, statement, payer nulls first, last_in nulls first`,
      parametersOf(scope, next),
    );
  }

  /** Payers' parts of each cell, with the net outcomes of which they carry something. */
  parts(tx: Transaction, scope: StatementScope, next: number): Promise<PartRow[]> {
    return tx.query<PartRow>(
      `with ${approvedByStatement(scope)}
       select clause, tariff_minor, cohort, statement, part.key as payer,
              sum(part.value::bigint)::bigint as amount_minor,
              coalesce(sum(${NET_OUTCOMES}) filter (where part.value::bigint <> 0), 0)::int as outcomes,
              bool_or(participant_id is null) as of_group
         from approved cross join lateral jsonb_each_text(parts) part
        group by clause, tariff_minor, cohort, statement, part.key
        order by clause, tariff_minor, cohort, statement, part.key`,
      parametersOf(scope, next),
    );
  }

  /** Payable lines of the period that are not approved, with the people behind them. */
  pending(tx: Transaction, scope: StatementScope): Promise<StateRow[]> {
    const { contractId, periodId } = scope;
    return tx.query<StateRow>(
      `with ${claimed(scope)}
       select coalesce(s.state, 'unclaimed') as state, count(*)::int as lines,
              count(distinct l.participant_id)::int as people ${payableWithState(scope)}
        group by 1 order by 1`,
      [contractId, periodId],
    );
  }

  /**
   * How many lines a statement, or one before it, did not take account of although they were approved, and how many it is
   * said to have taken account of although they were not, as of the scope.
   */
  async misplaced(tx: Transaction, scope: StatementScope, number: number): Promise<number> {
    const [row] = await tx.query<{ lines: number }>(
      `with due as (select l.computation_id, l.line_no ${approvedLines(scope, '$2')}),
       taken as (select computation_id, line_no, number from issued_line where contract_id = $1)
       select (select count(*)::int from (select * from due except
                 select computation_id, line_no from taken where number between 1 and $3::int) forgotten)
            + (select count(*)::int from (select computation_id, line_no from taken where number = $3::int except
                 select * from due) surplus) as lines`,
      parametersOf(scope, number),
    );
    return row!.lines;
  }

  /** Every statement of the contract that was issued, in order. */
  issued(tx: Transaction, contractId: string): Promise<IssuedRow[]> {
    return tx.query<IssuedRow>(
      'select number, period_id, document from issued_statement where contract_id = $1 order by number',
      [contractId],
    );
  }

  /** One of a period: the one with the number, or the latest; null where there is none. */
  async ofPeriod(
    tx: Transaction,
    contractId: string,
    periodId: string,
    number: number | null,
  ): Promise<IssuedRow | null> {
    const [row] = await tx.query<IssuedRow>(
      `select number, period_id, document from issued_statement
        where contract_id = $1 and period_id = $2 and ($3::int is null or number = $3)
        order by number desc limit 1`,
      [contractId, periodId, number],
    );
    return row ?? null;
  }

  /** Keeps the statement, and marks every approved line of the periods to date that none before took account of. */
  async insert(tx: Transaction, scope: StatementScope, issue: NewIssue): Promise<void> {
    await tx.query(
      `insert into issued_statement (contract_id, number, period_id, document, issued_by, issued_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        issue.contractId,
        issue.number,
        issue.periodId,
        issue.document,
        issue.issuedBy,
        issue.issuedAt,
      ],
    );
    await tx.query(
      `insert into issued_line (computation_id, line_no, contract_id, number)
       select l.computation_id, l.line_no, c.contract_id, $3::int ${approvedLines(scope, '$2')}
       on conflict (computation_id, line_no) do nothing`,
      parametersOf(scope, issue.number),
    );
  }
}

const parametersOf = ({ contractId, periodsToDate }: StatementScope, statement: number) => [
  contractId,
  periodsToDate,
  statement,
];
