import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

/** What one person decided of one claim although, as is known now, the human behind them had a hand in it. */
export interface DependentDecisionRow {
  readonly number: number;
  readonly currency: string;
  readonly decided_by: string;
  readonly name: string;
  readonly submitted: boolean;
  readonly entered_scores: boolean;
  readonly approved: number;
  readonly approved_minor: string;
  readonly returned: number;
  readonly decided_at: Date;
}

/** Where a page begins: after this claim and decider, claims latest first. */
export interface AfterDecider {
  readonly number: bigint;
  readonly decidedBy: string;
}

/** Decisions that the accounts known as one human by now show to have been nobody else's. */
@Injectable()
export class DependentDecisionsRepository {
  /**
   * By claim, latest first, and decider. A score counts if it was entered up to the decision: the rule is about what a
   * human had done by then. An instant of the service is exact to the millisecond, one of the database finer.
   */
  page(
    tx: Transaction,
    contractId: string,
    after: AfterDecider | null,
    limit: number,
  ): Promise<DependentDecisionRow[]> {
    return tx.query<DependentDecisionRow>(
      `with hand as (
         select c.id, c.number, d.decided_by, d.decided_at, p.name, submitter.human_id = p.human_id as submitted,
                exists (select 1 from score_author a join person author on author.id = a.person_id
                         where a.contract_id = c.contract_id and author.human_id = p.human_id
                           and date_trunc('milliseconds', a.first_at) <= d.decided_at) as entered_scores
           from claim c
           join person submitter on submitter.id = c.submitted_by
           join lateral (select distinct decided_by, decided_at from claim_decision where claim_id = c.id) d on true
           join person p on p.id = d.decided_by
          where c.contract_id = $1)
       select hand.number, r.currency, hand.decided_by, hand.name,
              bool_or(hand.submitted) as submitted, bool_or(hand.entered_scores) as entered_scores,
              count(*) filter (where d.decision = 'approved')::int as approved,
              coalesce(sum(l.amount_minor) filter (where d.decision = 'approved'), 0)::bigint as approved_minor,
              count(*) filter (where d.decision = 'returned')::int as returned,
              min(d.decided_at) as decided_at
         from hand
         join claim_decision d on d.claim_id = hand.id and d.decided_by = hand.decided_by
                              and d.decided_at = hand.decided_at
         join payment_line l using (computation_id, line_no)
         join payment_computation r on r.id = d.computation_id
        where (hand.submitted or hand.entered_scores)
          and ($2::bigint is null or (-hand.number, hand.decided_by) > (-$2::bigint, $3::uuid))
        group by hand.number, r.currency, hand.decided_by, hand.name
        order by hand.number desc, hand.decided_by limit $4`,
      [contractId, after?.number ?? null, after?.decidedBy ?? null, limit],
    );
  }
}
