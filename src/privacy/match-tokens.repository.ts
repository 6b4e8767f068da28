import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

/** A payment line whose participant may be on another contract too. */
export interface PlacedLine {
  readonly computation_id: string;
  readonly line_no: number;
  /** null where the line is about a whole cohort. */
  readonly participant_id: string | null;
}

/** Match tokens, which lie beside the key of the identifiers they are made of and are erased with it. */
@Injectable()
export class MatchTokensRepository {
  async set(tx: Transaction, participantId: string, tokens: readonly Buffer[]): Promise<void> {
    await tx.query(
      `update participant_key set match_tokens = $2
        where participant_id = $1 and purpose = 'identity' and match_tokens <> $2::bytea[]`,
      [participantId, tokens],
    );
  }

  /**
   * Of lines by their place, from 1, those whose participant is on another contract too, and whether that contract has posted
   * the same metric in the same period. A function of the database answers, because whoever asks sees no other contract; it
   * never says which one it is. Served by the keys of participant_key, participant_key_by_token and
   * payment_line_participant_once.
   */
  elsewhere(
    tx: Transaction,
    lines: readonly PlacedLine[],
  ): Promise<{ readonly place: number; readonly same_outcome: boolean }[]> {
    return tx.query('select place, same_outcome from lines_elsewhere($1, $2)', [
      lines.map((line) => line.computation_id),
      lines.map((line) => line.line_no),
    ]);
  }
}
