import { Injectable } from '@nestjs/common';
import { refuseOnConstraint } from '../../platform/database/constraint.js';
import type { Transaction } from '../../platform/database/transaction.js';
import type { SealedRow } from '../../platform/secrets/seal-anew.js';
import { PasskeyRefused } from './sign-in.errors.js';

export type FactorKind = 'authenticator' | 'passkey';

export interface FactorRow {
  readonly id: string;
  readonly kind: FactorKind;
  readonly label: string;
  readonly confirmed_at: Date;
  readonly last_used_at: Date | null;
}

export interface AuthenticatorRow {
  readonly id: string;
  readonly sealed_seed: Buffer;
}

export interface SealedSeedRow extends SealedRow {
  readonly id: string;
  readonly person_id: string;
}

export interface PasskeyRow {
  readonly id: string;
  readonly person_id: string;
  readonly credential_id: string;
  readonly public_key: Buffer;
  /** int8, as text. */
  readonly sign_count: string;
  readonly transports: string[] | null;
}

const PASSKEY = 'f.id, f.person_id, f.credential_id, f.public_key, f.sign_count, f.transports';

/** Second factors and recovery codes. */
@Injectable()
export class FactorsRepository {
  /** What a person can be asked for, the oldest first. Served by second_factor_by_person. */
  confirmed(tx: Transaction, personId: string): Promise<FactorRow[]> {
    return tx.query<FactorRow>(
      `select id, kind, label, confirmed_at, last_used_at from second_factor
        where person_id = $1 and confirmed_at is not null order by confirmed_at, id`,
      [personId],
    );
  }

  /** Offers an authenticator; an earlier offer that was not confirmed is gone. */
  async offerAuthenticator(
    tx: Transaction,
    offer: { id: string; personId: string; label: string; sealedSeed: Buffer; at: Date },
  ): Promise<void> {
    await tx.query('delete from second_factor where person_id = $1 and confirmed_at is null', [
      offer.personId,
    ]);
    await tx.query(
      `insert into second_factor (id, person_id, kind, label, offered_at, sealed_seed)
       values ($1, $2, 'authenticator', $3, $4, $5)`,
      [offer.id, offer.personId, offer.label, offer.at, offer.sealedSeed],
    );
  }

  /** An authenticator offered since an instant and not confirmed yet. */
  async offered(
    tx: Transaction,
    personId: string,
    id: string,
    since: Date,
  ): Promise<AuthenticatorRow | null> {
    const [row] = await tx.query<AuthenticatorRow>(
      `select id, sealed_seed from second_factor
        where id = $1 and person_id = $2 and confirmed_at is null and offered_at > $3`,
      [id, personId, since],
    );
    return row ?? null;
  }

  /** From now on the authenticator counts, and the code that proved it does not count again. */
  async confirm(tx: Transaction, id: string, step: bigint, at: Date): Promise<boolean> {
    const rows = await tx.query(
      `update second_factor set confirmed_at = $3, last_step = $2
        where id = $1 and confirmed_at is null returning id`,
      [id, String(step), at],
    );
    return rows.length === 1;
  }

  /** A page of seeds as they are sealed, after one in the order of their ids; locked. Only for the rewrapper. */
  sealedSeeds(tx: Transaction, after: string | null): Promise<SealedSeedRow[]> {
    return tx.query<SealedSeedRow>(
      `select id, person_id, sealed from seeds_sealed(coalesce($1::uuid, '00000000-0000-0000-0000-000000000000'), 500)`,
      [after],
    );
  }

  /** Only for the rewrapper. */
  async sealSeedAnew(tx: Transaction, id: string, sealed: Buffer): Promise<void> {
    await tx.query('select seal_seed_anew($1, $2)', [id, sealed]);
  }

  authenticators(tx: Transaction, personId: string): Promise<AuthenticatorRow[]> {
    return tx.query<AuthenticatorRow>(
      `select id, sealed_seed from second_factor
        where person_id = $1 and kind = 'authenticator' and confirmed_at is not null order by confirmed_at, id`,
      [personId],
    );
  }

  /** Accepts the code of a time step; false when one of this or a later step was accepted before, even at this moment. */
  async spendStep(tx: Transaction, id: string, step: bigint, at: Date): Promise<boolean> {
    const rows = await tx.query(
      `update second_factor set last_step = $2, last_used_at = $3
        where id = $1 and (last_step is null or last_step < $2) returning id`,
      [id, String(step), at],
    );
    return rows.length === 1;
  }

