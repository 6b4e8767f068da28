import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';

/** How two accounts were found to be one human's. */
export type RecognisedBecause = 'verified-email' | 'identity-provider' | 'administrator';

export interface Recognition {
  readonly id: string;
  readonly personId: string;
  readonly sameAs: string;
  readonly because: RecognisedBecause;
  readonly reason: string;
  readonly recognisedBy: string | null;
}

/** Which accounts are one human's. */
@Injectable()
export class HumansRepository {
  /** The human behind an account, by their first account; null when there is no such account. Taken for this transaction. */
  async humanOf(tx: Transaction, personId: string): Promise<string | null> {
    const [row] = await tx.query<{ human_id: string }>(
      'select human_id from person where id = $1 for update',
      [personId],
    );
    return row?.human_id ?? null;
  }

  /** Whether two accounts are known as one human's. */
  async areOne(tx: Transaction, personId: string, other: string): Promise<boolean> {
    const [row] = await tx.query<{ humans: number }>(
      'select count(distinct human_id)::int as humans from person where id in ($1, $2)',
      [personId, other],
    );
    return row?.humans === 1;
  }

  /** Joins all accounts of one human to another's. First the first account, as the database's own rule asks. */
  async join(tx: Transaction, human: string, toHuman: string): Promise<void> {
    await tx.query('update person set human_id = $2 where id = $1', [human, toHuman]);
    await tx.query('update person set human_id = $2 where human_id = $1', [human, toHuman]);
  }

  async insert(tx: Transaction, recognition: Recognition): Promise<void> {
    await tx.query(
      `insert into account_recognition (id, person_id, same_as, because, reason, recognised_by)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        recognition.id,
        recognition.personId,
        recognition.sameAs,
        recognition.because,
        recognition.reason,
        recognition.recognisedBy,
      ],
    );
  }
}
