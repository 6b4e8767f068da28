import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

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

  /** Which of some participants are known on another contract too. Served by participant_key_by_token. */
  async elsewhere(tx: Transaction, participantIds: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ participant_id: string }>(
      `select own.participant_id from participant_key own join participant p on p.id = own.participant_id
        where own.purpose = 'identity' and own.match_tokens <> '{}' and own.participant_id = any($1)
          and exists (
            select from participant_key other join participant q on q.id = other.participant_id
             where other.match_tokens && own.match_tokens and q.contract_id <> p.contract_id)`,
      [participantIds],
    );
    return new Set(rows.map(({ participant_id }) => participant_id));
  }
}
