import { Injectable } from '@nestjs/common';
import { refuseOnConstraint } from '../platform/database/constraint.js';
import type { Transaction } from '../platform/database/transaction.js';
import { NotOfTheOrganisation } from './organisations/organisations.errors.js';
import type { Role } from './permissions.js';

export interface MemberRow {
  readonly person_id: string;
  readonly email: string;
  readonly name: string;
  readonly party: string;
  readonly role: Role;
  readonly granted_at: Date;
  readonly ended_at: Date | null;
}

/** Who has had which role in a contract. A membership that ended stays, with its end. */
@Injectable()
export class MembersRepository {
  /** Grants a role, again if it had ended; false when it is held already. Refuses NotOfTheOrganisation. */
  async grant(
    tx: Transaction,
    membership: {
      contractId: string;
      personId: string;
      party: string;
      role: Role;
      grantedBy: string;
    },
  ): Promise<boolean> {
    const rows = await tx
      .query(
        `insert into membership as m (contract_id, person_id, party, role, granted_by)
       values ($1, $2, $3, $4, $5)
       on conflict (contract_id, person_id, role) do update
          set party = excluded.party, granted_by = excluded.granted_by, granted_at = now(), ended_at = null
        where m.ended_at is not null
       returning role`,
        [
          membership.contractId,
          membership.personId,
          membership.party,
          membership.role,
          membership.grantedBy,
        ],
      )
      .catch((error: unknown) =>
        refuseOnConstraint(error, {
          membership_within_organisation: () => new NotOfTheOrganisation(),
        }),
      );
    return rows.length === 1;
  }

  /** Ends a membership and gives its party; null when there was none in force. */
  async end(
    tx: Transaction,
    contractId: string,
    personId: string,
    role: Role,
  ): Promise<string | null> {
    const [row] = await tx.query<{ party: string }>(
      `update membership set ended_at = now()
        where contract_id = $1 and person_id = $2 and role = $3 and ended_at is null returning party`,
      [contractId, personId, role],
    );
    return row?.party ?? null;
  }

  /** The party for which a person holds a role in a contract at present; null when they do not. */
  async partyOf(
    tx: Transaction,
    contractCode: string,
    personId: string,
    role: Role,
  ): Promise<string | null> {
    const [row] = await tx.query<{ party: string }>(
      `select m.party from membership m join contract c on c.id = m.contract_id
        where c.code = $1 and m.person_id = $2 and m.role = $3 and m.ended_at is null`,
      [contractCode, personId, role],
    );
    return row?.party ?? null;
  }

  /** The id of the contract where a person manages the organisation that a party is; null where they do not. */
  async contractManaged(
    tx: Transaction,
    contractCode: string,
    party: string,
    personId: string,
  ): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `select c.id from contract c
         join contract_party cp on cp.contract_id = c.id and cp.party = $2
         join affiliation a on a.organisation_id = cp.organisation_id and a.person_id = $3
                           and a.is_manager and a.ended_at is null
        where c.code = $1`,
      [contractCode, party, personId],
    );
    return row?.id ?? null;
  }

  /** Everybody, present and past, in the order of e-mail address and role. */
  members(tx: Transaction, contractId: string): Promise<MemberRow[]> {
    return tx.query<MemberRow>(
      `select m.person_id, p.email, p.name, m.party, m.role, m.granted_at, m.ended_at
         from membership m join person p on p.id = m.person_id
        where m.contract_id = $1 order by p.email, m.role`,
      [contractId],
    );
  }
}
