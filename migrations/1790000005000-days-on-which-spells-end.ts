import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The end of a spell (a tenancy, a job, days in care). A spell is a measurement whose measured_on is its first day;
 * ended_on is the first day after it, blank while it lasts. Every other measurement is of one day and has no end, so the
 * column stays null for all that is recorded already and adding it rewrites no row.
 */
export class DaysOnWhichSpellsEnd1790000005000 implements MigrationInterface {
  name = 'DaysOnWhichSpellsEnd1790000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table measurement
        add column ended_on date,
        add constraint measurement_ended_after_start
          check (ended_on is null or (ended_on > measured_on and status = 'recorded'));
      comment on column measurement.ended_on is
        'the first day after a spell; null while it lasts, and for what is no spell';
    `);
  }

  /** Refuses where ends are recorded: dropping them would make every one of those spells last for ever. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ begin
        if exists (select 1 from measurement where ended_on is not null) then
          raise exception 'ends of spells are recorded; they cannot be taken out of the record';
        end if;
      end $$;
      alter table measurement drop column ended_on;
    `);
  }
}
