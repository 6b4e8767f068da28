import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reading about individuals is an act, and each reading has its entry. Who may not see a thing cannot write down having
 * seen it either: such an entry is refused, and with it the answer that waits for it. An index finds what one person did.
 */
export class ReadingIsAnAct1790000015100 implements MigrationInterface {
  name = 'ReadingIsAnAct1790000015100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create policy audit_entry_of_reading on audit_entry as restrictive for insert to outturn_app with check (${READINGS});
      create index audit_entry_by_person on audit_entry (person_id, recorded_at, stream, seq) where person_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index audit_entry_by_person;
      drop policy audit_entry_of_reading on audit_entry;
    `);
  }
}

/** Each kind of reading, and what allows it. */
const ALLOWED_BY: Readonly<Record<string, readonly string[]>> = {
  'personal-data.read': ['participant:read', 'measurement:read'],
  'personal-data.listed': ['participant:read'],
  'personal-data.exported': ['measurement:read'],
  'lines.read': ['line:read', 'claim:read'],
  'lines.exported': ['line:read'],
  'bundle.taken': ['line:read', 'claim:read', 'audit:read'],
  'activity.exported': ['audit:read'],
};

const READINGS = `case type ${Object.entries(ALLOWED_BY)
  .map(([type, permissions]) => {
    const named = permissions.map((one) => `'${one}'`).join(', ');
    return `when '${type}' then stream = any((select contracts_where(${named}))::text[])`;
  })
  .join(' ')} else true end`;
