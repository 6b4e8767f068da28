import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Participants, their enrolments, and measurements. Each fact carries recorded_seq: the number of the audit entry, in
 * the contract's gapless sequence, of the act that recorded it. "As known at entry N" is recorded_seq <= N, exact under
 * concurrency where a time stamp would not be. A correction is a higher version of the same natural key.
 */
export class ParticipantsAndMeasurements1790000001000 implements MigrationInterface {
  name = 'ParticipantsAndMeasurements1790000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table participant (
        id bigint generated always as identity primary key,
        contract_id uuid not null references contract,
        reference text not null,
        constraint participant_reference_once unique (contract_id, reference)
      );
      create unique index participant_in_contract_order on participant (contract_id, id);
      create unique index participant_reference_any_case on participant (contract_id, lower(reference));

      create table enrolment (
        participant_id bigint not null references participant,
        version integer not null check (version > 0),
        cohort text not null,
        started_on date not null,
        exited_on date,
        exit_reason text,
        attributes jsonb not null,
        exception_by uuid references person,
        exception_reason text,
        recorded_seq bigint not null,
        import_id uuid,
        correction_reason text,
        primary key (participant_id, version),
        constraint enrolment_correction_has_reason check ((version = 1) = (correction_reason is null)),
        constraint enrolment_exit_after_start check (exited_on is null or exited_on >= started_on)
      );

      create table measurement (
        participant_id bigint not null,
        metric text not null,
        occurrence text not null,
        version integer not null check (version > 0),
        measured_on date not null,
        status text not null constraint measurement_status_known
          check (status in ('recorded', 'declined', 'could-not-collect', 'void')),
        value numeric,
        items jsonb,
        mode text,
        note text,
        recorded_seq bigint not null,
        import_id uuid,
        correction_reason text,
        primary key (participant_id, metric, occurrence, version),
        constraint measurement_value_when_recorded check (status = 'recorded' or value is null),
        constraint measurement_correction_has_reason check ((version = 1) = (correction_reason is null))
      );
      comment on column measurement.occurrence is
        'the time point (baseline, 6m; a second attempt is 6m/2), or the reference of the event';
      comment on table measurement is
        'participant_id has no foreign key: rows arrive by the million and each is checked against the roster as it is read; see docs/adr';

      create table score_author (
        contract_id uuid not null references contract,
        person_id uuid not null references person,
        first_at timestamptz not null default now(),
        primary key (contract_id, person_id)
      );

      create table import_batch (
        id uuid primary key,
        contract_id uuid not null references contract,
        kind text not null constraint import_batch_kind_known check (kind in ('participants', 'measurements')),
        file_name text not null,
        file_sha256 bytea not null,
        file_bytes bigint not null,
        rows integer not null,
        rows_new integer not null,
        rows_corrected integer not null,
        rows_unchanged integer not null,
        recorded_seq bigint not null,
        imported_by uuid not null references person,
        imported_at timestamptz not null default now(),
        constraint import_batch_file_once unique (contract_id, kind, file_sha256)
      );

      create trigger participant_append_only before update or delete or truncate on participant
        execute function refuse_change();
      create trigger enrolment_append_only before update or delete or truncate on enrolment
        execute function refuse_change();
      create trigger measurement_append_only before update or delete or truncate on measurement
        execute function refuse_change();
      create trigger score_author_append_only before update or delete or truncate on score_author
        execute function refuse_change();
      create trigger import_batch_append_only before update or delete or truncate on import_batch
        execute function refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table import_batch, score_author, measurement, enrolment, participant',
    );
  }
}
