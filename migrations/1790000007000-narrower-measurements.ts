import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Measurements take less room and less time to write, which is what imports of millions of rows wait for. Fixed-width
 * columns come first, so that none is padded. The import is not named again on each of its rows: recorded_seq already
 * says which act recorded them, and import_batch has it. The key's pages are filled, because rows are only ever added
 * and nearly all arrive in its order. What is recorded is carried over as it stands, and counted.
 */
export class NarrowerMeasurements1790000007000 implements MigrationInterface {
  name = 'NarrowerMeasurements1790000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table measurement rename to measurement_before;
      alter table measurement_before rename constraint measurement_pkey to measurement_before_pkey;

      create table measurement (
        participant_id bigint not null,
        recorded_seq bigint not null,
        version integer not null,
        measured_on date not null,
        metric text not null,
        occurrence text not null,
        status text not null,
        value numeric,
        mode text,
        items jsonb,
        note text,
        ended_on date,
        correction_reason text,
        primary key (participant_id, metric, occurrence, version) with (fillfactor = 100),
        constraint measurement_correction_has_reason check (
          version = 1 and correction_reason is null or version > 1 and correction_reason is not null),
        constraint measurement_status_known check (status in ('recorded', 'declined', 'could-not-collect', 'void')),
        constraint measurement_value_when_recorded check (status = 'recorded' or value is null),
        constraint measurement_ended_after_start check (
          ended_on is null or (ended_on > measured_on and status = 'recorded'))
      );
      ${COMMENTS}
      ${CARRY_OVER}
      ${APPEND_ONLY}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table measurement rename to measurement_before;
      alter table measurement_before rename constraint measurement_pkey to measurement_before_pkey;

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
        ended_on date,
        primary key (participant_id, metric, occurrence, version),
        constraint measurement_value_when_recorded check (status = 'recorded' or value is null),
        constraint measurement_correction_has_reason check ((version = 1) = (correction_reason is null)),
        constraint measurement_ended_after_start
          check (ended_on is null or (ended_on > measured_on and status = 'recorded'))
      );
      ${COMMENTS}
      ${CARRY_OVER}
      ${APPEND_ONLY}
    `);
  }
}

const COMMENTS = `
      comment on column measurement.occurrence is
        'the time point (baseline, 6m; a second attempt is 6m/2), or the reference of the event';
      comment on column measurement.ended_on is
        'the first day after a spell; null while it lasts, and for what is no spell';
      comment on table measurement is
        'participant_id has no foreign key: rows arrive by the million and each is checked against the roster as it is read; see docs/adr';`;

const COLUMNS = `participant_id, recorded_seq, version, measured_on, metric, occurrence, status, value, mode, items, note,
        ended_on, correction_reason`;

/** In the order of the key, so that its pages come out full. */
const CARRY_OVER = `
      insert into measurement (${COLUMNS})
      select ${COLUMNS} from measurement_before order by participant_id, metric, occurrence, version;
      do $$ begin
        if (select count(*) from measurement) <> (select count(*) from measurement_before) then
          raise exception 'not every measurement was carried over';
        end if;
      end $$;
      drop table measurement_before;`;

const APPEND_ONLY = `
      create trigger measurement_append_only before update or delete or truncate on measurement
        execute function refuse_change();`;
