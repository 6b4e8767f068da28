import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A change to what is paid, claimed, decided, agreed or issued cannot be committed without an audit entry of its contract in
 * the same transaction. It is asked at commit, because an entry is written last.
 *
 * Rows of which there are few (computations, claims, statements, terms) are asked one by one. Rows that arrive by the hundred
 * thousand (lines of claims, decisions, released lines) are asked by the statement: it notes once which contracts it touched,
 * and the note is asked at commit and goes. Payment lines arrive by COPY by the million, where even gathering the rows
 * of a statement would be felt: there the note is of the contract that the worker is confined to, or, where nobody is, of
 * whatever computation the transaction has an entry of. That is enough, because the entry of a computation commits to its
 * lines by their digest. A computation that is merely taken, given back or under way has changed nothing yet.
 */
export class NoMoneyWithoutAnEntry1790000014100 implements MigrationInterface {
  name = 'NoMoneyWithoutAnEntry1790000014100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${WHICH_TRANSACTION}
      ${NOTES}
      ${ROW_BY_ROW}
      ${BY_STATEMENT}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${NEVER_EMPTIED.map((table) => `drop trigger ${table}_no_truncate on ${table};`).join('\n')}
      ${ROWS.flatMap(({ table, acts }) => acts.map(({ name }) => `drop trigger ${table}_${name} on ${table};`)).join('\n')}
      ${STATEMENTS.map(({ table }) => `drop trigger ${table}_has_entry on ${table};`).join('\n')}
      drop function note_entry_due_of_claim(), note_entry_due_of_contract(), note_entry_due_of_lines();
      drop table entry_due;
      drop function refuse_without_entry_due(), refuse_without_entry(), has_entry_now(text, text);
      revoke insert (stream, seq, type, person_id, duty, recorded_at, body, previous_hash, hash, salt) on audit_entry
        from outturn_app;
      grant insert on audit_entry to outturn_app;
      alter table audit_entry drop column recorded_xid;
    `);
  }
}

const SAFE = 'security definer set search_path = pg_catalog, public, pg_temp';

/** Entries that are there already were all written before; the service may not say that one was written at another time. */
const WHICH_TRANSACTION = `
      alter table audit_entry add column recorded_xid xid8 not null default pg_current_xact_id();
      comment on column audit_entry.recorded_xid is 'the transaction that wrote it: what it changed may be committed';
      create index audit_entry_of_transaction on audit_entry (recorded_xid);
      revoke insert on audit_entry from outturn_app;
      grant insert (stream, seq, type, person_id, duty, recorded_at, body, previous_hash, hash, salt) on audit_entry
        to outturn_app;

      create function has_entry_now(of_stream text, of_type text) returns boolean stable ${SAFE} language sql as $$
        select exists (select 1 from audit_entry e
                        where e.recorded_xid = pg_current_xact_id_if_assigned()
                          and (of_stream is null or e.stream = of_stream) and (of_type is null or e.type like of_type))
      $$;
      revoke all on function has_entry_now(text, text) from public;
      comment on function has_entry_now(text, text) is
        'whether this transaction has written an entry of that stream (any, where it is null) and of such a type';`;

const HINT = `using errcode = 'restrict_violation', constraint = tg_name,
            hint = 'Record the act through AuditService, in the transaction of the act.'`;

const NOTES = `
      create table entry_due (
        recorded_xid xid8 not null default pg_current_xact_id(),
        stream text not null,
        changed text not null,
        primary key (recorded_xid, stream, changed)
      );
      comment on table entry_due is 'of which contracts a transaction still owes an entry; empty between transactions';
      alter table entry_due enable row level security;

