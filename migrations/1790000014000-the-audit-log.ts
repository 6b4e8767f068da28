import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit log: the leaves of one Merkle tree in the order in which entries were sealed, the hashes of its full subtrees,
 * and the checkpoints that commit to it (docs/audit-log.md). Each entry gets a salt, so that its commitment says nothing of
 * its body. Leaves, nodes, checkpoints and cosignatures are only ever added, and a primary key is what makes a second history
 * impossible. Hashes and checkpoints are nobody's secret; which leaf is whose entry is as much a secret as the entry.
 */
export class TheAuditLog1790000014000 implements MigrationInterface {
  name = 'TheAuditLog1790000014000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${SALT}
      ${TABLES}
      ${APPEND_ONLY}
      ${NARROW_WAYS}
      ${GRANTS}
      ${POLICIES.map(({ name, table, rest }) => `create policy ${name} on ${table} ${rest};`).join('\n')}
    `);
  }

  /** Whatever was sealed is lost: an earlier version has no log. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${POLICIES.map(({ name, table }) => `drop policy ${name} on ${table};`).join('\n')}
      drop function heads_in_log(bigint), unsealed_entries();
      drop table log_stream, log_cosignature, log_checkpoint, log_key, log_node, log_leaf;
      drop function refuse_backward_stream();
      alter table audit_entry drop column salt;
    `);
  }
}

/** A volatile default gives each row that is there a salt of its own: 32 bytes out of 366 random bits. */
const SALT = `
      alter table audit_entry add column salt bytea not null
        default sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
      alter table audit_entry alter column salt drop default;
      alter table audit_entry add constraint audit_entry_salt_whole check (octet_length(salt) = 32);
      comment on column audit_entry.salt is
        '32 random bytes: SHA-256 over them and the body is the commitment that stands in the log';`;

const TABLES = `
      create table log_leaf (
        index bigint primary key check (index >= 0),
        stream text,
        seq bigint,
        constraint log_leaf_once unique (stream, seq),
        foreign key (stream, seq) references audit_entry,
        constraint log_leaf_of_entry_or_heads check ((stream is null) = (seq is null))
      );
      comment on table log_leaf is
        'which entry each leaf of the log is of; the last leaf of a checkpoint has none and says how far every stream goes';

      create table log_node (
        level smallint not null check (level between 0 and 52),
        index bigint not null check (index >= 0),
        hash bytea not null check (octet_length(hash) = 32),
        primary key (level, index)
      );
      comment on table log_node is
        'hashes of full subtrees: 2^level leaves from leaf index * 2^level; at level 0 of the leaves themselves';

      create table log_key (
        vkey text primary key,
        declared_seq bigint not null unique,
        declared_at timestamptz not null
      );
      comment on table log_key is
        'the keys that the log has signed with, each declared by an entry of the service''s stream; the latest signs';

      create table log_checkpoint (
        size bigint primary key check (size > 0),
        root bytea not null check (octet_length(root) = 32),
        heads_leaf text not null,
        note text not null,
        made_at timestamptz not null
      );
      comment on column log_checkpoint.heads_leaf is 'the text of the last leaf';
      comment on column log_checkpoint.note is 'the checkpoint as the log signed it, before any witness';

      create table log_cosignature (
        size bigint not null references log_checkpoint,
        name text not null,
        key_id text not null check (key_id ~ '^[0-9a-f]{8}$'),
        line text not null,
        cosigned_at timestamptz not null,
        primary key (size, name, key_id)
      );
      comment on column log_cosignature.line is 'the signature line of the witness, without its line feed';

      create table log_stream (
        stream text primary key references audit_head,
        seq bigint not null,
        foreign key (stream, seq) references log_leaf (stream, seq)
      );
      comment on table log_stream is 'the number of each stream''s latest entry in the log';`;

const APPEND_ONLY = `
      ${['log_leaf', 'log_node', 'log_key', 'log_checkpoint', 'log_cosignature']
        .map(
          (
            table,
          ) => `create trigger ${table}_append_only before update or delete or truncate on ${table}
        execute function refuse_change();`,
        )
        .join('\n      ')}
      create function refuse_backward_stream() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'UPDATE' or new.stream <> old.stream or new.seq <= old.seq then
          raise exception 'what is in the log of a stream only grows' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$;
      create trigger log_stream_forward before update or delete on log_stream
        for each row execute function refuse_backward_stream();
      create trigger log_stream_no_truncate before truncate on log_stream execute function refuse_change();`;

