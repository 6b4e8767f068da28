import { Injectable } from '@nestjs/common';
import type { EnrolmentRow } from '../cohorts/recorded-enrolment.js';
import type { EffectRow, FigureRow } from '../figures/recorded-groups.js';
import type { MeasurementRow } from '../measurements/recorded-measurement.js';
import type { Transaction } from '../platform/database/transaction.js';

export interface ImportRow {
  readonly recorded_seq: string;
  readonly rows_salt: Buffer | null;
  readonly rows_blocks: Buffer | null;
}

export type RecordedEnrolmentRow = EnrolmentRow & { readonly recorded_seq: string };
export type RecordedMeasurementRow = MeasurementRow & {
  readonly participant_id: string;
  readonly reference: string;
  readonly recorded_seq: string;
};

/** Participants whose ids are above one and up to another. */
export interface ParticipantsRange {
  readonly after: string;
  readonly last: string;
}

/** What a replay holds against the trail. Everything is read in one view of the data, as whoever asks, page by page. */
@Injectable()
export class ReplayRepository {
  /** What every import of a contract keeps of the rows it recorded. */
  imports(tx: Transaction, contractId: string): Promise<ImportRow[]> {
    return tx.query<ImportRow>(
      `select recorded_seq, rows_salt, rows_blocks from import_batch where contract_id = $1 order by recorded_seq`,
      [contractId],
    );
  }

  /** First versions of enrolments, or corrections, of these participants. Served by the primary keys. */
  enrolments(
    tx: Transaction,
    contractId: string,
    { after, last }: ParticipantsRange,
    areCorrections: boolean,
  ): Promise<RecordedEnrolmentRow[]> {
    return tx.query<RecordedEnrolmentRow>(
      `select ${ENROLMENT}
        where p.contract_id = $1 and p.id > $2::bigint and p.id <= $3::bigint and (e.version > 1) = $4
        order by p.id, e.version`,
      [contractId, after, last, areCorrections],
    );
  }

  /** How many participants have no enrolment, which nobody ever had. */
  async notEnrolled(tx: Transaction, contractId: string): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `select count(*)::int as count from participant p
        where contract_id = $1 and not exists (select 1 from enrolment e where e.participant_id = p.id and e.version = 1)`,
      [contractId],
    );
    return row!.count;
  }

  /**
   * The participants of a contract, so many at a time. What is of them is then read from one id to another, and not from an
   * id on as far as a limit: the planner, which knows nothing yet of a table that has just grown, would sort all the rest.
   */
  async *ranges(
    tx: Transaction,
    contractId: string,
    participants: number,
  ): AsyncGenerator<ParticipantsRange> {
    for (let after = '0'; ;) {
      const last = await this.upTo(tx, contractId, after, participants);
      if (last === null) return;
      yield { after, last };
      after = last;
    }
  }

  /** The last of the next participants of a contract; null after the last of all. */
  private async upTo(
    tx: Transaction,
    contractId: string,
    after: string,
    participants: number,
  ): Promise<string | null> {
    const [row] = await tx.query<{ last: string | null }>(
      `select max(id) as last from (
         select id from participant where contract_id = $1 and id > $2::bigint order by id limit $3) page`,
      [contractId, after, participants],
    );
    return row!.last;
  }

  /** Every version of every measurement of these participants, one participant after the other. */
  measurements(
    tx: Transaction,
    contractId: string,
    { after, last }: ParticipantsRange,
  ): Promise<RecordedMeasurementRow[]> {
    return tx.query<RecordedMeasurementRow>(
      `select m.participant_id, p.reference, m.metric, m.occurrence, m.version, m.measured_on, m.ended_on, m.status,
              m.value, m.items, m.mode, m.note, m.correction_reason, m.recorded_seq
         from contract_measurement m join participant p on p.id = m.participant_id
        where m.contract_id = $1 and m.participant_id > $2::bigint and m.participant_id <= $3::bigint
        order by m.participant_id, m.metric, m.occurrence, m.version`,
      [contractId, after, last],
    );
  }

  /** Every version of every figure, in the order in which figures.submitted of earlier days has them. */
  figures(tx: Transaction, contractId: string): Promise<FigureRow[]> {
    return tx.query<FigureRow>(
      `select metric, group_name, span_from, span_to, version, status, numerator, denominator, definition,
              correction_reason, recorded_seq
         from contract_figure where contract_id = $1
        order by metric collate "C", group_name collate "C", span_from, version`,
      [contractId],
    );
  }

  effects(tx: Transaction, contractId: string): Promise<EffectRow[]> {
    return tx.query<EffectRow>(
      `select metric, cohort, version, status, signed_on, value, low, high, n, document_sha256, party,
              correction_reason, recorded_seq
         from effect_result where contract_id = $1 order by metric collate "C", cohort collate "C", version`,
      [contractId],
    );
  }

  /** Every claim of a contract, with how many lines stand under it. */
  claims(tx: Transaction, contractId: string): Promise<ClaimRow[]> {
    return tx.query<ClaimRow>(
      `select c.id, c.number, c.computation_id, c.lines, c.total_minor, c.revision, c.submitted_by, c.recorded_seq,
              c.lines_salt, (select count(*)::int from claim_line m where m.claim_id = c.id) as held
         from claim c where c.contract_id = $1 order by c.number`,
      [contractId],
    );
  }

  /** Every act of decision on claims of a contract, with who stands beside its decisions. */
  decisionActs(tx: Transaction, contractId: string): Promise<DecisionActRow[]> {
    return tx.query<DecisionActRow>(
      `select d.claim_id, d.act, max(a.recorded_seq) as recorded_seq, max(encode(a.salt, 'hex')) as salt,
              array_agg(distinct d.decided_by::text) as deciders
         from claim c join claim_decision d on d.claim_id = c.id
         left join claim_decision_act a on a.claim_id = d.claim_id and a.act = d.act
        where c.contract_id = $1 group by d.claim_id, d.act order by d.claim_id, d.act`,
      [contractId],
    );
  }
}

export interface ClaimRow {
  readonly id: string;
  readonly number: number;
  readonly computation_id: string;
  readonly lines: number;
  readonly total_minor: string;
  readonly revision: number;
  readonly submitted_by: string;
  /** Null of a claim from before lines were a tree, as its salt. */
  readonly recorded_seq: string | null;
  readonly lines_salt: Buffer | null;
  readonly held: number;
}

export interface DecisionActRow {
  readonly claim_id: string;
  /** Null of decisions from before acts were told apart. */
  readonly act: number | null;
  readonly recorded_seq: string | null;
  readonly salt: string | null;
  readonly deciders: readonly string[];
}

const ENROLMENT = `e.participant_id, p.reference, e.version, e.cohort, e.started_on, e.exited_on, e.exit_reason, e.attributes,
  e.exception_reason, e.exception_by, e.correction_reason, e.recorded_seq
  from participant p join enrolment e on e.participant_id = p.id`;
