import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whatever is written about a participant in free words is sealed under a key of their own from now on, so that it can be
 * erased for ever without changing a row: the key is destroyed. participant_key is the one table of the record whose rows
 * may be deleted. Texts that were recorded before stand as they are; when their participant is erased they are
 * overwritten where they lie, the one change that enrolments and measurements permit: measurement itself, by which
 * everybody else reads, still takes none. No row that was there before is read or rewritten here.
 */
export class KeysOfParticipants1790000013000 implements MigrationInterface {
  name = 'KeysOfParticipants1790000013000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table participant_key (
        participant_id bigint not null references participant,
        purpose text not null constraint participant_key_purpose_known check (purpose in ('record', 'identity')),
        wrapped bytea not null,
        match_tokens bytea[] not null default '{}',
        primary key (participant_id, purpose),
        constraint participant_key_tokens_of_identity check (purpose = 'identity' or match_tokens = '{}')
      );
      create index participant_key_by_token on participant_key using gin (match_tokens) where purpose = 'identity';
      comment on table participant_key is
        'the only place of the wrapped keys of participants and of their match tokens: to delete a row is to erase';

      create table participant_erasure (
        participant_id bigint not null references participant,
        what text not null constraint participant_erasure_what_known check (what in ('record', 'identity')),
        recorded_seq bigint not null,
        primary key (participant_id, what)
      );
      create trigger participant_erasure_append_only before update or delete or truncate on participant_erasure
        execute function refuse_change();

      create function refuse_key_of_erased() returns trigger language plpgsql as $$
      begin
        if exists (select from made join participant_erasure e on e.participant_id = made.participant_id
                                                               and e.what = made.purpose) then
          raise exception 'a participant who was erased gets no new key' using errcode = 'restrict_violation';
        end if;
        return null;
      end $$;
      create trigger participant_key_not_after_erasure after insert on participant_key
        referencing new table as made for each statement execute function refuse_key_of_erased();

      create function refuse_all_but_erasure() returns trigger language plpgsql as $$
      declare
        texts text[] := string_to_array(tg_argv[0], ',');
        one text;
      begin
        if tg_op = 'UPDATE'
           and to_jsonb(new) - texts = to_jsonb(old) - texts
           and exists (select from participant_erasure where participant_id = old.participant_id and what = 'record') then
          foreach one in array texts loop
            if to_jsonb(new) -> one <> to_jsonb(old) -> one and to_jsonb(new) ->> one <> 'sealed:erased' then
              raise exception '% is append-only: % of % is refused', tg_table_name, lower(tg_op), one
                using errcode = 'restrict_violation', hint = 'Record a correction as a new row.';
            end if;
          end loop;
          return new;
        end if;
        raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op)
          using errcode = 'restrict_violation', hint = 'Record a correction as a new row.';
      end $$;
      ${TEXTS.map(permitErasure).join('\n')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ begin
        if exists (select from participant_key) or exists (select from participant_erasure) then
          raise exception 'texts are sealed under keys that this would delete: it cannot be undone any more';
        end if;
      end $$;
      ${TEXTS.map(refuseAgain).join('\n')}
      drop function refuse_all_but_erasure();
      drop table participant_erasure, participant_key;
      drop function refuse_key_of_erased();
    `);
  }
}

interface Texts {
  readonly table: string;
  /** Where its rows lie: measurement is divided. */
  readonly rows: string;
  readonly columns: readonly string[];
}

const TEXTS: readonly Texts[] = [
  {
    table: 'enrolment',
    rows: 'enrolment',
    columns: ['exit_reason', 'exception_reason', 'correction_reason'],
  },
  { table: 'measurement', rows: 'measurement_recorded', columns: ['note', 'correction_reason'] },
];

/** Rows that were there before are not looked at: a constraint that is not valid holds for what is written from now on. */
function permitErasure({ table, rows, columns }: Texts): string {
  const sealed = columns.map(
    (column) => `
      alter table ${table} add constraint ${table}_${column}_sealed
        check (${column} is null or ${column} like 'sealed:%') not valid;`,
  );
  return `
      drop trigger ${table}_append_only on ${rows};
      create trigger ${table}_append_only before delete or truncate on ${rows} execute function refuse_change();
      create trigger ${table}_erasure_only before update on ${rows}
        for each row execute function refuse_all_but_erasure('${columns.join(',')}');${sealed.join('')}`;
}

function refuseAgain({ table, rows, columns }: Texts): string {
  const plain = columns.map(
    (column) => `
      alter table ${table} drop constraint ${table}_${column}_sealed;`,
  );
  return `${plain.join('')}
      drop trigger ${table}_erasure_only on ${rows};
      drop trigger ${table}_append_only on ${rows};
      create trigger ${table}_append_only before update or delete or truncate on ${rows}
        execute function refuse_change();`;
}
