import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The same rules for measurements in two checks instead of six: an import of a million rows paid a twentieth of its time
 * for asking six times. Nearly every row is a recorded first version without words or an end, and is asked nothing more;
 * and a row that does not say otherwise is one, so that an import need not send the same two words with each. Words written
 * before they were sealed are not looked at, as before.
 */
export class ChecksAndDefaultsOfMeasurements1790000016100 implements MigrationInterface {
  name = 'ChecksAndDefaultsOfMeasurements1790000016100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table measurement
        alter version set default 1,
        alter status set default 'recorded',
        add constraint measurement_whole check (
          status = 'recorded' and version = 1 and correction_reason is null and ended_on is null
          or (version = 1 and correction_reason is null or version > 1 and correction_reason is not null)
             and (status = 'recorded' and (ended_on is null or ended_on > measured_on)
                  or status in ('declined', 'could-not-collect', 'void') and value is null and ended_on is null)),
        add constraint measurement_words_sealed check (
          note is null and correction_reason is null
          or (note is null or note like 'sealed:%')
             and (correction_reason is null or correction_reason like 'sealed:%')) not valid,
        drop constraint measurement_correction_has_reason,
        drop constraint measurement_status_known,
        drop constraint measurement_value_when_recorded,
        drop constraint measurement_ended_after_start,
        drop constraint measurement_note_sealed,
        drop constraint measurement_correction_reason_sealed;
      comment on constraint measurement_whole on measurement is
        'a correction has its reason, and nothing else has one; only what was recorded has a value or an end; an end comes after the start';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table measurement
        alter version drop default,
        alter status drop default,
        add constraint measurement_correction_has_reason check (
          version = 1 and correction_reason is null or version > 1 and correction_reason is not null),
        add constraint measurement_status_known check (status in ('recorded', 'declined', 'could-not-collect', 'void')),
        add constraint measurement_value_when_recorded check (status = 'recorded' or value is null),
        add constraint measurement_ended_after_start check (
          ended_on is null or (ended_on > measured_on and status = 'recorded')),
        add constraint measurement_note_sealed check (note is null or note like 'sealed:%') not valid,
        add constraint measurement_correction_reason_sealed check (
          correction_reason is null or correction_reason like 'sealed:%') not valid,
        drop constraint measurement_whole,
        drop constraint measurement_words_sealed;
    `);
  }
}
