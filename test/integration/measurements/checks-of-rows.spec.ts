import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { ChecksAndDefaultsOfMeasurements1790000016100 } from '../../../migrations/1790000016100-checks-and-defaults-of-measurements.js';
import { startTestApp, type TestApp } from '../../support/harness.js';

/** Every kind of row that there could be, allowed or not. */
const EVERY_ROW = `
  select 'ucla' as metric, 'baseline' as occurrence, date '2015-06-04' as measured_on, s.status, v.version, x.value, e.ended_on,
         n.note, r.correction_reason
    from (values ('recorded'), ('declined'), ('could-not-collect'), ('void'), ('made-up')) s(status),
         (values (-1), (0), (1), (2)) v(version),
         (values (6.0), (null)) x(value),
         (values (date '2015-06-03'), ('2015-06-04'), ('2015-06-05'), (null)) e(ended_on),
         (values ('sealed:1:x'), ('plain words'), (null)) n(note),
         (values ('sealed:1:x'), ('plain words'), (null)) r(correction_reason)`;

describe('what the database lets a row of measurement say', () => {
  const client = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp();
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await service.stop();
  });

  const checks = async (): Promise<string> => {
    const { rows } = await client.query<{ rule: string }>(
      `select pg_get_expr(conbin, conrelid) as rule from pg_constraint
        where contype = 'c' and conrelid = 'measurement'::regclass`,
    );
    return rows.map(({ rule }) => `coalesce(${rule}, true)`).join(' and ');
  };

  it('is in two checks what it was in six, of every kind of row', async () => {
    const now = await checks();
    await client.query('begin');
    await new ChecksAndDefaultsOfMeasurements1790000016100().down(client as unknown as QueryRunner);
    const before = await checks();
    await client.query('rollback');
    expect(before).not.toBe(now);
    const { rows } = await client.query(
      `select count(*)::int as rows, count(*) filter (where ${now})::int as allowed,
              count(*) filter (where (${now}) <> (${before}))::int as told_apart
         from (${EVERY_ROW}) r`,
    );
    // recorded: 2 values, no end or a later one, 2 notes; else: no value, no end, 2 notes; each a first version or corrected
    expect(rows).toEqual([{ rows: 1440, allowed: 2 * 2 * 2 * 2 + 3 * 2 * 2, told_apart: 0 }]);
  });

  it('is asked of rows that an import copies as well', async () => {
    const { rows } = await client.query<{ conname: string }>(
      `select conname from pg_constraint where contype = 'c' and conrelid = 'measurement_recorded'::regclass order by conname`,
    );
    expect(rows.map((row) => row.conname)).toEqual([
      'measurement_whole',
      'measurement_words_sealed',
    ]);
  });
});
