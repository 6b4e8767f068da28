import { Injectable } from '@nestjs/common';
import type { Identifier } from '../domain/privacy/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';

/** One version of one identifier; null where it was taken back. */
export interface IdentifierRow {
  readonly identifier: Identifier;
  readonly version: number;
  readonly sealed: string | null;
}

/** Somebody whose identifiers are still held, with what decides until when. */
export interface HeldRow {
  readonly participant_id: string;
  readonly reference: string;
  readonly contract_id: string;
  /** The contract's code. */
  readonly contract: string;
  readonly exited_on: string | null;
}

/** The sealed identifiers of participants. */
@Injectable()
export class IdentifiersRepository {
  /** The latest version of each identifier. Served by the primary key. */
  latest(tx: Transaction, participantId: string): Promise<IdentifierRow[]> {
    return tx.query<IdentifierRow>(
      `select distinct on (identifier) identifier, version, sealed from participant_identifier
        where participant_id = $1 order by identifier, version desc`,
      [participantId],
    );
  }

  async insert(
    tx: Transaction,
    participantId: string,
    row: IdentifierRow,
    recordedSeq: bigint,
  ): Promise<void> {
    await tx.query(
      `insert into participant_identifier (participant_id, identifier, version, sealed, recorded_seq)
       values ($1, $2, $3, $4, $5)`,
      [participantId, row.identifier, row.version, row.sealed, recordedSeq],
    );
  }

  /** Everybody whose identifiers are held, in the order of their ids. Only for the eraser. */
  held(tx: Transaction, after: string, limit: number): Promise<HeldRow[]> {
    return tx.query<HeldRow>(
      'select participant_id, reference, contract_id, contract, exited_on from identities_held($1, $2)',
      [after, limit],
    );
  }
}
