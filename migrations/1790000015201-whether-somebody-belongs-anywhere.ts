import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A manager who takes an invitation back makes its link void, unless another organisation waits for the same person: the
 * database says whether one does, and not which.
 */
export class WhetherSomebodyBelongsAnywhere1790000015201 implements MigrationInterface {
  name = 'WhetherSomebodyBelongsAnywhere1790000015201';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function belongs_anywhere(person uuid) returns boolean stable
        security definer set search_path = pg_catalog, public, pg_temp language sql as $$
        select exists (select 1 from affiliation a where a.person_id = person and a.ended_at is null
                          and person = any((select people_managed())::uuid[]))
      $$;
      comment on function belongs_anywhere(uuid) is
        'of people whom the acting person looks after, or looked after: whether any organisation has them at present';
      revoke all on function belongs_anywhere(uuid) from public;
      grant execute on function belongs_anywhere(uuid) to outturn_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function belongs_anywhere(uuid)');
  }
}
