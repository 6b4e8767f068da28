import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Facts about a contract as a whole: figures that partners submit without saying who stands behind them, and results that
 * an independent evaluator signs. Like every fact they carry recorded_seq, are only added to, and are corrected by a
 * higher version of the same natural key with a reason; void takes one back. Their files are imports like the others.
 */
export class FiguresAndEffects1790000004000 implements MigrationInterface {
  name = 'FiguresAndEffects1790000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table contract_figure (
        contract_id uuid not null references contract,
        metric text not null,
        group_name text not null,
        span_from date not null,
        span_to date not null,
        version integer not null check (version > 0),
        status text not null constraint contract_figure_status_known check (status in ('recorded', 'void')),
        numerator numeric,
        denominator numeric,
        definition text,
        recorded_seq bigint not null,
        import_id uuid,
        correction_reason text,
        primary key (contract_id, metric, group_name, span_from, version),
        constraint contract_figure_span_forward check (span_from < span_to),
        constraint contract_figure_numbers_when_recorded check (case status
          when 'recorded' then numerator >= 0 and denominator > 0 and definition is not null
          else numerator is null and denominator is null and definition is null end),
        constraint contract_figure_correction_has_reason check ((version = 1) = (correction_reason is null))
      );
      comment on column contract_figure.span_to is 'first day after the span';

      create table effect_result (
        contract_id uuid not null references contract,
        metric text not null,
        cohort text not null,
        version integer not null check (version > 0),
        status text not null constraint effect_result_status_known check (status in ('recorded', 'void')),
        signed_on date not null,
        value numeric,
        low numeric,
        high numeric,
        n bigint,
        document_sha256 bytea,
        signed_by uuid not null references person,
        party text not null,
        recorded_seq bigint not null,
        import_id uuid,
        correction_reason text,
        primary key (contract_id, metric, cohort, version),
        constraint effect_result_found_when_recorded check (case status
          when 'recorded' then value is not null and n > 0 and length(document_sha256) = 32
          else value is null and low is null and n is null and document_sha256 is null end),
        constraint effect_result_interval_around_value check
          ((low is null) = (high is null) and (low is null or (low <= value and value <= high))),
        constraint effect_result_supersedes_with_reason check ((version = 1) = (correction_reason is null))
      );
      comment on column effect_result.cohort is 'a cohort of the terms, or * where all cohorts were pooled';
      comment on column effect_result.value is 'as a number: 8.4% is 0.084';

      create trigger contract_figure_append_only before update or delete or truncate on contract_figure
        execute function refuse_change();
      create trigger effect_result_append_only before update or delete or truncate on effect_result
        execute function refuse_change();

      alter table import_batch drop constraint import_batch_kind_known;
      alter table import_batch add constraint import_batch_kind_known
        check (kind in ('participants', 'measurements', 'figures', 'effects'));
    `);
  }

  /** Refused by the database where a file of figures or effects has been imported: its record would have no kind. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table import_batch drop constraint import_batch_kind_known;
      alter table import_batch add constraint import_batch_kind_known
        check (kind in ('participants', 'measurements'));
      drop table effect_result, contract_figure;
    `);
  }
}
