import { Injectable } from '@nestjs/common';
import { refuseOnConstraint } from '../platform/database/constraint.js';
import type { Transaction } from '../platform/database/transaction.js';
import { PersonExists } from './access.errors.js';

export interface PersonRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly is_administrator: boolean;
  readonly created_at: Date;
}

export interface KeyRow {
  readonly secret_hash: Buffer;
  readonly person_id: string;
  readonly name: string;
  readonly is_administrator: boolean;
}

const PERSON = 'id, email, name, is_administrator, created_at';

/** People and their keys. */
@Injectable()
export class PeopleRepository {
  /** Refuses PersonExists. */
  async insertPerson(tx: Transaction, person: Omit<PersonRow, 'created_at'>): Promise<void> {
    await tx
      .query('insert into person (id, email, name, is_administrator) values ($1, $2, $3, $4)', [
        person.id,
        person.email,
        person.name,
        person.is_administrator,
      ])
      .catch((error: unknown) =>
        refuseOnConstraint(error, { person_email_once: () => new PersonExists() }),
      );
  }

  async insertKey(
    tx: Transaction,
    key: { id: string; personId: string; prefix: string; secretHash: Buffer; label: string },
  ): Promise<void> {
    await tx.query(
      'insert into api_key (id, person_id, prefix, secret_hash, label) values ($1, $2, $3, $4, $5)',
      [key.id, key.personId, key.prefix, key.secretHash, key.label],
    );
  }

  /** Whether a key of the person was in force until now. */
  async revokeKey(tx: Transaction, personId: string, keyId: string): Promise<boolean> {
    const rows = await tx.query(
      `update api_key set revoked_at = now()
        where id = $1 and person_id = $2 and revoked_at is null returning id`,
      [keyId, personId],
    );
    return rows.length === 1;
  }

  /** The key in force with a prefix, and whose it is; none of somebody who is disabled. Served by api_key_prefix_once. */
  async keyByPrefix(tx: Transaction, prefix: string): Promise<KeyRow | null> {
    const [row] = await tx.query<KeyRow>(
      `select k.secret_hash, p.id as person_id, p.name, p.is_administrator
         from api_key k join person p on p.id = k.person_id
        where k.prefix = $1 and k.revoked_at is null and p.disabled_at is null`,
      [prefix],
    );
    return row ?? null;
  }

  async personById(tx: Transaction, id: string): Promise<PersonRow | null> {
    const [row] = await tx.query<PersonRow>(`select ${PERSON} from person where id = $1`, [id]);
    return row ?? null;
  }

  async personByEmail(tx: Transaction, email: string): Promise<PersonRow | null> {
    const [row] = await tx.query<PersonRow>(`select ${PERSON} from person where email = $1`, [
      email.toLowerCase(),
    ]);
    return row ?? null;
  }

  /** In order of e-mail address. Served by person_email_once. */
  people(tx: Transaction, afterEmail: string | null, limit: number): Promise<PersonRow[]> {
    return tx.query<PersonRow>(
      `select ${PERSON} from person where $1::text is null or email > $1 order by email limit $2`,
      [afterEmail, limit],
    );
  }
}
