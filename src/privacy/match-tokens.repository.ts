import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

/** What a payment line is about, as far as it may be claimed elsewhere too. */
export interface OutcomeRow {
  /** null where the line is about a whole cohort. */
  readonly participant_id: string | null;
  readonly metric: string;
  readonly period_from: string;
  /** The first day after the period. */
  readonly period_to: string;
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
   * the same metric in the same period. It never says which contract. Served by the keys of participant_key,
   * participant_key_by_token and payment_line_participant_once.
   */
  elsewhere(
    tx: Transaction,
    lines: readonly OutcomeRow[],
  ): Promise<{ readonly place: number; readonly same_outcome: boolean }[]> {
    return tx.query(
      `select w.place::int as place, bool_or(l.computation_id is not null) as same_outcome
         from unnest($1::bigint[], $2::text[], $3::date[], $4::date[]) with ordinality
                as w (participant_id, metric, period_from, period_to, place)
         join participant p on p.id = w.participant_id
         join participant_key own on own.participant_id = p.id and own.purpose = 'identity' and own.match_tokens <> '{}'
         join participant_key other on other.match_tokens && own.match_tokens
         join participant q on q.id = other.participant_id and q.contract_id <> p.contract_id
         left join payment_line l on l.participant_id = q.id and l.metric = w.metric and l.amount_minor > 0
               and l.outcome_on >= w.period_from and l.outcome_on < w.period_to
        group by w.place order by w.place`,
      [
        lines.map((line) => line.participant_id),
        lines.map((line) => line.metric),
        lines.map((line) => line.period_from),
        lines.map((line) => line.period_to),
      ],
    );
  }
}
