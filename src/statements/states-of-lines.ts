import { computedBy, recordedBy, type StatementScope } from './statement-scope.js';

/** `claimed`: where each line of a period stands in claims. $1 is the contract, $2 the period. */
export const claimed = (scope: StatementScope): string => `claimed as (
         select cl.computation_id, cl.line_no,
                case when bool_or(d.decision = 'approved') then 'approved'
                     when bool_or(d.decision is null) then 'awaiting' else 'returned' end as state
           from claim c
           join payment_computation r on r.id = c.computation_id and r.period_id = $2
           join claim_line cl on cl.claim_id = c.id
           left join ${decisionsOf(scope)} d on d.claim_id = cl.claim_id
                 and d.computation_id = cl.computation_id and d.line_no = cl.line_no
          where c.contract_id = $1 ${recordedBy(scope, 'c.recorded_seq')}
          group by cl.computation_id, cl.line_no)`;

const decisionsOf = (scope: StatementScope): string =>
  scope.known === null
    ? 'claim_decision'
    : `(select made.* from claim_decision made join claim_decision_act act
          on act.claim_id = made.claim_id and act.act = made.act ${recordedBy(scope, 'act.recorded_seq')})`;

/** Every payable line of the period as `l`, beside its state `s` where it was claimed. */
export const payableWithState = (scope: StatementScope): string => `
         from payment_computation r
         join payment_line l on l.computation_id = r.id and l.amount_minor <> 0
         left join claimed s on s.computation_id = l.computation_id and s.line_no = l.line_no
        where r.contract_id = $1 and r.period_id = $2 and r.kind = 'payable' and r.state = 'computed'
          ${computedBy(scope, 'r.number')}`;
