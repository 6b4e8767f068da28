import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One human may have several accounts (a secondment, a second employer). human_id names the human by their first
 * account, and the rules about two people - four eyes on claims, two parties at activation - ask for two humans. An
 * account that was recognised is never set apart again: otherwise two accounts could be joined, looked at, and parted to
 * approve each other's work.
 */
export class OneHumanBehindAccounts1790000011000 implements MigrationInterface {
  name = 'OneHumanBehindAccounts1790000011000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table person add column human_id uuid references person;
      update person set human_id = id;
      alter table person alter column human_id set not null;
      create index person_of_human on person (human_id);
      comment on column person.human_id is 'the first account of the human behind this one; their own id for most';

      create function first_account_is_own_human() returns trigger language plpgsql as $$
      begin
        new.human_id := coalesce(new.human_id, new.id);
        return new;
      end $$;
      create trigger person_is_somebody before insert on person
        for each row execute function first_account_is_own_human();

      create function refuse_parting_of_accounts() returns trigger language plpgsql as $$
      begin
        if old.human_id <> old.id and (new.human_id = new.id or
             not exists (select 1 from person p where p.id = old.human_id and p.human_id = new.human_id)) then
          raise exception 'accounts that were recognised as one human are not set apart again'
            using errcode = 'restrict_violation', constraint = 'person_stays_recognised';
        end if;
        return new;
      end $$;
      create trigger person_stays_recognised before update of human_id on person
        for each row when (new.human_id <> old.human_id) execute function refuse_parting_of_accounts();

      create table account_recognition (
        id uuid primary key,
        person_id uuid not null references person,
        same_as uuid not null references person,
        because text not null constraint account_recognition_because_known
          check (because in ('verified-email', 'identity-provider', 'administrator')),
        reason text not null,
        recognised_by uuid references person,
        recognised_at timestamptz not null default now(),
        constraint account_recognition_two check (person_id <> same_as)
      );
      create trigger account_recognition_append_only before update or delete or truncate on account_recognition
        execute function refuse_change();

      create or replace function refuse_own_decision() returns trigger language plpgsql as $$
      begin
        perform 1
          from (select distinct claim_id, decided_by from decided) d
          join person decider on decider.id = d.decided_by
          join claim c on c.id = d.claim_id
         where exists (select 1 from person p where p.id = c.submitted_by and p.human_id = decider.human_id)
            or exists (select 1 from score_author a join person p on p.id = a.person_id
                        where a.contract_id = c.contract_id and p.human_id = decider.human_id);
        if found then
          raise exception 'whoever entered a score or submitted the claim cannot decide it'
            using errcode = 'restrict_violation', constraint = 'claim_decision_four_eyes';
        end if;
        return null;
      end $$;

      create function refuse_one_human_for_two_parties() returns trigger language plpgsql as $$
      begin
        perform 1
          from activation_consent other
          join person theirs on theirs.id = other.person_id
          join person own on own.id = new.person_id
         where other.contract_id = new.contract_id and other.terms_number = new.terms_number
           and other.document_hash = new.document_hash and other.duty <> new.duty
           and theirs.human_id = own.human_id;
        if found then
          raise exception 'one human cannot agree for both parties'
            using errcode = 'restrict_violation', constraint = 'activation_consent_two_people';
        end if;
        return null;
      end $$;
      create trigger activation_consent_two_humans after insert on activation_consent
        for each row execute function refuse_one_human_for_two_parties();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger activation_consent_two_humans on activation_consent;
      drop function refuse_one_human_for_two_parties();
      create or replace function refuse_own_decision() returns trigger language plpgsql as $$
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
      drop table account_recognition;
      drop trigger person_stays_recognised on person;
      drop trigger person_is_somebody on person;
      drop function refuse_parting_of_accounts(), first_account_is_own_human();
      alter table person drop column human_id;
    `);
  }
}
