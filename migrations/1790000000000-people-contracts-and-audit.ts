import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People, contracts with their versioned terms, and the audit trail. What is agreed or recorded is append-only: a
 * trigger refuses update, delete and truncate, because a correction is a new row that points at the old one.
 */
export class PeopleContractsAndAudit1790000000000 implements MigrationInterface {
  name = 'PeopleContractsAndAudit1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op)
          using errcode = 'restrict_violation', hint = 'Record a correction as a new row.';
      end $$;

      create table person (
        id uuid primary key,
        email text not null constraint person_email_lower check (email = lower(email)),
        name text not null,
        is_administrator boolean not null default false,
        created_at timestamptz not null default now(),
        constraint person_email_once unique (email)
      );

      create table api_key (
        id uuid primary key,
        person_id uuid not null references person,
        prefix text not null constraint api_key_prefix_once unique,
        secret_hash bytea not null,
        label text not null,
        created_at timestamptz not null default now(),
        revoked_at timestamptz
      );
      create index api_key_by_person on api_key (person_id);

      create table contract (
        id uuid primary key,
        code text not null constraint contract_code_once unique
          constraint contract_code_shape check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
        title text not null,
        state text not null constraint contract_state_known check (state in ('draft', 'active', 'ended')),
        revision integer not null default 1,
        created_by uuid not null references person,
        created_at timestamptz not null default now()
      );

      create table terms_version (
        contract_id uuid not null references contract,
        number integer not null check (number > 0),
        state text not null constraint terms_version_state_known check (state in ('draft', 'active')),
        document jsonb not null,
        document_hash bytea not null,
        source text not null,
        effective_from date,
        reason text not null,
        written_by uuid not null references person,
        written_at timestamptz not null default now(),
        activated_at timestamptz,
        recorded_seq bigint,
        primary key (contract_id, number),
        constraint terms_version_active_is_dated check
          (state = 'draft' or (effective_from is not null and activated_at is not null and recorded_seq is not null))
      );
      create unique index terms_version_one_draft on terms_version (contract_id) where state = 'draft';
      create function refuse_change_of_active_terms() returns trigger language plpgsql as $$
      begin
        if old.state = 'active' then
          raise exception 'terms version % is active and cannot be changed', old.number
            using errcode = 'restrict_violation', hint = 'Write an amendment: a new version with an effective date.';
        end if;
        return case when tg_op = 'DELETE' then old else new end;
      end $$;
      create trigger terms_version_active_is_final before update or delete on terms_version
        for each row execute function refuse_change_of_active_terms();
      create trigger terms_version_no_truncate before truncate on terms_version
        execute function refuse_change();

      create table activation_consent (
        contract_id uuid not null,
        terms_number integer not null,
        document_hash bytea not null,
        duty text not null constraint activation_consent_duty_known check (duty in ('provider', 'commissioner')),
        person_id uuid not null references person,
        given_at timestamptz not null default now(),
        primary key (contract_id, terms_number, document_hash, duty),
        constraint activation_consent_two_people unique (contract_id, terms_number, document_hash, person_id),
        foreign key (contract_id, terms_number) references terms_version
      );
      create trigger activation_consent_append_only before update or delete or truncate on activation_consent
        execute function refuse_change();

      create table membership (
        contract_id uuid not null references contract,
        person_id uuid not null references person,
        party text not null,
        role text not null constraint membership_role_known check (role in
          ('provider', 'commissioner', 'top-up-fund', 'verifier', 'investor', 'fund-manager', 'observer')),
        granted_by uuid not null references person,
        granted_at timestamptz not null default now(),
        ended_at timestamptz,
        primary key (contract_id, person_id, role)
      );

      create table audit_head (
        stream text primary key,
        seq bigint not null,
        hash bytea not null
      );
      create function refuse_backward_head() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'UPDATE' or new.stream <> old.stream or new.seq <> old.seq + 1 then
          raise exception 'the head of the audit trail only moves forward by one entry'
            using errcode = 'restrict_violation';
        end if;
        return new;
      end $$;
      create trigger audit_head_forward before update or delete on audit_head
        for each row execute function refuse_backward_head();
      create trigger audit_head_no_truncate before truncate on audit_head execute function refuse_change();

      create table audit_entry (
        stream text not null references audit_head,
        seq bigint not null check (seq > 0),
        type text not null,
        person_id uuid references person,
        duty text not null,
        recorded_at timestamptz not null,
        body text not null,
        previous_hash bytea not null,
        hash bytea not null,
        primary key (stream, seq)
      );
      comment on column audit_entry.body is
        'the canonical bytes (RFC 8785) that the hash covers: stream, sequence, type, person, duty, party, dates, payload';
      create trigger audit_entry_append_only before update or delete or truncate on audit_entry
        execute function refuse_change();

      create table idempotency_key (
        person_id uuid not null references person,
        key text not null,
        request_hash bytea not null,
        result jsonb,
        created_at timestamptz not null default now(),
        primary key (person_id, key)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table idempotency_key, audit_entry, audit_head, membership, activation_consent, terms_version, contract,
        api_key, person;
      drop function refuse_backward_head(), refuse_change_of_active_terms(), refuse_change();
    `);
  }
}
