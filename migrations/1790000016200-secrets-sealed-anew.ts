import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A new key of the service takes over all that is sealed under the old one, and not only the keys of participants: seeds of
 * authenticators, without which nobody who has one signs in, and letters that wait. The rewrapper does it, and sees of
 * those rows what these functions give.
 */
export class SecretsSealedAnew1790000016200 implements MigrationInterface {
  name = 'SecretsSealedAnew1790000016200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function seeds_sealed(after_factor uuid, most integer)
        returns table (id uuid, person_id uuid, sealed bytea) ${SAFE} language sql as $$
        select f.id, f.person_id, f.sealed_seed from second_factor f
         where acting_as() = 'rewrapper' and f.sealed_seed is not null and f.id > after_factor
         order by f.id limit most for update
      $$;

      create function seal_seed_anew(factor uuid, anew bytea) returns void ${SAFE} language plpgsql as $$
      begin
        ${only('seals seeds anew')}
        update second_factor f set sealed_seed = anew where f.id = factor and f.sealed_seed is not null;
      end $$;
      comment on function seal_seed_anew(uuid, bytea) is
        'the one way in which a seed changes: an authenticator is offered with it, and keeps it';

      create function letters_sealed(after_letter uuid, most integer)
        returns table (id uuid, sealed bytea) ${SAFE} language sql as $$
        select l.id, l.sealed from letter l
         where acting_as() = 'rewrapper' and l.id > after_letter order by l.id limit most for update
      $$;

      create function seal_letter_anew(waiting uuid, anew bytea) returns void ${SAFE} language plpgsql as $$
      begin
        ${only('seals letters anew')}
        update letter l set sealed = anew where l.id = waiting;
      end $$;

      revoke all on function ${FUNCTIONS} from public;
      grant execute on function ${FUNCTIONS} to outturn_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function ${FUNCTIONS}`);
  }
}

const SAFE = 'security definer set search_path = pg_catalog, public, pg_temp';
const FUNCTIONS =
  'seeds_sealed(uuid, integer), seal_seed_anew(uuid, bytea), letters_sealed(uuid, integer), seal_letter_anew(uuid, bytea)';

/** That nobody acts is refused too. */
const only = (does: string): string => `
        if acting_as() is distinct from 'rewrapper' then
          raise exception 'only the rewrapper ${does}' using errcode = 'insufficient_privilege';
        end if;`;
