import { Injectable } from '@nestjs/common';
import type { KeyScope } from '../../platform/auth/key-scope.js';
import type { Permission } from '../../platform/auth/permission.js';
import type { Transaction } from '../../platform/database/transaction.js';

/** A key as it is found when it is used. */
export interface KeyInUse {
  readonly id: string;
  readonly secret_hash: Buffer;
  readonly person_id: string;
  readonly name: string;
  readonly is_administrator: boolean;
  readonly contract_ids: string[] | null;
  readonly permissions: Permission[] | null;
  readonly last_used_at: Date | null;
}

/** A key as its owner sees it; its secret is not in the database. */
export interface KeyRow {
  readonly id: string;
  readonly prefix: string;
  readonly label: string;
  readonly contracts: string[] | null;
  readonly permissions: Permission[] | null;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

export interface NewKey {
  readonly id: string;
  readonly personId: string;
  readonly prefix: string;
  readonly secretHash: Buffer;
  readonly label: string;
  readonly scope: KeyScope;
  readonly expiresAt: Date | null;
}

/** API keys: never deleted, so that an old entry of the trail still finds the key it names. */
@Injectable()
export class KeysRepository {
  async insert(tx: Transaction, key: NewKey): Promise<void> {
    await tx.query(
      `insert into api_key (id, person_id, prefix, secret_hash, label, contract_ids, permissions, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        key.id,
        key.personId,
        key.prefix,
        key.secretHash,
        key.label,
        key.scope.contractIds,
        key.scope.permissions,
        key.expiresAt,
      ],
    );
  }

  /** The key in force at an instant with a prefix, and whose it is. Served by api_key_prefix_once. */
  async inForce(tx: Transaction, prefix: string, at: Date): Promise<KeyInUse | null> {
    const [row] = await tx.query<KeyInUse>(
      `select k.id, k.secret_hash, p.id as person_id, p.name, p.is_administrator, k.contract_ids, k.permissions,
              k.last_used_at
         from api_key k join person p on p.id = k.person_id
        where k.prefix = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $2)`,
      [prefix, at],
    );
    return row ?? null;
  }

  async used(tx: Transaction, id: string, at: Date): Promise<void> {
    await tx.query('update api_key set last_used_at = $2 where id = $1', [id, at]);
  }

  /** Every key of a person, newest first. Served by api_key_by_person. */
  ofPerson(tx: Transaction, personId: string): Promise<KeyRow[]> {
    return tx.query<KeyRow>(
      `select k.id, k.prefix, k.label, k.permissions, k.created_at, k.expires_at, k.last_used_at, k.revoked_at,
              case when k.contract_ids is not null then
                array(select c.code from contract c where c.id = any(k.contract_ids) order by c.code) end as contracts
         from api_key k where k.person_id = $1 order by k.created_at desc, k.id`,
      [personId],
    );
  }

  /** Whether a key of the person was in force until now. */
  async revoke(tx: Transaction, personId: string, keyId: string): Promise<boolean> {
    const rows = await tx.query(
      `update api_key set revoked_at = now()
        where id = $1 and person_id = $2 and revoked_at is null returning id`,
      [keyId, personId],
    );
    return rows.length === 1;
  }
}
