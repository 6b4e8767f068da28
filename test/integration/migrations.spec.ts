import fs from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { DaysOnWhichSpellsEnd1790000005000 as DaysOnWhichSpellsEnd } from '../../migrations/1790000005000-days-on-which-spells-end.js';
import { NarrowerMeasurements1790000007000 } from '../../migrations/1790000007000-narrower-measurements.js';
import type { QueryRunner } from 'typeorm';
import { MIGRATIONS } from '../../src/platform/database/data-source.js';
import { FiguresAndEffects1790000004000 } from '../../migrations/1790000004000-figures-and-effects.js';

describe('the schema of the record', () => {
  const client = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
  const runnerOfClient = client as unknown as QueryRunner;
  const STAMP = 1790000007000;
  const later = MIGRATIONS.filter((one) => Number(/\d{13}$/.exec(new one().name)![0]) > STAMP);
  beforeAll(async () => {
    await client.connect();
    // earlier ones can be taken back only after those that rest on them
    for (const Migration of later.toReversed()) await new Migration().down(runnerOfClient);
  });
  afterAll(() => client.end());

  it('runs every migration that there is, oldest first', () => {
    const files = fs.readdirSync(path.resolve('migrations')).sort();
    const stamps = MIGRATIONS.map((migration) => /\d{13}$/.exec(new migration().name)?.[0]);
    expect(stamps).toEqual(files.map((file) => file.slice(0, 13)));
  });

  it('refuses to change what was recorded', async () => {
    await client.query(
      `insert into person (id, email, name) values ('00000000-0000-7000-8000-000000000001', 'a@example.org', 'A')`,
    );
    await client.query(
      `insert into contract (id, code, title, state, created_by) values
        ('00000000-0000-7000-8000-000000000002', 'trial', 'Trial', 'draft', '00000000-0000-7000-8000-000000000001')`,
    );
    await client.query(
      `insert into participant (contract_id, reference) values ('00000000-0000-7000-8000-000000000002', 'P1')`,
    );
    await expect(client.query(`update participant set reference = 'P2'`)).rejects.toThrow(
      'participant is append-only: update is refused',
    );
    await expect(client.query('delete from participant')).rejects.toThrow('append-only');
    await expect(client.query('truncate participant cascade')).rejects.toThrow('append-only');
  });

  it('holds ends of spells, only where they can be, and gives up the column only while it is empty', async () => {
    const runner = client as unknown as Parameters<DaysOnWhichSpellsEnd['up']>[0];
    const change = new DaysOnWhichSpellsEnd();
    const spell = (reference: string, status: string, endedOn: string | null) =>
      client.query(
        `insert into measurement (participant_id, metric, occurrence, version, measured_on, ended_on, status, recorded_seq)
         values (1, 'home', $1, 1, '2015-06-02', $3, $2, 1)`,
        [reference, status, endedOn],
      );
    await change.down(runner);
    await expect(spell('T-1', 'recorded', null)).rejects.toThrow('ended_on');
    await change.up(runner);
    await spell('T-1', 'recorded', null);
    await change.down(runner);
    await change.up(runner);
    await expect(spell('T-2', 'recorded', '2015-06-02')).rejects.toThrow('ended_after_start');
    await expect(spell('T-2', 'void', '2015-06-03')).rejects.toThrow('ended_after_start');
    await spell('T-2', 'recorded', '2015-06-03');
    await expect(change.down(runner)).rejects.toThrow('ends of spells are recorded');
  });

  it('carries every measurement over to narrower rows and back', async () => {
    const runner = client as unknown as QueryRunner;
    const migration = new NarrowerMeasurements1790000007000();
    await client.query(
      `insert into measurement (participant_id, metric, occurrence, version, measured_on, status, value, mode, items, note,
                                recorded_seq, correction_reason)
       values (1, 'ucla', '6m', 1, '2015-12-10', 'recorded', 6.50, 'telephone', '{"a": 2}', 'sealed:1:bm90ZQ==', 2, null),
              (1, 'ucla', '6m', 2, '2015-12-11', 'declined', null, null, null, null, 3, 'sealed:1:cmVhc29u')`,
    );
    const kept = async () =>
      (
        await client.query<{ row: string }>(
          `select to_jsonb(m) - 'import_id' as row from measurement m order by participant_id, metric, occurrence, version`,
        )
      ).rows;
    const before = await kept();
    expect(before.length).toBeGreaterThanOrEqual(2);
    await client.query('begin');
    await migration.down(runner);
    expect(await kept()).toEqual(before);
    await migration.up(runner);
    expect(await kept()).toEqual(before);
    await client.query('savepoint refused');
    await expect(client.query('delete from measurement')).rejects.toThrow('append-only');
    await client.query('rollback');
  });

  it('lets the rows that are written in bulk lie where they are when it divides their tables', async () => {
    const places = async () =>
      (await client.query('select ctid, m.* from measurement m order by ctid')).rows as unknown[];
    const before = await places();
    expect(before.length).toBeGreaterThan(0);
    await client.query('begin');
    for (const Migration of later) await new Migration().up(runnerOfClient);
    expect(await places()).toEqual(before);
    for (const table of ['measurement', 'measurement_recorded']) {
      await client.query('savepoint refused');
      await expect(client.query(`delete from ${table}`)).rejects.toThrow('append-only');
      await client.query('rollback to refused');
    }
    for (const Migration of later.toReversed()) await new Migration().down(runnerOfClient);
    expect(await places()).toEqual(before);
    await client.query('rollback');
  });

  it('gives figures and signed results up again, and takes them back', async () => {
    const runner = client as unknown as QueryRunner;
    const migration = new FiguresAndEffects1790000004000();
    const kept = async () =>
      (
        await client.query<{ name: string | null }>(
          `select to_regclass('contract_figure')::text as name union all select to_regclass('effect_result')::text`,
        )
      ).rows.map(({ name }) => name);
    await client.query('begin');
    await migration.down(runner);
    expect(await kept()).toEqual([null, null]);
    await migration.up(runner);
    expect(await kept()).toEqual(['contract_figure', 'effect_result']);
    await client.query('rollback');
  });
});
