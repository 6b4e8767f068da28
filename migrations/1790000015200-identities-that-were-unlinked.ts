import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An identity at a provider that was unlinked stays known, with the instant: whoever takes it from one account to another
 * is one human with two accounts, and counts as one where two people are asked for. Before, its row was deleted.
 */
export class IdentitiesThatWereUnlinked1790000015200 implements MigrationInterface {
  name = 'IdentitiesThatWereUnlinked1790000015200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table provider_identity
        add column unlinked_at timestamptz,
        add constraint provider_identity_unlinked_after_linked check (unlinked_at >= linked_at),
        drop constraint provider_identity_once;
      create unique index provider_identity_once on provider_identity (issuer, subject) where unlinked_at is null;
      create index provider_identity_by_subject on provider_identity (issuer, subject);
      comment on column provider_identity.unlinked_at is
        'since then the identity signs nobody in; kept, so that one subject on two accounts is still seen';
    `);
  }

  /** What was unlinked is forgotten again, as it was before. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from provider_identity where unlinked_at is not null;
      drop index provider_identity_by_subject, provider_identity_once;
      alter table provider_identity
        add constraint provider_identity_once unique (issuer, subject),
        drop column unlinked_at;
    `);
  }
}
