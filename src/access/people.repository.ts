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

const PERSON = 'id, email, name, is_administrator, created_at';

/** People. */
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

  async personById(tx: Transaction, id: string): Promise<PersonRow | null> {
    const [row] = await tx.query<PersonRow>(`select ${PERSON} from person where id = $1`, [id]);
    return row ?? null;
  }

  async personByEmail(tx: Transaction, email: string): Promise<PersonRow | null> {
    const [row] = await tx.query<PersonRow>(`select ${PERSON} from person_by_email($1)`, [
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
