import { Injectable } from '@nestjs/common';
import type { ActedLine } from '../domain/claims/claim-line.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { ActedLineRow } from './claims.mapping.js';
import { CLAIMABLE, type ActOnClaim, type Selection } from './claims.repository.js';

/** Lines by their numbers, in order, and what an act makes of each. */
export interface Acted {
  readonly lineNos: readonly number[];
  readonly whats: readonly ActedLine['what'][];
}

/**
 * The lines of acts on claims: first their numbers, then pages of the lines with those numbers. So no page looks into a
 * table that grows meanwhile, of which the planner knows nothing yet.
 */
@Injectable()
export class ActedLinesRepository {
  /** The numbers of the lines of a selection that can be claimed, in order, and what the lines come to. */
  async claimable(
    tx: Transaction,
    computationId: string,
    selection: Selection,
  ): Promise<{ readonly lineNos: readonly number[]; readonly totalMinor: bigint }> {
    const [row] = await tx.query<{ line_nos: number[]; total_minor: string }>(
      `select coalesce(array_agg(l.line_no order by l.line_no), '{}') as line_nos,
              coalesce(sum(l.amount_minor), 0)::bigint as total_minor
         from payment_line l
        where l.computation_id = $1 and ($2::int[] is null or l.line_no = any($2::int[])) and ${CLAIMABLE}`,
      [computationId, selection],
    );
    return { lineNos: row!.line_nos, totalMinor: BigInt(row!.total_minor) };
  }

  /** A claim's undecided lines, as they will be once they are approved. Served by the primary keys. */
  undecided(tx: Transaction, { claimId, computationId }: ActOnClaim): Promise<Acted> {
    return acted(
      tx,
      `'approved'::text`,
      `claim_line made where claim_id = $1 and computation_id = $2 and not exists (
         select 1 from claim_decision d where d.claim_id = made.claim_id
            and d.computation_id = made.computation_id and d.line_no = made.line_no)`,
      [claimId, computationId],
    );
  }

  /** The lines of an act that is recorded. Served by the primary keys. */
  ofAct(tx: Transaction, { claimId, computationId, act }: ActOnClaim): Promise<Acted> {
    const where = 'where claim_id = $1 and computation_id = $2';
    return act === null
      ? acted(tx, `'submitted'::text`, `claim_line made ${where}`, [claimId, computationId])
      : acted(tx, 'decision', `claim_decision made ${where} and act = $3`, [
          claimId,
          computationId,
          act,
        ]);
  }

  /** What an act commits to of these lines, in the order of their numbers. Served by the primary keys. */
  lines(
    tx: Transaction,
    { computationId }: ActOnClaim,
    { lineNos, whats }: Acted,
  ): Promise<ActedLineRow[]> {
    return tx.query<ActedLineRow>(
      `select l.line_no, l.computation_number, l.clause, l.amount_minor, p.reference as participant, l.cohort, made.what
         from unnest($2::int[], $3::text[]) as made (line_no, what)
         join payment_line l on l.computation_id = $1 and l.line_no = made.line_no
         left join participant p on p.id = l.participant_id
        order by l.line_no`,
      [computationId, lineNos, whats],
    );
  }
}

async function acted(
  tx: Transaction,
  what: string,
  from: string,
  parameters: readonly unknown[],
): Promise<Acted> {
  const [row] = await tx.query<{ line_nos: number[]; whats: Acted['whats'] }>(
    `select coalesce(array_agg(made.line_no order by made.line_no), '{}') as line_nos,
            coalesce(array_agg(${what} order by made.line_no), '{}') as whats from ${from}`,
    parameters,
  );
  return { lineNos: row!.line_nos, whats: row!.whats };
}
