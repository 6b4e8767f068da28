import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

/** How many lines there are and what they come to in minor units, by one of the places that say so. */
interface Come {
  readonly lines: number;
  readonly minor: string;
}

/** One computation or claim: what its entry recorded, what its row says, and what its payment lines come to. */
export interface AmountsRow {
  readonly kind: 'computation' | 'claim';
  readonly number: number;
  /** null where no entry records it. */
  readonly recorded: Come | null;
  readonly kept: Come;
  readonly held: Come;
}

/** What checking the amounts of a contract reads. Served by the primary keys and one reading of the trail. */
@Injectable()
export class AmountsCheckRepository {
  /** Every computation that posted lines, then every claim, in the order of their numbers. */
  async amounts(tx: Transaction, contractId: string): Promise<AmountsRow[]> {
    return tx.query<AmountsRow>(
      `with recorded as materialized (
         select type, body::jsonb -> 'payload' as payload from audit_entry
          where stream = $1::uuid::text and type in ('computation.computed', 'claim.submitted')),
       said as (
         select type, coalesce(payload ->> 'claimId', payload ->> 'computationId') as id,
                jsonb_build_object('lines', payload -> 'lines', 'minor', payload ->> 'totalMinor') as come
           from recorded)
       select 'computation' as kind, r.number, s.come as recorded,
              jsonb_build_object('lines', r.lines, 'minor', r.total_minor::text) as kept,
              (select jsonb_build_object('lines', count(*), 'minor', coalesce(sum(l.amount_minor), 0)::bigint::text)
                 from payment_line l where l.computation_id = r.id) as held
         from payment_computation r left join said s on s.type = 'computation.computed' and s.id = r.id::text
        where r.contract_id = $1 and r.kind = 'payable' and r.state = 'computed'
       union all
       select 'claim', c.number, s.come,
              jsonb_build_object('lines', c.lines, 'minor', c.total_minor::text),
              (select jsonb_build_object('lines', count(*), 'minor', coalesce(sum(l.amount_minor), 0)::bigint::text)
                 from claim_line m join payment_line l using (computation_id, line_no) where m.claim_id = c.id)
         from claim c left join said s on s.type = 'claim.submitted' and s.id = c.id::text
        where c.contract_id = $1
        order by kind desc, number`,
      [contractId],
    );
  }
}
