import { Injectable } from '@nestjs/common';
import type { KeyScope } from '../../platform/auth/key-scope.js';
import type { Permission } from '../../platform/auth/permission.js';
import type { Transaction } from '../../platform/database/transaction.js';

export interface ClientRow {
  readonly id: string;
  readonly person_id: string;
  readonly secret_hash: Buffer;
  readonly label: string;
  readonly contracts: string[] | null;
  readonly permissions: Permission[] | null;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

/** Whose token it is, and how far it reaches. */
export interface TokenInUse {
  readonly person_id: string;
  readonly name: string;
  readonly is_administrator: boolean;
  readonly contract_ids: string[] | null;
  readonly permissions: Permission[] | null;
}

const CLIENT = `k.id, k.person_id, k.secret_hash, k.label, k.permissions, k.created_at, k.expires_at, k.last_used_at,
  k.revoked_at, case when k.contract_ids is not null then
    array(select c.code from contract c where c.id = any(k.contract_ids) order by c.code) end as contracts`;

/** Clients of OAuth 2 and the tokens they hold. */
@Injectable()
export class MachineClientsRepository {
  async insert(
    tx: Transaction,
    client: {
      readonly id: string;
      readonly personId: string;
      readonly secretHash: Buffer;
      readonly label: string;
      readonly scope: KeyScope;
      readonly expiresAt: Date | null;
    },
  ): Promise<void> {
    await tx.query(
      `insert into oauth_client (id, person_id, secret_hash, label, contract_ids, permissions, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        client.id,
        client.personId,
        client.secretHash,
        client.label,
        client.scope.contractIds,
        client.scope.permissions,
        client.expiresAt,
      ],
    );
  }

  /** A client in force at an instant. */
  async inForce(tx: Transaction, id: string, at: Date): Promise<ClientRow | null> {
    const [row] = await tx.query<ClientRow>(
      `select ${CLIENT} from oauth_client k
        where k.id = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $2)`,
      [id, at],
    );
    return row ?? null;
  }

  /** Every client of a person, newest first. Served by oauth_client_by_person. */
  ofPerson(tx: Transaction, personId: string): Promise<ClientRow[]> {
    return tx.query<ClientRow>(
      `select ${CLIENT} from oauth_client k where k.person_id = $1 order by k.created_at desc, k.id`,
      [personId],
    );
  }

  /** Whether a client of the person was in force until now; its tokens are dead with it. */
  async revoke(tx: Transaction, personId: string, id: string): Promise<boolean> {
    const rows = await tx.query(
      `update oauth_client set revoked_at = now()
        where id = $1 and person_id = $2 and revoked_at is null returning id`,
      [id, personId],
    );
    return rows.length === 1;
  }

  /** Keeps a new token, and forgets those of the client that are over. */
  async insertToken(
    tx: Transaction,
    token: {
      readonly hash: Buffer;
      readonly clientId: string;
      readonly permissions: readonly Permission[] | null;
      readonly issuedAt: Date;
      readonly expiresAt: Date;
    },
  ): Promise<void> {
    await tx.query('delete from oauth_token where client_id = $1 and expires_at <= $2', [
      token.clientId,
      token.issuedAt,
    ]);
    await tx.query(
      `insert into oauth_token (token_hash, client_id, permissions, issued_at, expires_at) values ($1, $2, $3, $4, $5)`,
      [token.hash, token.clientId, token.permissions, token.issuedAt, token.expiresAt],
    );
    await tx.query('update oauth_client set last_used_at = $2 where id = $1', [
      token.clientId,
      token.issuedAt,
    ]);
  }

  /** Whose token it is, while it and its client are in force. Served by oauth_token's key. */
  async byToken(tx: Transaction, hash: Buffer, at: Date): Promise<TokenInUse | null> {
    const [row] = await tx.query<TokenInUse>(
      `select p.id as person_id, p.name, p.is_administrator, k.contract_ids, t.permissions
         from oauth_token t
         join oauth_client k on k.id = t.client_id
         join person p on p.id = k.person_id
        where t.token_hash = $1 and t.expires_at > $2 and k.revoked_at is null
          and (k.expires_at is null or k.expires_at > $2)`,
      [hash, at],
    );
    return row ?? null;
  }
}
