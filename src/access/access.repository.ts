import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import type { Role } from './permissions.js';

export interface MembershipRow {
  readonly party: string;
  readonly role: Role;
}

/** Who is who in a contract. */
@Injectable()
export class AccessRepository {
  async contractExists(tx: Transaction, contractId: string): Promise<boolean> {
    const rows = await tx.query('select 1 from contract where id = $1', [contractId]);
    return rows.length === 1;
  }

  async contractIdByCode(tx: Transaction, code: string): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>('select id from contract where code = $1', [code]);
    return row?.id ?? null;
  }

  /** The person's present memberships, in the order in which they were granted. */
  presentMemberships(
    tx: Transaction,
    contractId: string,
    personId: string,
  ): Promise<MembershipRow[]> {
    return tx.prepared<MembershipRow>(
      'memberships-present',
      `select party, role from membership
        where contract_id = $1 and person_id = $2 and ended_at is null order by granted_at, role`,
      [contractId, personId],
    );
  }

  /** Whether the person holds a role in any contract at present. */
  async holdsRole(tx: Transaction, personId: string, role: Role): Promise<boolean> {
    const rows = await tx.query(
      'select 1 from membership where person_id = $1 and role = $2 and ended_at is null limit 1',
      [personId, role],
    );
    return rows.length === 1;
  }

  /** The contracts in which the person holds one of the roles at present, for whatever party they may see. */
  contractsOf(
    tx: Transaction,
    personId: string,
    roles: readonly Role[],
  ): Promise<{ readonly id: string; readonly code: string }[]> {
    return tx.query<{ id: string; code: string }>(
      `select distinct c.id, c.code from membership m join contract c on c.id = m.contract_id
        where m.person_id = $1 and m.role = any($2) and m.ended_at is null order by c.code`,
      [personId, roles],
    );
  }
}