const SAFE = 'security definer set search_path = pg_catalog, public, pg_temp';

const NARROW_WAYS = `
      create function heads_in_log(at_size bigint) returns table (stream text, seq bigint) stable ${SAFE}
        language plpgsql as $$
      begin
        perform acting_as();
        if at_size = (select max(c.size) from log_checkpoint c) then
          return query select s.stream, s.seq from log_stream s;
        else
          return query select l.stream, max(l.seq) from log_leaf l
            where l.index < at_size and l.stream is not null group by l.stream;
        end if;
      end $$;
      comment on function heads_in_log(bigint) is
        'how far each stream went in the log of that size: a proof of one needs the hashes of all, and shows no more of them';

      create function unsealed_entries(out entries bigint, out oldest_at timestamptz, out size bigint) stable ${SAFE}
        language sql as $$
        select coalesce(sum(h.seq - coalesce(s.seq, 0)), 0), min(e.recorded_at),
               coalesce((select max(c.size) from log_checkpoint c), 0)
          from audit_head h
          left join log_stream s on s.stream = h.stream
          join audit_entry e on e.stream = h.stream and e.seq = coalesce(s.seq, 0) + 1
         where h.seq > coalesce(s.seq, 0)
      $$;
      comment on function unsealed_entries() is
        'how many entries wait to be sealed, since when, and how large the log is: for health, which sees no row';`;

const GRANTS = `
      grant select, insert on log_leaf, log_node, log_key, log_checkpoint, log_cosignature to outturn_app;
      grant select, insert, update (seq) on log_stream to outturn_app;
      revoke all on function heads_in_log(bigint), unsealed_entries() from public;
      grant execute on function heads_in_log(bigint), unsealed_entries() to outturn_app;
      ${['log_leaf', 'log_node', 'log_key', 'log_checkpoint', 'log_cosignature', 'log_stream']
        .map((table) => `alter table ${table} enable row level security;`)
        .join('\n      ')}`;

const ANYBODY = `(select acting_as()) is not null`;
const SEALER = `(select acting_as()) = 'sealer'`;
// the first question is asked of an empty table too
const ITS_ENTRY = `${ANYBODY} and (stream = any((select contracts_where('audit:read'))::text[])
        or (select acting_as()) = 'auditor' and stream = any((select contracts_where('audit:verify'))::text[])
        or (select acting_as()) in ('sealer', 'operator') or stream = 'service' and (select acting_is_administrator()))`;

interface Policy {
  readonly name: string;
  readonly table: string;
  readonly rest: string;
}

const forSelect = (table: string, test: string, name = `${table}_select`): Policy => ({
  name,
  table,
  rest: `for select to outturn_app using (${test})`,
});
const forInsert = (table: string, test: string, name = `${table}_insert`): Policy => ({
  name,
  table,
  rest: `for insert to outturn_app with check (${test})`,
});
const forUpdate = (table: string, test: string, name = `${table}_update`): Policy => ({
  name,
  table,
  rest: `for update to outturn_app using (${test}) with check (${test})`,
});

/** The sealer reads every entry and writes none but the one that declares a key. */
const POLICIES: readonly Policy[] = [
  ...['log_node', 'log_key', 'log_checkpoint', 'log_cosignature'].map((table) =>
    forSelect(table, ANYBODY),
  ),
  ...['log_leaf', 'log_stream'].map((table) => forSelect(table, ITS_ENTRY)),
  ...['log_leaf', 'log_node', 'log_key', 'log_checkpoint', 'log_cosignature', 'log_stream'].map(
    (table) => forInsert(table, SEALER),
  ),
  forUpdate('log_stream', SEALER),
  forSelect('audit_head', SEALER, 'audit_head_sealed'),
  forInsert('audit_head', `${SEALER} and stream = 'service'`, 'audit_head_key_declared'),
  forUpdate('audit_head', `${SEALER} and stream = 'service'`, 'audit_head_key_declared_next'),
  forSelect('audit_entry', SEALER, 'audit_entry_sealed'),
  forInsert('audit_entry', `${SEALER} and type = 'log.key-declared'`, 'audit_entry_key_declared'),
];
