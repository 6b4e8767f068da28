import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A line about a whole cohort keeps how its sample came about: who was due, measured, late, missed. A line about one
 * participant needs no such counts, because its reason says what became of the measurement.
 */
export class FollowUpOfCohortLines1790000006000 implements MigrationInterface {
  name = 'FollowUpOfCohortLines1790000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table payment_line add column follow_up jsonb
        constraint payment_line_follow_up_of_cohorts check (follow_up is null or participant_id is null);
      comment on column payment_line.follow_up is 'how many were due and what became of them, behind a line of a cohort';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table payment_line drop column follow_up');
  }
}