      create function refuse_without_entry_due() returns trigger ${SAFE} language plpgsql as $$
      begin
        if not has_entry_now(nullif(new.stream, ''), case when new.stream = '' then 'computation.%' end) then
          raise exception '% was changed without an audit entry of its contract in the same transaction', new.changed
            ${HINT};
        end if;
        delete from entry_due d
          where d.recorded_xid = new.recorded_xid and d.stream = new.stream and d.changed = new.changed;
        return null;
      end $$;
      create constraint trigger entry_due_has_entry after insert on entry_due deferrable initially deferred
        for each row execute function refuse_without_entry_due();`;

interface Act {
  readonly name: string;
  readonly on: string;
  /** Which changes count; every change where it is not said. */
  readonly when?: string;
}

const RESULT_OF_COMPUTATION = [
  'contract_id',
  'number',
  'kind',
  'rechecks',
  'period_id',
  'period_from',
  'period_to',
  'known_through',
  'requested_by',
  'lines',
  'currency',
  'total_minor',
  'digest',
  'engine_version',
  'failure_code',
];
const rowOf = (which: 'old' | 'new') =>
  `(${RESULT_OF_COMPUTATION.map((column) => `${which}.${column}`).join(', ')})`;

const ADDED_OR_TAKEN: Act = { name: 'has_entry', on: 'insert or delete' };
const ANY_CHANGE: Act = { name: 'has_entry', on: 'insert or update or delete' };

const ROWS: readonly { readonly table: string; readonly acts: readonly Act[] }[] = [
  {
    table: 'payment_computation',
    acts: [
      ADDED_OR_TAKEN,
      {
        name: 'result_has_entry',
        on: 'update',
        when: `${rowOf('old')} is distinct from ${rowOf('new')}
          or old.state <> new.state
         and (old.state not in ('requested', 'running') or new.state not in ('requested', 'running'))`,
      },
    ],
  },
  { table: 'claim', acts: [ANY_CHANGE] },
  { table: 'issued_statement', acts: [ANY_CHANGE] },
  { table: 'terms_version', acts: [ANY_CHANGE] },
];

/** The others refuse it already. */
const NEVER_EMPTIED = ['payment_computation', 'claim'];

const ROW_BY_ROW = `
      create function refuse_without_entry() returns trigger ${SAFE} language plpgsql as $$
      declare
        touched uuid[] := case tg_op when 'INSERT' then array[new.contract_id]
                                     when 'DELETE' then array[old.contract_id]
                                     else array[old.contract_id, new.contract_id] end;
        one uuid;
      begin
        foreach one in array touched loop
          if not has_entry_now(one::text, null) then
            raise exception '% was changed without an audit entry of its contract in the same transaction', tg_table_name
              ${HINT};
          end if;
        end loop;
        return null;
      end $$;
      ${ROWS.flatMap(({ table, acts }) =>
        acts.map(
          ({ name, on, when }) => `
      create constraint trigger ${table}_${name} after ${on} on ${table} deferrable initially deferred
        for each row ${when === undefined ? '' : `when (${when})`} execute function refuse_without_entry();`,
        ),
      ).join('')}
      ${NEVER_EMPTIED.map(
        (table) => `
      create trigger ${table}_no_truncate before truncate on ${table} execute function refuse_change();`,
      ).join('')}`;

const STATEMENTS: readonly { readonly table: string; readonly trigger: string }[] = [
  {
    table: 'claim_line',
    trigger:
      'referencing new table as added for each statement execute function note_entry_due_of_claim()',
  },
  {
    table: 'claim_decision',
    trigger:
      'referencing new table as added for each statement execute function note_entry_due_of_claim()',
  },
  {
    table: 'issued_line',
    trigger:
      'referencing new table as added for each statement execute function note_entry_due_of_contract()',
  },
  {
    table: 'payment_line',
    trigger: 'for each statement execute function note_entry_due_of_lines()',
  },
  {
    table: 'payment_line_posted',
    trigger: 'for each statement execute function note_entry_due_of_lines()',
  },
];

const BY_STATEMENT = `
      create function note_entry_due_of_claim() returns trigger ${SAFE} language plpgsql as $$
      begin
        insert into entry_due (stream, changed)
          select distinct c.contract_id::text, tg_table_name
            from claim c where c.id in (select a.claim_id from added a)
          on conflict do nothing;
        return null;
      end $$;

      create function note_entry_due_of_contract() returns trigger ${SAFE} language plpgsql as $$
      begin
        insert into entry_due (stream, changed)
          select distinct a.contract_id::text, tg_table_name from added a
          on conflict do nothing;
        return null;
      end $$;

      create function note_entry_due_of_lines() returns trigger ${SAFE} language plpgsql as $$
      declare confined uuid[] := nullif(current_setting('outturn.contract_ids', true), '')::uuid[];
      begin
        insert into entry_due (stream, changed)
          select unnest(coalesce(confined::text[], array[''])), 'payment_line'
          on conflict do nothing;
        return null;
      end $$;
      ${STATEMENTS.map(
        ({ table, trigger }) => `
      create trigger ${table}_has_entry after insert on ${table} ${trigger};`,
      ).join('')}`;
