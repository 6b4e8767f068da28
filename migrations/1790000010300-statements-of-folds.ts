import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a statement says, for people who may read statements and no line, claim or computation: investors and fund
 * managers. Each function gives sums over lines, never a line, and raises for whoever may not read statements of the
 * contract. They are the only way from such a person to these tables.
 */
export class StatementsOfFolds1790000010300 implements MigrationInterface {
  name = 'StatementsOfFolds1790000010300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function statement_contract(contract uuid) returns uuid stable ${SAFE} language plpgsql as $$
      begin
        if contract = any(contracts_where('statement:read')) then
          return contract;
        end if;
        raise exception 'whoever acts may read no statement of this contract' using errcode = 'insufficient_privilege';
      end $$;
      ${FOLDS.join('\n')}
      revoke all on function statement_contract(uuid), ${SIGNATURES} from public;
      grant execute on function ${SIGNATURES} to outturn_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function ${SIGNATURES}, statement_contract(uuid)`);
  }
}

const SAFE = 'security definer set search_path = pg_catalog, public, pg_temp';

const SIGNATURES = `statement_computations(uuid, text[]), statement_outcomes(uuid, text, text[]),
        statement_follow_ups(uuid, text[], text[], text[]), statement_parts(uuid, text, text[]),
        statement_totals(uuid, text, text[]), statement_states(uuid, text), statement_periods(uuid)`;

/** Approved lines of the periods to date. Served by claim_number_once and the primary keys. */
const APPROVED = `from claim c
            join claim_decision d on d.claim_id = c.id and d.decision = 'approved'
            join payment_line_posted l on l.computation_id = d.computation_id and l.line_no = d.line_no
            join payment_computation r on r.id = l.computation_id
           where c.contract_id = (select statement_contract(contract)) and r.period_id = any(to_date)`;

const fold = (name: string, parameters: string, columns: string, sql: string): string => `
      create function ${name}(${parameters}) returns table (${columns}) stable ${SAFE} language sql as $$
        ${sql}
      $$;`;

const FOLDS = [
  fold(
    'statement_computations',
    'contract uuid, to_date text[]',
    'number integer, period_id text, digest bytea, total_minor bigint',
    `select r.number, r.period_id, r.digest, r.total_minor from payment_computation r
          where r.contract_id = (select statement_contract(contract)) and r.kind = 'payable' and r.state = 'computed'
            and r.period_id = any(to_date)`,
  ),
  fold(
    'statement_outcomes',
    'contract uuid, period text, to_date text[]',
    `this_period boolean, true_up boolean, clause text, unit text, paid_before boolean, paid_after boolean,
        quantity_before text, quantity text, lines integer, amount_minor bigint`,
    `with approved as (
           select r.period_id = period as this_period, l.kind = 'true-up' as true_up, l.clause, l.unit, l.quantity,
                  l.amount_minor, l.unit <> 'adjustment' and sum(l.amount_minor) over of_outcome > 0 as paid_after,
                  l.unit <> 'adjustment'
                    and sum(l.amount_minor) over of_outcome - l.amount_minor > 0 as paid_before,
                  lag(l.quantity) over of_outcome as quantity_before
           ${APPROVED}
           window of_outcome as (
             partition by l.participant_id, case when l.participant_id is null then l.cohort end, l.clause, l.occurrence
             order by l.revision rows unbounded preceding))
         select a.this_period, a.true_up, a.clause, a.unit, a.paid_before, a.paid_after,
                case when a.paid_before then a.quantity_before end, a.quantity,
                count(*)::int, sum(a.amount_minor)::bigint
           from approved a
          group by a.this_period, a.true_up, a.clause, a.unit, a.paid_before, a.paid_after, 7, a.quantity`,
  ),
  fold(
    'statement_follow_ups',
    'contract uuid, to_date text[], metrics text[], time_points text[]',
    'clause text, cohort text, occurrence text, reason text, follow_up jsonb, participants integer',
    `with posted as (
           select distinct on (l.participant_id, case when l.participant_id is null then l.cohort end, l.clause,
                               l.occurrence)
                  l.participant_id is not null as of_participant, l.clause, l.cohort, l.occurrence, l.reason, l.follow_up
             from payment_computation r
             join payment_line_posted l on l.computation_id = r.id and l.kind <> 'withheld'
            where r.contract_id = (select statement_contract(contract)) and r.kind = 'payable' and r.state = 'computed'
              and r.period_id = any(to_date)
              and (l.follow_up is not null or l.participant_id is not null
                   and (l.metric, l.occurrence) in (select * from unnest(metrics, time_points)))
            order by l.participant_id, case when l.participant_id is null then l.cohort end, l.clause, l.occurrence,
                     l.revision desc)
         select p.clause, p.cohort, p.occurrence, p.reason, p.follow_up, count(*)::int
           from posted p where p.reason is distinct from 'withdrawn'
          group by p.of_participant, p.clause, p.cohort, p.occurrence, p.reason, p.follow_up`,
  ),
  fold(
    'statement_parts',
    'contract uuid, period text, to_date text[]',
    'this_period boolean, true_up boolean, clause text, payer text, amount_minor bigint',
    `with approved as (
           select r.period_id = period as this_period, l.kind = 'true-up' as true_up, l.clause, l.parts ${APPROVED})
         select a.this_period, a.true_up, a.clause, part.key, sum(part.value::bigint)::bigint
           from approved a cross join lateral jsonb_each_text(a.parts) part
          group by a.this_period, a.true_up, a.clause, part.key`,
  ),
  fold(
    'statement_totals',
    'contract uuid, period text, to_date text[]',
    'now_minor bigint, earlier_minor bigint',
    `select coalesce(sum(l.amount_minor) filter (where r.period_id = period), 0)::bigint,
                coalesce(sum(l.amount_minor) filter (where r.period_id <> period), 0)::bigint ${APPROVED}`,
  ),
  fold(
    'statement_states',
    'contract uuid, period text',
    'state text, lines integer, amount_minor bigint',
    `with claimed as (
           select cl.computation_id, cl.line_no,
                  case when bool_or(d.decision = 'approved') then 'approved'
                       when bool_or(d.decision is null) then 'awaiting' else 'returned' end as state
             from claim c
             join payment_computation r on r.id = c.computation_id and r.period_id = period
             join claim_line cl on cl.claim_id = c.id
             left join claim_decision d on d.claim_id = cl.claim_id
                   and d.computation_id = cl.computation_id and d.line_no = cl.line_no
            where c.contract_id = contract
            group by cl.computation_id, cl.line_no)
         select coalesce(s.state, 'unclaimed') as state, count(*)::int, sum(l.amount_minor)::bigint
           from payment_computation r
           join payment_line_posted l on l.computation_id = r.id and l.amount_minor <> 0
           left join claimed s on s.computation_id = l.computation_id and s.line_no = l.line_no
          where r.contract_id = (select statement_contract(contract)) and r.period_id = period
            and r.kind = 'payable' and r.state = 'computed'
          group by 1`,
  ),
  fold(
    'statement_periods',
    'contract uuid',
    'period_id text, computations integer, currency text, approved_minor bigint',
    `select r.period_id, count(*)::int, min(r.currency), coalesce(sum(a.approved_minor), 0)::bigint
           from payment_computation r
           left join lateral (
             select sum(l.amount_minor) as approved_minor
               from claim c
               join claim_decision d on d.claim_id = c.id and d.decision = 'approved'
               join payment_line_posted l on l.computation_id = d.computation_id and l.line_no = d.line_no
              where c.contract_id = contract and c.computation_id = r.id) a on true
          where r.contract_id = (select statement_contract(contract)) and r.kind = 'payable' and r.state = 'computed'
          group by r.period_id`,
  ),
];
