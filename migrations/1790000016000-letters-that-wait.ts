import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A letter for a mail server waits in a row that is committed with the act it is about, so that a server that is away
 * neither fails the act nor loses the letter. It is sealed, because it names a person and may hold a link that sets a
 * password, and is removed once it is delivered, refused or of no use.
 */
export class LettersThatWait1790000016000 implements MigrationInterface {
  name = 'LettersThatWait1790000016000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table letter (
        id uuid primary key,
        sealed bytea not null,
        written_at timestamptz not null,
        useless_at timestamptz not null,
        due_at timestamptz not null,
        attempts integer not null default 0,
        constraint letter_useless_after_written check (useless_at > written_at),
        constraint letter_attempts_counted check (attempts >= 0)
      );
      comment on table letter is 'letters that wait for the mail server: removed once delivered, refused or of no use';
      comment on column letter.sealed is 'to whom, subject and text, under the key of the service, bound to the id';
      comment on column letter.useless_at is 'when what it says is over, such as the end of a link: not delivered any more';
      comment on column letter.due_at is 'when it is tried next; while somebody tries, when their turn is over';
      create index letter_due on letter (due_at, id);

      grant select, insert, delete on letter to outturn_app;
      grant update (due_at, attempts) on letter to outturn_app;
      alter table letter enable row level security;
      create policy letter_insert on letter for insert to outturn_app with check (${is('authenticator')});
      create policy letter_select on letter for select to outturn_app using (${is('carrier')});
      create policy letter_update on letter for update to outturn_app using (${is('carrier')});
      create policy letter_delete on letter for delete to outturn_app using (${is('carrier')});

      create function waiting_letters(out waiting bigint, out oldest_at timestamptz) stable
        security definer set search_path = pg_catalog, public, pg_temp language sql as $$
        select count(*), min(written_at) from letter
      $$;
      comment on function waiting_letters() is
        'how many letters wait and since when: for health, which sees no row';
      revoke all on function waiting_letters() from public;
      grant execute on function waiting_letters() to outturn_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function waiting_letters(); drop table letter');
  }
}

/** That somebody acts is asked even where the table is empty. */
const is = (part: string): string =>
  `(select acting_as()) is not null and (select acting_as()) = '${part}'`;
