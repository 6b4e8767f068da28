import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Organisations and the people who belong to them. A party of a contract is an organisation once an administrator has
 * said which; from then on only its own people can act for the party, and whoever leaves it acts for it no more. Access
 * reviews are kept: who looked at whose access, when, and what was ended.
 */
export class Organisations1790000011200 implements MigrationInterface {
  name = 'Organisations1790000011200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table organisation (
        id uuid primary key,
        name text not null constraint organisation_name_size check (length(name) between 1 and 200),
        created_by uuid not null references person,
        created_at timestamptz not null default now()
      );
      create unique index organisation_name_once on organisation (lower(name));

      create table affiliation (
        organisation_id uuid not null references organisation,
        person_id uuid not null references person,
        is_manager boolean not null,
        granted_by uuid not null references person,
        granted_at timestamptz not null default now(),
        ended_at timestamptz,
        primary key (organisation_id, person_id)
      );
      create index affiliation_by_person on affiliation (person_id);

      create table contract_party (
        contract_id uuid not null references contract,
        party text not null,
        organisation_id uuid not null references organisation,
        named_by uuid not null references person,
        named_at timestamptz not null default now(),
        primary key (contract_id, party)
      );
      create index contract_party_by_organisation on contract_party (organisation_id);
      create trigger contract_party_append_only before update or delete or truncate on contract_party
        execute function refuse_change();

      create function refuse_member_of_another_organisation() returns trigger language plpgsql as $$
      begin
        perform 1
          from contract_party cp
         where cp.contract_id = new.contract_id and cp.party = new.party
           and not exists (select 1 from affiliation a
                            where a.organisation_id = cp.organisation_id and a.person_id = new.person_id
                              and a.ended_at is null);
        if found then
          raise exception 'only people of the organisation can act for this party'
            using errcode = 'restrict_violation', constraint = 'membership_within_organisation';
        end if;
        return new;
      end $$;
      create trigger membership_within_organisation before insert or update on membership
        for each row when (new.ended_at is null) execute function refuse_member_of_another_organisation();

      create table access_review (
        id uuid primary key,
        organisation_id uuid not null references organisation,
        reviewed_by uuid not null references person,
        reviewed_at timestamptz not null
      );
      create index access_review_by_organisation on access_review (organisation_id, reviewed_at);
      create table access_review_item (
        review_id uuid not null references access_review,
        person_id uuid not null references person,
        contract_id uuid not null references contract,
        role text not null,
        outcome text not null constraint access_review_outcome_known check (outcome in ('kept', 'ended')),
        primary key (review_id, person_id, contract_id, role)
      );
      create trigger access_review_append_only before update or delete or truncate on access_review
        execute function refuse_change();
      create trigger access_review_item_append_only before update or delete or truncate on access_review_item
        execute function refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table access_review_item, access_review;
      drop trigger membership_within_organisation on membership;
      drop function refuse_member_of_another_organisation();
      drop table contract_party, affiliation, organisation;
    `);
  }
}