  passkeys(tx: Transaction, personId: string): Promise<PasskeyRow[]> {
    return tx.query<PasskeyRow>(
      `select ${PASSKEY} from second_factor f
        where f.person_id = $1 and f.kind = 'passkey' order by f.confirmed_at, f.id`,
      [personId],
    );
  }

  /** A passkey, of somebody who is not disabled. Served by second_factor_credential_once. */
  async passkey(tx: Transaction, credentialId: string): Promise<PasskeyRow | null> {
    const [row] = await tx.query<PasskeyRow>(
      `select ${PASSKEY} from second_factor f join person p on p.id = f.person_id
        where f.credential_id = $1 and p.disabled_at is null`,
      [credentialId],
    );
    return row ?? null;
  }

  /** Refuses PasskeyRefused when the passkey is somebody's already. */
  async insertPasskey(
    tx: Transaction,
    passkey: Omit<PasskeyRow, 'sign_count'> & { label: string; sign_count: number; at: Date },
  ): Promise<void> {
    await tx
      .query(
        `insert into second_factor (id, person_id, kind, label, offered_at, confirmed_at, credential_id, public_key,
           sign_count, transports)
         values ($1, $2, 'passkey', $3, $4, $4, $5, $6, $7, $8)`,
        [
          passkey.id,
          passkey.person_id,
          passkey.label,
          passkey.at,
          passkey.credential_id,
          passkey.public_key,
          passkey.sign_count,
          passkey.transports,
        ],
      )
      .catch((error: unknown) =>
        refuseOnConstraint(error, { second_factor_credential_once: () => new PasskeyRefused() }),
      );
  }

  /** Moves the counter of a passkey on; false when it was moved, or the passkey removed, in the meantime. */
  async usePasskey(
    tx: Transaction,
    use: { id: string; from: string; to: number; at: Date },
  ): Promise<boolean> {
    const rows = await tx.query(
      `update second_factor set sign_count = $3, last_used_at = $4
        where id = $1 and sign_count = $2 returning id`,
      [use.id, use.from, use.to, use.at],
    );
    return rows.length === 1;
  }

  /** Removes one factor and says what it was; null when the person has no such factor. */
  async remove(tx: Transaction, personId: string, id: string): Promise<FactorKind | null> {
    const [row] = await tx.query<{ kind: FactorKind }>(
      'delete from second_factor where id = $1 and person_id = $2 and confirmed_at is not null returning kind',
      [id, personId],
    );
    return row?.kind ?? null;
  }

  /** Removes every factor, offer and recovery code, and says how many factors there were. */
  async removeAll(tx: Transaction, personId: string): Promise<number> {
    await tx.query('delete from recovery_code where person_id = $1', [personId]);
    const rows = await tx.query<{ was_confirmed: boolean }>(
      'delete from second_factor where person_id = $1 returning confirmed_at is not null as was_confirmed',
      [personId],
    );
    return rows.filter((row) => row.was_confirmed).length;
  }

  async replaceRecoveryCodes(
    tx: Transaction,
    personId: string,
    hashes: readonly Buffer[],
  ): Promise<void> {
    await tx.query('delete from recovery_code where person_id = $1', [personId]);
    await tx.query(
      'insert into recovery_code (person_id, code_hash) select $1, unnest($2::bytea[])',
      [personId, hashes],
    );
  }

  async recoveryCodes(tx: Transaction, personId: string): Promise<number> {
    const [row] = await tx.query<{ codes: number }>(
      'select count(*)::integer as codes from recovery_code where person_id = $1',
      [personId],
    );
    return row!.codes;
  }

  /** Uses a recovery code up; false when there is none with this hash any more. */
  async spendRecoveryCode(tx: Transaction, personId: string, hash: Buffer): Promise<boolean> {
    const rows = await tx.query(
      'delete from recovery_code where person_id = $1 and code_hash = $2 returning person_id',
      [personId, hash],
    );
    return rows.length === 1;
  }

  /** Removes offers that nobody confirmed. */
  async removeStaleOffers(tx: Transaction, before: Date): Promise<void> {
    await tx.query('delete from second_factor where confirmed_at is null and offered_at <= $1', [
      before,
    ]);
  }
}
