import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { FiguresAndEffects1790000004000 } from '../../migrations/1790000004000-figures-and-effects.js';

describe('the schema of the record', () => {
  const client = new Client({ connectionString: process.env['DATABASE_URL'] });
  beforeAll(() => client.connect());
  afterAll(() => client.end());

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
