import { Injectable } from '@nestjs/common';
import type { LineKind } from '../domain/computation/payment-line.js';
import type { Reason, Step } from '../domain/outcomes/outcome.js';
import type { Transaction } from '../platform/database/transaction.js';

export interface LineRow {
  readonly computation_id: string;
  readonly contract_id: string;
  readonly code: string;
  readonly currency: string;
  readonly period_id: string;
  readonly computation_number: number;
  readonly line_no: number;
  readonly participant_id: string | null;
  readonly participant: string | null;
  readonly cohort: string;
  readonly terms_number: number;
  readonly clause: string;
  readonly metric: string;
  readonly occurrence: string;
  readonly revision: number;
  readonly kind: LineKind;
  readonly outcome_on: string;
  readonly quantity: string;
  readonly unit: string;
  readonly rate_minor: string;
  readonly uncapped_minor: string;
  readonly amount_minor: string;
  readonly withheld_minor: string;
  readonly parts: Readonly<Record<string, string>>;
  readonly reason: Reason | null;
  readonly steps: readonly Step[];
  readonly evidence: readonly string[];
  readonly corrects: string | null;
  readonly explanation: string;
}

export interface EvidenceRow {
  readonly metric: string;
  readonly occurrence: string;
  readonly version: number;
  readonly measured_on: string;
  readonly ended_on: string | null;
  readonly status: string;
  readonly value: string | null;
  readonly correction_reason: string | null;
  /** The version that stands now. */
  readonly latest_version: number;
}

/** Lines added up, of one clause or of all. */
export interface FoldRow {
  readonly lines: number;
  readonly amount_minor: string;
}

const COLUMNS = `l.computation_id, c.contract_id, k.code, c.currency, c.period_id, l.computation_number, l.line_no,
  l.participant_id, p.reference as participant, l.cohort, l.terms_number, l.clause, l.metric, l.occurrence, l.revision,
  l.kind, l.outcome_on, l.quantity, l.unit, l.rate_minor, l.uncapped_minor, l.amount_minor, l.withheld_minor, l.parts,
  l.reason, l.steps, l.evidence, l.corrects, l.explanation`;
const FROM = `payment_line l join payment_computation c on c.id = l.computation_id
  join contract k on k.id = c.contract_id left join participant p on p.id = l.participant_id`;

/** Reading lines. They are written by COPY only, see line-copy.repository.ts. */
@Injectable()
export class PaymentLinesRepository {
  /** The lines of a computation after a line number, in order. Served by the primary key. */
  page(
    tx: Transaction,
    computationId: string,
    after: bigint,
    limit: number,
    kinds: readonly LineKind[] | null,
  ): Promise<LineRow[]> {
    return tx.query<LineRow>(
      `select ${COLUMNS} from ${FROM}
        where l.computation_id = $1 and l.line_no > $2::bigint and ($4::text[] is null or l.kind = any($4))
        order by l.line_no limit $3`,
      [computationId, after, limit, kinds],
    );
  }

  async byReference(
    tx: Transaction,
    code: string,
    number: number,
    lineNo: number,
  ): Promise<LineRow | null> {
    const [row] = await tx.query<LineRow>(
      `select ${COLUMNS} from ${FROM} where k.code = $1 and c.number = $2 and l.line_no = $3`,
      [code, number, lineNo],
    );
    return row ?? null;
  }

  /** Every line about the same outcome, in the order posted. Served by payment_line_participant_once. */
  aboutSameOutcome(tx: Transaction, line: LineRow): Promise<LineRow[]> {
    return tx.query<LineRow>(
      `select ${COLUMNS} from ${FROM}
        where l.clause = $2 and l.occurrence = $3 and c.contract_id = $5
          and (l.participant_id = $1 or ($1::bigint is null and l.participant_id is null and l.cohort = $4))
        order by l.computation_number, l.line_no limit 1000`,
      [line.participant_id, line.clause, line.occurrence, line.cohort, line.contract_id],
    );
  }

  /** The lines of a computation added up: those of one clause, then all. Served by the primary key. */
  async folds(
    tx: Transaction,
    computationId: string,
    clause: string,
  ): Promise<{ clause: FoldRow; computation: FoldRow }> {
    const [own, all] = await tx.query<FoldRow>(
      `select count(*)::int as lines, coalesce(sum(amount_minor), 0)::text as amount_minor
         from payment_line where computation_id = $1 and clause = $2
       union all
       select lines, total_minor::text from payment_computation where id = $1`,
      [computationId, clause],
    );
    return { clause: own!, computation: all! };
  }

  /** The measurement versions that a line names. Served by the primary key of measurement. */
  evidence(
    tx: Transaction,
    participantId: string,
    versions: readonly { metric: string; occurrence: string; version: number }[],
  ): Promise<EvidenceRow[]> {
    return tx.query<EvidenceRow>(
      `select m.metric, m.occurrence, m.version, m.measured_on, m.ended_on, m.status, m.value, m.correction_reason,
              (select max(n.version) from measurement n where n.participant_id = m.participant_id
                  and n.metric = m.metric and n.occurrence = m.occurrence) as latest_version
         from unnest($2::text[], $3::text[], $4::integer[]) with ordinality
                as named (metric, occurrence, version, place)
         join measurement m on m.participant_id = $1 and m.metric = named.metric
          and m.occurrence = named.occurrence and m.version = named.version
        order by named.place`,
      [
        participantId,
        versions.map((v) => v.metric),
        versions.map((v) => v.occurrence),
        versions.map((v) => v.version),
      ],
    );
  }
}
