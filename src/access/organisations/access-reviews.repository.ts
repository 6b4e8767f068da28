import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';
import type { Role } from '../permissions.js';

/** What one person may do for the organisation in one contract, and when they last did anything there. */
export interface AccessRow {
  readonly person_id: string;
  readonly email: string;
  readonly name: string;
  readonly contract_id: string;
  readonly contract: string;
  readonly party: string;
  readonly role: Role;
  readonly granted_at: Date;
  readonly last_act_at: Date | null;
}

/** What people may do for an organisation, and the reviews of it. */
@Injectable()
export class AccessReviewsRepository {
  /** Every access in force for the organisation's parties, by contract, e-mail address and role. */
  access(tx: Transaction, organisationId: string): Promise<AccessRow[]> {
    return tx.query<AccessRow>(
      `select m.person_id, p.email, p.name, m.contract_id, c.code as contract, m.party, m.role, m.granted_at,
              last_act_of(m.contract_id, m.person_id) as last_act_at
         from contract_party cp
         join membership m on m.contract_id = cp.contract_id and m.party = cp.party and m.ended_at is null
         join contract c on c.id = m.contract_id
         join person p on p.id = m.person_id
        where cp.organisation_id = $1
        order by c.code, p.email, m.role`,
      [organisationId],
    );
  }

  /** Ends every access that a person has for the organisation, and says which. */
  endAll(
    tx: Transaction,
    organisationId: string,
    personId: string,
  ): Promise<{ readonly contract_id: string; readonly party: string; readonly role: Role }[]> {
    return tx.query(
      `update membership m set ended_at = now()
         from contract_party cp
        where cp.organisation_id = $1 and m.contract_id = cp.contract_id and m.party = cp.party
          and m.person_id = $2 and m.ended_at is null
       returning m.contract_id, m.party, m.role`,
      [organisationId, personId],
    );
  }

  async insertReview(
    tx: Transaction,
    review: { id: string; organisationId: string; reviewedBy: string; reviewedAt: Date },
    items: readonly {
      readonly personId: string;
      readonly contractId: string;
      readonly role: Role;
      readonly outcome: 'kept' | 'ended';
    }[],
  ): Promise<void> {
    await tx.query(
      `insert into access_review (id, organisation_id, reviewed_by, reviewed_at) values ($1, $2, $3, $4)`,
      [review.id, review.organisationId, review.reviewedBy, review.reviewedAt],
    );
    await tx.query(
      `insert into access_review_item (review_id, person_id, contract_id, role, outcome)
       select $1, i."personId", i."contractId", i.role, i.outcome
         from json_to_recordset($2) as i("personId" uuid, "contractId" uuid, role text, outcome text)`,
      [review.id, JSON.stringify(items)],
    );
  }

  /** When the organisation's access was last reviewed; null when it never was. Served by access_review_by_organisation. */
  async lastReview(tx: Transaction, organisationId: string): Promise<Date | null> {
    const [row] = await tx.query<{ at: Date | null }>(
      'select max(reviewed_at) as at from access_review where organisation_id = $1',
      [organisationId],
    );
    return row?.at ?? null;
  }
}
