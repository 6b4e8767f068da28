import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An audit entry commits to the lines of a claim, and to those of each act of decision, by the root of a tree
 * (docs/audit-log.md), and every leaf of it is hidden by a salt out of the act's own. So a claim and each act keep their
 * salt, and which entry records them; decisions say which act they belong to, since two acts may be of the same instant.
 * Acts from before have a digest of another kind in their entry, and none of this.
 */
export class LinesAsATree1790000014500 implements MigrationInterface {
  name = 'LinesAsATree1790000014500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table claim add column recorded_seq bigint,
        add column lines_salt bytea,
        add constraint claim_lines_salt_whole check (octet_length(lines_salt) = 32);
      comment on column claim.recorded_seq is 'the audit entry that records the submission';
      comment on column claim.lines_salt is '32 random bytes, out of which the salt of each line of the submission is made';

      create table claim_decision_act (
        claim_id uuid not null references claim,
        act integer not null check (act > 0),
        recorded_seq bigint not null,
        salt bytea not null check (octet_length(salt) = 32),
        primary key (claim_id, act)
      );
      comment on table claim_decision_act is 'acts of decision on a claim, each with the audit entry that records it';
      comment on column claim_decision_act.salt is '32 random bytes, out of which the salt of each decided line is made';
      create trigger claim_decision_act_append_only before update or delete or truncate on claim_decision_act
        execute function refuse_change();

      alter table claim_decision add column act integer,
        add constraint claim_decision_of_act foreign key (claim_id, act) references claim_decision_act;

      grant select, insert on claim_decision_act to outturn_app;
      alter table claim_decision_act enable row level security;
      create policy claim_decision_act_select on claim_decision_act for select to outturn_app
        using (${ofClaim('claim:read')});
      create policy claim_decision_act_insert on claim_decision_act for insert to outturn_app
        with check (${ofClaim('claim:decide')});
    `);
  }

  /** The salts are lost, and with them what the roots in the entries commit to: no line of those acts can be shown again. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table claim_decision drop column act;
      drop table claim_decision_act;
      alter table claim drop column recorded_seq, drop column lines_salt;
    `);
  }
}

const ofClaim = (permission: string): string =>
  `exists (select 1 from claim c where c.id = claim_id
     and c.contract_id = any((select contracts_where('${permission}'))::uuid[]))`;
