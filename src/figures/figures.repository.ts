import { Injectable } from '@nestjs/common';
import { refuseOnConstraint } from '../platform/database/constraint.js';
import type { Transaction } from '../platform/database/transaction.js';
import { FiguresUnchanged } from './figures.errors.js';
import {
  toRecordedFigure,
  type FigureRow,
  type NamedFigure,
  type RecordedFigure,
} from './figures.mapping.js';

/** Which figures of a list, and from where. */
export interface FiguresWanted {
  readonly knownThrough: bigint;
  readonly metric: string | null;
  /** Metric, group, first day and version of the last one before. */
  readonly after: readonly string[] | null;
}

const COLUMNS = `metric, group_name, span_from, span_to, version, status, numerator, denominator, definition,
  correction_reason, recorded_seq`;

/** The figures of a contract. */
@Injectable()
export class FiguresRepository {
  /** The latest version of each figure as known; the order does not depend on the database's language. Primary key. */
  async latest(
    tx: Transaction,
    contractId: string,
    knownThrough: bigint,
  ): Promise<RecordedFigure[]> {
    const rows = await tx.query<FigureRow>(
      `select distinct on (metric collate "C", group_name collate "C", span_from) ${COLUMNS}
         from contract_figure where contract_id = $1 and recorded_seq <= $2
        order by metric collate "C", group_name collate "C", span_from, version desc`,
      [contractId, knownThrough],
    );
    return rows.map(toRecordedFigure);
  }

  /** Every version as known, a page of them. Served by the primary key. */
  page(
    tx: Transaction,
    contractId: string,
    { knownThrough, metric, after }: FiguresWanted,
    limit: number,
  ): Promise<(FigureRow & { readonly superseded: boolean })[]> {
    return tx.query(
      `select ${COLUMNS}, exists (select 1 from contract_figure later
           where (later.contract_id, later.metric, later.group_name, later.span_from) =
                 (f.contract_id, f.metric, f.group_name, f.span_from)
             and later.version > f.version and later.recorded_seq <= $2) as superseded
         from contract_figure f
        where contract_id = $1 and recorded_seq <= $2 and ($3::text is null or metric = $3)
          and ($4::text is null or (metric, group_name, span_from, version) > ($4, $5::text, $6::date, $7::integer))
        order by metric, group_name, span_from, version limit $8`,
      [contractId, knownThrough, metric, ...(after ?? [null, null, null, null]), limit],
    );
  }

  /** The versions that a line names, in its order. Served by the primary key. */
  named(
    tx: Transaction,
    contractId: string,
    versions: readonly NamedFigure[],
  ): Promise<(FigureRow & { readonly superseded: boolean })[]> {
    return tx.query(
      `select f.*, exists (select 1 from contract_figure later
           where (later.contract_id, later.metric, later.group_name, later.span_from) =
                 ($1, f.metric, f.group_name, f.span_from) and later.version > f.version) as superseded
         from (select ${COLUMNS}, named.place
                 from unnest($2::text[], $3::text[], $4::date[], $5::integer[]) with ordinality
                        as named (named_metric, named_group, named_from, named_version, place)
                 join contract_figure on contract_id = $1 and metric = named_metric and group_name = named_group
                  and span_from = named_from and version = named_version) f
        order by f.place`,
      [
        contractId,
        versions.map(({ metric }) => metric),
        versions.map(({ group }) => group),
        versions.map(({ from }) => from),
        versions.map(({ version }) => version),
      ],
    );
  }

  /** Records versions of figures, all of one act. */
  async insert(
    tx: Transaction,
    contractId: string,
    figures: readonly RecordedFigure[],
    recordedSeq: bigint,
    importId: string | null,
  ): Promise<void> {
    await tx
      .query(
        `insert into contract_figure (contract_id, metric, group_name, span_from, span_to, version, status, numerator,
           denominator, definition, recorded_seq, import_id, correction_reason)
         select $1, f.metric, f."group", f."from", f."to", f.version, f.status, f.numerator, f.denominator,
           f.definition, $3, $4, f."correctionReason"
           from jsonb_to_recordset($2) as f (metric text, "group" text, "from" date, "to" date, version integer,
             status text, numerator numeric, denominator numeric, definition text, "correctionReason" text)`,
        [contractId, JSON.stringify(figures), recordedSeq, importId],
      )
      .catch((error: unknown) =>
        refuseOnConstraint(error, { contract_figure_pkey: () => new FiguresUnchanged() }),
      );
  }
}
