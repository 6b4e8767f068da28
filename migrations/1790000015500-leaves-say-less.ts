import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * From here on a leaf of the log tells of its entry's type only whether it puts terms in force, and not its instant
 * (docs/audit-log.md). What is sealed cannot be sealed anew, so a log of the former leaves cannot go on: its checkpoints
 * are signed over them. No release wrote one; a database from before the first release that has a log starts afresh.
 */
export class LeavesSayLess1790000015500 implements MigrationInterface {
  name = 'LeavesSayLess1790000015500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EMPTY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(EMPTY);
  }
}

const EMPTY = `
      do $$ begin
        if exists (select from log_leaf) then
          raise exception 'this database has an audit log whose leaves are of another form'
            using hint = 'It was made by a version from before the first release. Start with an empty database (for the demo: remove the folder .local).';
        end if;
      end $$;`;
