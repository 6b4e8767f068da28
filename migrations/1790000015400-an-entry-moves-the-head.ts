import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The head of a stream is moved by the entry that is added, and by nothing else: until now the service moved it beside
 * the entry, so it could have moved it without one. The entry must follow the head, by number and by hash. Whoever may see
 * a head may still lock it, which PostgreSQL asks the right of updating for, and nobody may write it. An act is quicker by
 * this, too: what a person may do is looked up twice for its entry and not six times.
 */
export class AnEntryMovesTheHead1790000015400 implements MigrationInterface {
  name = 'AnEntryMovesTheHead1790000015400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${POLICIES.map(([name]) => `drop policy ${name} on audit_head;`).join('\n')}
      create policy audit_head_locked on audit_head for update to outturn_app using (true) with check (false);
      comment on policy audit_head_locked on audit_head is
        'for "select … for update" of whatever head is seen; writing one is refused to everybody';

      create function move_audit_head() returns trigger
        security definer set search_path = pg_catalog, public, pg_temp language plpgsql as $$
      begin
        update audit_head h set seq = new.seq, hash = new.hash
         where h.stream = new.stream and h.hash = new.previous_hash;
        if not found then
          raise exception 'entry % of stream % does not follow the one before it', new.seq, new.stream
            using errcode = 'restrict_violation', hint = 'Record the act through AuditService.';
        end if;
        return null;
      end $$;
      create trigger audit_entry_moves_head after insert on audit_entry for each row execute function move_audit_head();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger audit_entry_moves_head on audit_entry;
      drop function move_audit_head();
      drop policy audit_head_locked on audit_head;
      ${POLICIES.map(([name, rows]) => `create policy ${name} on audit_head for update to outturn_app ${rows};`).join('\n')}
    `);
  }
}

const is = (part: string) => `(select acting_as()) = '${part}'`;
const OF_SERVICE = `stream = 'service'`;

/** Who could move a head until now, and down() gives it back. */
const POLICIES: readonly (readonly [name: string, rows: string])[] = [
  [
    'audit_head_update',
    `using (stream = any((select contracts_where('contract:read'))::text[]) or ${is('operator')}
      or ${OF_SERVICE} and (select acting_as()) in ('person', 'authenticator')
      or ${is('worker')} and stream = any((select acting_within())::text[])
      or stream = any((select contracts_managed())::text[]))`,
  ],
  ['audit_head_eraser_update', `using (${is('eraser')})`],
  ['audit_head_replayer_update', `using (${is('replayer')})`],
  ['audit_head_rewrapper_update', `using (${is('rewrapper')} and ${OF_SERVICE})`],
  [
    'audit_head_key_declared_next',
    `using (${is('sealer')} and ${OF_SERVICE}) with check (${is('sealer')} and ${OF_SERVICE})`,
  ],
];
