import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What signing in at a browser needs: passwords, second factors, sessions, and organisations' own sign-in providers. No
 * table holds a secret that could be used as it lies here: passwords, tokens and codes are hashes, seeds of
 * authenticators are sealed. Unlike contracts and measurements these are facts of the moment, so rows change and go;
 * what happened is in the audit trail.
 */
export class BrowserSignIn1790000012000 implements MigrationInterface {
  name = 'BrowserSignIn1790000012000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table person add column disabled_at timestamptz;
      comment on column person.disabled_at is 'since then nothing of the person signs in: no password, passkey, session or key';

      create table person_password (
        person_id uuid primary key references person,
        hash text not null constraint person_password_is_argon2id check (hash like '$argon2id$%'),
        changed_at timestamptz not null
      );

      create table password_link (
        token_hash bytea primary key constraint password_link_is_sha256 check (length(token_hash) = 32),
        person_id uuid not null references person constraint password_link_one_in_force unique,
        purpose text not null constraint password_link_purpose_known check (purpose in ('invitation', 'reset')),
        expires_at timestamptz not null
      );

      create table second_factor (
        id uuid primary key,
        person_id uuid not null references person,
        kind text not null constraint second_factor_kind_known check (kind in ('authenticator', 'passkey')),
        label text not null constraint second_factor_label_size check (length(label) between 1 and 60),
        offered_at timestamptz not null,
        confirmed_at timestamptz,
        last_used_at timestamptz,
        sealed_seed bytea,
        last_step bigint,
        credential_id text constraint second_factor_credential_once unique,
        public_key bytea,
        sign_count bigint,
        transports text[],
        constraint second_factor_has_what_its_kind_needs check (
          case kind
            when 'authenticator' then sealed_seed is not null and credential_id is null
            else credential_id is not null and public_key is not null and sign_count is not null and sealed_seed is null
              and confirmed_at is not null
          end)
      );
      create index second_factor_by_person on second_factor (person_id);
      comment on column second_factor.last_step is
        'the latest time step whose code was accepted; no code of this or an earlier step counts again';

      create table recovery_code (
        person_id uuid not null references person,
        code_hash bytea not null constraint recovery_code_is_sha256 check (length(code_hash) = 32),
        primary key (person_id, code_hash)
      );

      create table browser_session (
        id uuid primary key,
        token_hash bytea not null constraint browser_session_token_once unique
          constraint browser_session_is_sha256 check (length(token_hash) = 32),
        person_id uuid not null references person,
        stage text not null constraint browser_session_stage_known
          check (stage in ('second-factor', 'enrolment', 'complete')),
        first_factor text not null constraint browser_session_first_factor_known
          check (first_factor in ('password', 'passkey', 'provider')),
        device text not null,
        network text not null,
        started_at timestamptz not null,
        last_seen_at timestamptz not null,
        ends_at timestamptz not null,
        authenticated_at timestamptz not null
      );
      create index browser_session_by_person on browser_session (person_id);
      create index browser_session_by_end on browser_session (ends_at);

      create table passkey_ceremony (
        id uuid primary key,
        purpose text not null constraint passkey_ceremony_purpose_known
          check (purpose in ('sign-in', 'second-factor', 'confirm', 'add')),
        session_id uuid references browser_session on delete cascade,
        challenge text not null,
        expires_at timestamptz not null,
        constraint passkey_ceremony_of_session check ((purpose = 'sign-in') = (session_id is null))
      );
      create index passkey_ceremony_by_session on passkey_ceremony (session_id);

      create table failed_sign_in (
        email_digest bytea primary key constraint failed_sign_in_is_sha256 check (length(email_digest) = 32),
        failures integer not null,
        last_at timestamptz not null
      );
      comment on table failed_sign_in is
        'counted for addresses that nobody has as well, so that a failure costs the same work whoever is named';

      create table sign_in_attempt (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      );
      comment on table sign_in_attempt is
        'rate-limiter-flexible counts here where there is no Redis; keys are keyed digests, expire is in milliseconds';

      create table sign_in_provider (
        id uuid primary key,
        name text not null,
        issuer text not null,
        client_id text not null,
        client_secret_name text not null,
        added_at timestamptz not null,
        removed_at timestamptz
      );
      create table sign_in_provider_domain (
        domain text primary key constraint sign_in_provider_domain_lower check (domain = lower(domain)),
        provider_id uuid not null references sign_in_provider
      );

      create table provider_identity (
        id uuid primary key,
        person_id uuid not null references person,
        provider_id uuid not null references sign_in_provider,
        issuer text not null,
        subject text not null,
        linked_at timestamptz not null,
        constraint provider_identity_once unique (issuer, subject)
      );
      create index provider_identity_by_person on provider_identity (person_id);

      create table provider_visit (
        token_hash bytea primary key constraint provider_visit_is_sha256 check (length(token_hash) = 32),
        provider_id uuid not null references sign_in_provider,
        session_id uuid references browser_session on delete cascade,
        sealed_checks bytea not null,
        expires_at timestamptz not null
      );
      create index provider_visit_by_session on provider_visit (session_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table provider_visit, provider_identity, sign_in_provider_domain, sign_in_provider, sign_in_attempt,
        failed_sign_in, passkey_ceremony, browser_session, recovery_code, second_factor, password_link, person_password;
      alter table person drop column disabled_at;
    `);
  }
}
