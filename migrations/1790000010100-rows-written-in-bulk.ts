import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * COPY, by which measurements and payment lines are written, refuses a table with row-level security. So both become a
 * table with one partition: the table carries the policies and is what everybody reads, and the partition holds the rows
 * and takes nothing but additions from the service, which may not read it. Only names change, no row is touched. The
 * only partition is the default one, so that no row is compared with any bound.
 */
export class RowsWrittenInBulk1790000010100 implements MigrationInterface {
  name = 'RowsWrittenInBulk1790000010100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${divided('measurement', 'measurement_recorded', 'participant_id', MEASUREMENT_KEY)}
      comment on table measurement is
        'participant_id has no foreign key: rows arrive by the million and each is checked against the roster as it is read; see docs/adr';
      comment on table measurement_recorded is 'the rows of measurement; imports write here, nobody reads here';
      ${divided('payment_line', 'payment_line_posted', 'computation_id', 'computation_id, line_no')}
      comment on table payment_line_posted is 'the rows of payment_line; computations write here, nobody reads here';
      revoke all on measurement_recorded, payment_line_posted from outturn_app;
      grant insert on measurement_recorded, payment_line_posted to outturn_app;
      grant select, insert on measurement to outturn_app;
      grant select on payment_line to outturn_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${undivided('measurement', 'measurement_recorded')}
      ${undivided('payment_line', 'payment_line_posted')}
      grant select, insert on measurement to outturn_app;
      grant select on payment_line to outturn_app;
    `);
  }
}

const MEASUREMENT_KEY = 'participant_id, metric, occurrence, version';

const divided = (table: string, rows: string, by: string, key: string): string => `
      alter table ${table} rename to ${rows};
      create table ${table} (like ${rows} including defaults including constraints including comments)
        partition by list (${by});
      alter table ${table} add constraint ${table}_key primary key (${key});
      alter table ${table} attach partition ${rows} default;
      create trigger ${table}_append_only before update or delete or truncate on ${table}
        execute function refuse_change();`;

const undivided = (table: string, rows: string): string => `
      alter table ${table} detach partition ${rows};
      drop table ${table};
      revoke all on ${rows} from outturn_app;
      alter table ${rows} rename to ${table};`;
