import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Direct identifiers, sealed under a key that participant_key alone holds, and consent: both as dated facts that are only
 * ever added. An identifier that is corrected or taken back is a new version; its older versions stay sealed, and are
 * erased with all others when the key is.
 */
export class IdentifiersAndConsent1790000013100 implements MigrationInterface {
  name = 'IdentifiersAndConsent1790000013100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table participant_identifier (
        participant_id bigint not null references participant,
        identifier text not null constraint participant_identifier_known
          check (identifier in ('name', 'dateOfBirth', 'postcode', 'nhsNumber', 'phone', 'email')),
        version integer not null check (version > 0),
        sealed text constraint participant_identifier_sealed check (sealed like 'sealed:1:%'),
        recorded_seq bigint not null,
        primary key (participant_id, identifier, version)
      );
      comment on column participant_identifier.sealed is 'null where the identifier was taken back';
      create trigger participant_identifier_append_only before update or delete or truncate on participant_identifier
        execute function refuse_change();

      create table participant_consent (
        participant_id bigint not null references participant,
        scope text not null constraint participant_consent_scope_known
          check (scope in ('service', 'evaluation', 'sharing', 'matching')),
        version integer not null check (version > 0),
        act text not null constraint participant_consent_act_known check (act in ('given', 'withdrawn')),
        effective_on date not null,
        recorded_seq bigint not null,
        primary key (participant_id, scope, version)
      );
      create trigger participant_consent_append_only before update or delete or truncate on participant_consent
        execute function refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ begin
        if exists (select from participant_consent) or exists (select from participant_identifier) then
          raise exception 'consent or identifiers are recorded: dropping them would lose what was said';
        end if;
      end $$;
      drop table participant_consent, participant_identifier;
    `);
  }
}
