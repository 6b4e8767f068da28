import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Keys for machines: an API key can be narrowed to some contracts and permissions, expires, and remembers when it was
 * last used. A client of an organisation's own software exchanges its secret for short-lived tokens (OAuth 2 client
 * credentials). What a machine may do is never more than the person it acts for may do.
 */
export class ScopedKeysAndClients1790000011100 implements MigrationInterface {
  name = 'ScopedKeysAndClients1790000011100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table api_key
        add column expires_at timestamptz,
        add column last_used_at timestamptz,
        add column contract_ids uuid[],
        add column permissions text[],
        add constraint api_key_scope_not_empty check (
          coalesce(cardinality(contract_ids), 1) > 0 and coalesce(cardinality(permissions), 1) > 0);
      comment on column api_key.contract_ids is 'null: every contract of the person';
      comment on column api_key.permissions is 'null: all that the person may do';
      comment on column api_key.last_used_at is 'to the minute: a key in constant use is not written at every request';

      create table oauth_client (
        id uuid primary key,
        person_id uuid not null references person,
        secret_hash bytea not null,
        label text not null,
        contract_ids uuid[],
        permissions text[],
        created_at timestamptz not null default now(),
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz,
        constraint oauth_client_scope_not_empty check (
          coalesce(cardinality(contract_ids), 1) > 0 and coalesce(cardinality(permissions), 1) > 0)
      );
      create index oauth_client_by_person on oauth_client (person_id);

      create table oauth_token (
        token_hash bytea primary key,
        client_id uuid not null references oauth_client,
        permissions text[],
        issued_at timestamptz not null default now(),
        expires_at timestamptz not null,
        constraint oauth_token_is_short check (expires_at <= issued_at + interval '1 hour')
      );
      create index oauth_token_by_client on oauth_token (client_id);
      create index oauth_token_by_end on oauth_token (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table oauth_token, oauth_client;
      alter table api_key drop constraint api_key_scope_not_empty, drop column permissions, drop column contract_ids,
        drop column last_used_at, drop column expires_at;
    `);
  }
}
