import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';
import type { SealedRow } from '../../platform/secrets/seal-anew.js';

/** What a key opens: the free texts and commitments of the record, or the direct identifiers. They are erased apart. */
export type KeyPurpose = 'record' | 'identity';

/** Where a participant stands with one of their keys. */
export interface KeyRow {
  readonly wrapped: Buffer | null;
  readonly is_erased: boolean;
}

/** A key that was made for a participant, by reference because a file enrols people who have no id yet. */
export interface NewKey {
  readonly reference: string;
  readonly wrapped: Buffer;
}

/** The wrapped keys of participants: the one table whose rows are deleted, because to delete a key is to erase. */
@Injectable()
export class ParticipantKeysRepository {
  /** Served by the primary keys of participant_key and participant_erasure. */
  async find(tx: Transaction, participantId: string, purpose: KeyPurpose): Promise<KeyRow> {
    const [row] = await tx.query<KeyRow>(
      `select (select wrapped from participant_key where participant_id = $1 and purpose = $2) as wrapped,
              exists (select from participant_erasure where participant_id = $1 and what = $2) as is_erased`,
      [participantId, purpose],
    );
    return row!;
  }

  /** The keys for the records of several participants. Served by the primary key. */
  findMany(
    tx: Transaction,
    participantIds: readonly string[],
  ): Promise<{ readonly participant_id: string; readonly wrapped: Buffer }[]> {
    return tx.query(
      `select participant_id, wrapped from participant_key
        where purpose = 'record' and participant_id = any($1) order by participant_id`,
      [participantIds],
    );
  }

  /** The keys of a contract for its records, by reference; null where the record was erased. */
  ofContract(
    tx: Transaction,
    contractId: string,
  ): Promise<{ readonly reference: string; readonly wrapped: Buffer | null }[]> {
    return tx.query(
      `select p.reference, k.wrapped from participant_key k join participant p on p.id = k.participant_id
        where p.contract_id = $1 and k.purpose = 'record'
       union all
       select p.reference, null from participant_erasure e join participant p on p.id = e.participant_id
        where p.contract_id = $1 and e.what = 'record'`,
      [contractId],
    );
  }

  async insert(
    tx: Transaction,
    participantId: string,
    purpose: KeyPurpose,
    wrapped: Buffer,
  ): Promise<void> {
    await tx.query(
      'insert into participant_key (participant_id, purpose, wrapped) values ($1, $2, $3)',
      [participantId, purpose, wrapped],
    );
  }

  /** Keys for the records of participants who are enrolled by now. */
  async insertMany(tx: Transaction, contractId: string, keys: readonly NewKey[]): Promise<void> {
    await tx.query(
      `insert into participant_key (participant_id, purpose, wrapped)
       select p.id, 'record', made.wrapped from unnest($2::text[], $3::bytea[]) as made (reference, wrapped)
         join participant p on p.contract_id = $1 and p.reference = made.reference`,
      [contractId, keys.map(({ reference }) => reference), keys.map(({ wrapped }) => wrapped)],
    );
  }

  /**
   * Records that a key is erased, deletes it, and overwrites what was recorded before texts were sealed. A function of
   * the database does it, because the service may delete no key by itself. False where it was done before.
   */
  async destroy(
    tx: Transaction,
    participantId: string,
    purpose: KeyPurpose,
    recordedSeq: bigint,
  ): Promise<boolean> {
    const [row] = await tx.query<{ is_done: boolean }>(
      'select erase_participant($1, $2, $3) as is_done',
      [participantId, purpose, recordedSeq],
    );
    return row!.is_done;
  }

  /** Keys that may have to be wrapped anew, after one in the order of participants; locked. Only for the rewrapper. */
  page(tx: Transaction, after: WrappedKeyRow | null): Promise<WrappedKeyRow[]> {
    return tx.query<WrappedKeyRow>(
      'select participant_id, purpose, wrapped as sealed, contract_id, reference from keys_wrapped($1, $2, 500)',
      [after?.participant_id ?? '0', after?.purpose ?? ''],
    );
  }

  /** Only for the rewrapper. */
  async rewrap(
    tx: Transaction,
    row: Pick<WrappedKeyRow, 'participant_id' | 'purpose'>,
    wrapped: Buffer,
  ): Promise<void> {
    await tx.query('select wrap_key_anew($1, $2, $3)', [row.participant_id, row.purpose, wrapped]);
  }
}

export interface WrappedKeyRow extends SealedRow {
  readonly participant_id: string;
  readonly purpose: KeyPurpose;
  readonly contract_id: string;
  readonly reference: string;
}
