import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import type { StoredLineRow } from './stored-line.mapping.js';

/** A computation as its row has it, whatever its state. */
export interface StoredComputationRow {
  readonly id: string;
  readonly number: number;
  readonly period_id: string;
  readonly period_from: string;
  readonly period_to: string;
  readonly known_through: string;
  readonly requested_by: string;
  readonly lines: number | null;
  readonly total_minor: string | null;
  readonly currency: string;
  readonly digest: Buffer | null;
  readonly engine_version: string | null;
}

/** Computations and their lines as they are stored, for whoever holds them against the trail. */
@Injectable()
export class StoredComputationsRepository {
  /** Those of a contract that have posted lines, in the order of their numbers. */
  computed(tx: Transaction, contractId: string): Promise<StoredComputationRow[]> {
    return tx.query<StoredComputationRow>(
      `select id, number, period_id, period_from, period_to, known_through, requested_by, lines, total_minor, currency,
              digest, engine_version
         from payment_computation where contract_id = $1 and kind = 'payable' and state = 'computed' order by number`,
      [contractId],
    );
  }

  /** The first line of a computation after a number; null where there is none. Served by the primary key. */
  async nextLine(tx: Transaction, computationId: string, after: number): Promise<number | null> {
    const [row] = await tx.query<{ next: number | null }>(
      'select min(line_no) as next from payment_line where computation_id = $1 and line_no > $2',
      [computationId, after],
    );
    return row!.next;
  }

  /**
   * Lines of a computation from one number to another, in order. Served by the primary key, where a limit would have the
   * planner sort all that follow while it knows nothing yet of lines that were just posted.
   */
  lines(
    tx: Transaction,
    computationId: string,
    from: number,
    to: number,
  ): Promise<StoredLineRow[]> {
    return tx.query<StoredLineRow>(
      `select l.computation_number, l.line_no, l.participant_id, p.reference as participant, l.cohort, l.terms_number,
              l.clause, l.metric, l.occurrence, l.revision, l.kind, l.outcome_on, l.quantity, l.unit, l.rate_minor,
              l.uncapped_minor, l.amount_minor, l.withheld_minor, l.parts, l.reason, l.steps, l.evidence, l.corrects,
              l.explanation, l.follow_up
         from payment_line l left join participant p on p.id = l.participant_id
        where l.computation_id = $1 and l.line_no between $2 and $3 order by l.line_no`,
      [computationId, from, to],
    );
  }
}
