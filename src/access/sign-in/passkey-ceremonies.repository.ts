import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';

/** What a passkey is asked for. */
export type CeremonyPurpose = 'sign-in' | 'second-factor' | 'confirm' | 'add';

/** Challenges that were given to a browser and not answered yet. */
@Injectable()
export class PasskeyCeremoniesRepository {
  async insert(
    tx: Transaction,
    ceremony: {
      id: string;
      purpose: CeremonyPurpose;
      sessionId: string | null;
      challenge: string;
      expiresAt: Date;
    },
  ): Promise<void> {
    await tx.query(
      'insert into passkey_ceremony (id, purpose, session_id, challenge, expires_at) values ($1, $2, $3, $4, $5)',
      [ceremony.id, ceremony.purpose, ceremony.sessionId, ceremony.challenge, ceremony.expiresAt],
    );
  }

  /** The challenge of a ceremony of this purpose and session, which is used up; null when there is none in force. */
  async take(
    tx: Transaction,
    ceremony: { id: string; purpose: CeremonyPurpose; sessionId: string | null; now: Date },
  ): Promise<string | null> {
    const [row] = await tx.query<{ challenge: string }>(
      `delete from passkey_ceremony
        where id = $1 and purpose = $2 and session_id is not distinct from $3 and expires_at > $4
        returning challenge`,
      [ceremony.id, ceremony.purpose, ceremony.sessionId, ceremony.now],
    );
    return row?.challenge ?? null;
  }

  async removeExpired(tx: Transaction, now: Date): Promise<void> {
    await tx.query('delete from passkey_ceremony where expires_at <= $1', [now]);
  }
}
