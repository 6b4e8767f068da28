import { Injectable } from '@nestjs/common';
import type { ClaimLineState } from '../domain/claims/line-states.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { ClaimLineRow, LineFoldRow, PartFoldRow } from './claims.mapping.js';

/** Which lines of a claim to show, and from where. */
export interface LinePage {
  readonly claimId: string;
  readonly after: bigint;
  readonly limit: number;
  readonly state: ClaimLineState | null;
  readonly clause: string | null;
}

/** What a reviewer reads: folds over a claim's lines and payers' parts, and pages of its lines. */
@Injectable()
export class ClaimReviewRepository {
  /** Lines of one claim folded by clause, metric and state. */
  lineFolds(tx: Transaction, claimId: string): Promise<LineFoldRow[]> {
    return tx.query<LineFoldRow>(
      `select l.clause, l.metric, coalesce(d.decision, 'awaiting') as state,
              count(*)::int as lines, sum(l.amount_minor)::bigint as amount_minor
         from claim_line cl
         join payment_line l using (computation_id, line_no)
         left join claim_decision d using (claim_id, computation_id, line_no)
        where cl.claim_id = $1
        group by l.clause, l.metric, 3 order by l.clause, l.metric, 3`,
      [claimId],
    );
  }

  /** Payers' parts of one claim's lines, folded by clause, metric, payer and state. */
  partFolds(tx: Transaction, claimId: string): Promise<PartFoldRow[]> {
    return tx.query<PartFoldRow>(
      `select l.clause, l.metric, r.period_id, part.key as payer, coalesce(d.decision, 'awaiting') as state,
              sum(part.value::bigint)::bigint as amount_minor
         from claim_line cl
         join payment_line l using (computation_id, line_no)
         join payment_computation r on r.id = cl.computation_id
         left join claim_decision d using (claim_id, computation_id, line_no)
        cross join lateral jsonb_each_text(l.parts) part
        where cl.claim_id = $1
        group by l.clause, l.metric, r.period_id, part.key, 5
        order by l.clause, l.metric, r.period_id, part.key, 5`,
      [claimId],
    );
  }

  /** Payers' parts of the approved lines of all other claims of the contract. */
  approvedElsewhere(
    tx: Transaction,
    contractId: string,
    claimId: string,
  ): Promise<Omit<PartFoldRow, 'state'>[]> {
    return tx.query<Omit<PartFoldRow, 'state'>>(
      `select l.clause, l.metric, r.period_id, part.key as payer, sum(part.value::bigint)::bigint as amount_minor
         from claim c
         join claim_decision d on d.claim_id = c.id and d.decision = 'approved'
         join payment_line l on l.computation_id = d.computation_id and l.line_no = d.line_no
         join payment_computation r on r.id = c.computation_id
        cross join lateral jsonb_each_text(l.parts) part
        where c.contract_id = $1 and c.id <> $2
        group by l.clause, l.metric, r.period_id, part.key
        order by l.clause, l.metric, r.period_id, part.key`,
      [contractId, claimId],
    );
  }

  /** A page of a claim's lines in their order. Served by the primary keys. */
  lines(tx: Transaction, page: LinePage): Promise<ClaimLineRow[]> {
    return tx.query<ClaimLineRow>(
      `select l.computation_id, l.line_no, l.computation_number, l.participant_id, pt.reference as participant, l.cohort,
              l.clause, l.kind, l.outcome_on,
              l.quantity, l.unit, l.rate_minor, l.amount_minor, l.parts, l.corrects, l.explanation,
              d.decision, d.reason, p.name as decided_by, d.decided_at
         from claim_line cl
         join payment_line l using (computation_id, line_no)
         left join participant pt on pt.id = l.participant_id
         left join claim_decision d using (claim_id, computation_id, line_no)
         left join person p on p.id = d.decided_by
        where cl.claim_id = $1 and cl.line_no > $2::bigint
          and ($4::text is null or coalesce(d.decision, 'awaiting') = $4)
          and ($5::text is null or l.clause = $5)
        order by cl.line_no limit $3`,
      [page.claimId, page.after, page.limit, page.state, page.clause],
    );
  }
}
