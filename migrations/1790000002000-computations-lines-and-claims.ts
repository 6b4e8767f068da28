import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Payment computations and their lines, the outbox that rings the queue, and claims with their decisions. The row is the
 * truth and the queue a doorbell: a lost queue loses time, never a payment.
 */
export class ComputationsLinesAndClaims1790000002000 implements MigrationInterface {
  name = 'ComputationsLinesAndClaims1790000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table payment_computation (
        id uuid primary key,
        contract_id uuid not null references contract,
        number integer not null check (number > 0),
        kind text not null constraint payment_computation_kind_known check (kind in ('payable', 'recheck')),
        rechecks uuid references payment_computation,
        period_id text not null,
        period_from date not null,
        period_to date not null,
        known_through bigint not null,
        state text not null constraint payment_computation_state_known
          check (state in ('requested', 'running', 'computed', 'failed', 'cancelled')),
        token integer not null default 0,
        lease_until timestamptz,
        attempts integer not null default 0,
        requested_by uuid not null references person,
        requested_at timestamptz not null default now(),
        started_at timestamptz,
        finished_at timestamptz,
        rows_total bigint,
        rows_done bigint not null default 0,
        lines integer,
        currency text not null,
        total_minor bigint,
        digest bytea,
        engine_version text,
        failure_code text,
        failure_detail text,
        constraint payment_computation_number_once unique (contract_id, number),
        constraint payment_computation_period_forward check (period_from < period_to),
        constraint payment_computation_recheck_names_one check ((kind = 'recheck') = (rechecks is not null)),
        constraint payment_computation_result_whole check
          ((state = 'computed') = (digest is not null and total_minor is not null and lines is not null))
      );
      create unique index payment_computation_one_running on payment_computation (contract_id)
        where state = 'running';
      create index payment_computation_unfinished on payment_computation (requested_at)
        where state in ('requested', 'running');

      create table payment_line (
        computation_id uuid not null,
        line_no integer not null,
        computation_number integer not null,
        participant_id bigint,
        cohort text not null,
        terms_number integer not null,
        clause text not null,
        metric text not null,
        occurrence text not null,
        revision integer not null,
        kind text not null,
        outcome_on date not null,
        quantity text not null,
        unit text not null,
        rate_minor bigint not null,
        uncapped_minor bigint not null,
        amount_minor bigint not null,
        withheld_minor bigint not null,
        parts jsonb not null,
        reason text,
        steps jsonb not null,
        evidence text[] not null,
        corrects text,
        explanation text not null,
        primary key (computation_id, line_no),
        constraint payment_line_kind_known check (kind in ('payment', 'refusal', 'true-up', 'withheld'))
      );
      create unique index payment_line_participant_once
        on payment_line (participant_id, clause, occurrence, revision, kind) where participant_id is not null;
      create unique index payment_line_cohort_once
        on payment_line (computation_id, cohort, clause, occurrence, revision, kind) where participant_id is null;
      comment on column payment_line.uncapped_minor is 'what the outcome is worth after its modifiers and before caps, whole';
      comment on column payment_line.amount_minor is 'what this line adds to what was posted for the outcome before';
      create trigger payment_line_append_only before update or delete or truncate on payment_line
        execute function refuse_change();

      create table work_outbox (
        id bigint generated always as identity primary key,
        queue text not null,
        job text not null,
        payload jsonb not null,
        created_at timestamptz not null default now(),
        sent_at timestamptz
      );
      create index work_outbox_unsent on work_outbox (id) where sent_at is null;

      create table claim (
        id uuid primary key,
        contract_id uuid not null references contract,
        number integer not null check (number > 0),
        computation_id uuid not null references payment_computation,
        lines integer not null check (lines > 0),
        total_minor bigint not null,
        revision integer not null default 1,
        submitted_by uuid not null references person,
        submitted_at timestamptz not null default now(),
        constraint claim_number_once unique (contract_id, number)
      );

      create table claim_line (
        claim_id uuid not null references claim,
        computation_id uuid not null,
        line_no integer not null,
        primary key (claim_id, computation_id, line_no),
        foreign key (computation_id, line_no) references payment_line
      );
      create index claim_line_by_line on claim_line (computation_id, line_no);

      create table claim_decision (
        claim_id uuid not null,
        computation_id uuid not null,
        line_no integer not null,
        decision text not null constraint claim_decision_known check (decision in ('approved', 'returned')),
        reason text,
        decided_by uuid not null references person,
        decided_at timestamptz not null default now(),
        primary key (claim_id, computation_id, line_no),
        foreign key (claim_id, computation_id, line_no) references claim_line,
        constraint claim_decision_return_has_reason check (decision = 'approved' or reason is not null)
      );
      create index claim_decision_by_line on claim_decision (computation_id, line_no);

      create function refuse_own_decision() returns trigger language plpgsql as $$
      declare offender uuid;
      begin
        select d.decided_by into offender
          from (select distinct claim_id, decided_by from decided) d
          join claim c on c.id = d.claim_id
         where c.submitted_by = d.decided_by
            or exists (select 1 from score_author a
                        where a.contract_id = c.contract_id and a.person_id = d.decided_by)
         limit 1;
        if found then
          raise exception 'whoever entered a score or submitted the claim cannot decide it'
            using errcode = 'restrict_violation', constraint = 'claim_decision_four_eyes';
        end if;
        return null;
      end $$;
      create trigger claim_decision_four_eyes after insert on claim_decision
        referencing new table as decided for each statement execute function refuse_own_decision();

      create trigger claim_line_append_only before update or delete or truncate on claim_line
        execute function refuse_change();
      create trigger claim_decision_append_only before update or delete or truncate on claim_decision
        execute function refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table claim_decision, claim_line, claim, work_outbox, payment_line, payment_computation;
      drop function refuse_own_decision();
    `);
  }
}
