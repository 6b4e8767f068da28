import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The role that the service works as. It owns nothing, cannot log in, and gets for each table exactly what the service
 * does with it: what is recorded can be added to and read, not changed. A login reaches it by SET ROLE. Roles belong to
 * the whole server, so another database of it may have made them already, or may be making them at this moment; and
 * taking the migration back leaves them, because another database may rely on them.
 */
export class WhatTheApplicationMay1790000010000 implements MigrationInterface {
  name = 'WhatTheApplicationMay1790000010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${ROLES.map(madeOnce).join('\n')}
      ${GRANTS}
      ${QUEUE}
      do $$ begin
        if to_regclass('migration') is not null then
          grant select on migration to outturn_app;
        end if;
      end $$;
    `);
  }

  /** The service of before works as the owner and needs no grants. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke all on all tables in schema public from outturn_app;
      drop schema if exists bullmq cascade;
    `);
  }
}

/** The service, and the queue that lives in PostgreSQL where there is no Redis. */
const ROLES = ['outturn_app', 'outturn_queue'];

const madeOnce = (role: string): string => `
      do $$ begin
        if not exists (select 1 from pg_roles where rolname = '${role}') then
          create role ${role} nologin nosuperuser nobypassrls nocreatedb nocreaterole noinherit;
        end if;
      exception
        when duplicate_object or unique_violation then null; -- made at the same moment for another database
        when insufficient_privilege then
          raise exception 'the role ${role} is missing and % may not make it', current_user
            using hint = 'Run "create role ${role} nologin noinherit" as an administrator of the server, and migrate again.';
      end $$;`;

const GRANTS = `
      grant select, insert on person, activation_consent, audit_entry, participant, enrolment, measurement, score_author,
        import_batch, contract_figure, effect_result, claim_line, claim_decision, issued_statement, issued_line to outturn_app;
      grant select, insert, update (revoked_at) on api_key to outturn_app;
      grant select, insert, update (title, state, revision) on contract to outturn_app;
      grant select, insert, update (state, document, document_hash, source, effective_from, reason, written_by, written_at,
        activated_at, recorded_seq) on terms_version to outturn_app;
      grant select, insert, update (party, granted_by, granted_at, ended_at) on membership to outturn_app;
      grant select, insert, update (seq, hash) on audit_head to outturn_app;
      grant select, insert, update (result) on idempotency_key to outturn_app;
      grant select, insert, update (state, token, lease_until, attempts, started_at, finished_at, rows_total, rows_done,
        lines, total_minor, digest, engine_version, failure_code, failure_detail) on payment_computation to outturn_app;
      grant select on payment_line to outturn_app;
      grant select, insert, update (revision) on claim to outturn_app;
      grant select, insert, update (sent_at) on work_outbox to outturn_app;`;

/**
 * The queue makes a schema of its own, as a role of its own that can see nothing else. Tables that an earlier version
 * made as another role go: a queue is a doorbell, and whatever it forgets is rung for again.
 */
const QUEUE = `
      drop schema if exists bullmq cascade;`;
