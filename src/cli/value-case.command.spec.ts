import { resolve } from 'node:path';
import { runCli } from './run.js';

const FILE = resolve(__dirname, '../../examples/value-cases/worcestershire-loneliness.yaml');

async function outturn(...args: string[]) {
  const said = { out: '', err: '' };
  const status = await runCli(args, {
    environment: {},
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  });
  return { status, ...said };
}

describe('outturn value-case', () => {
  it('prints the report in tables and sentences', async () => {
    const { status, out, err } = await outturn('value-case', FILE);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('NHS £280; County council adult social care £140');
    expect(out).toMatch(/all kinds together +│ +£1,045 │ +£3,135,000 │/);
    expect(out).toContain('Slips of the source');
  });

  it('prints it as JSON, with amounts as texts', async () => {
    const { status, out } = await outturn('value-case', FILE, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      code: 'worcestershire-loneliness-value',
      totals: { all: { each: '1045.00', expected: '3135000.00' } },
      differences: expect.arrayContaining([
        expect.objectContaining({ id: 'care-value', grade: 'rounded' }),
      ]),
    });
  });

  it('writes it as Markdown', async () => {
    const { status, out } = await outturn('value-case', FILE, '--markdown');
    expect(status).toBe(0);
    expect(out).toMatch(/^# What a point of loneliness less is worth/);
  });

  it('refuses what is no value case, and a file that is not there', async () => {
    const terms = resolve(__dirname, '../../examples/reboot-west/terms.yaml');
    expect(await outturn('value-case', terms)).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringContaining('VALUE_CASE_REFUSED'),
    });
    expect(await outturn('value-case', 'nowhere.yaml')).toMatchObject({
      status: 1,
      err: expect.stringContaining('FILE_NOT_READABLE'),
    });
  });

  it('takes one form at a time', async () => {
    expect(await outturn('value-case', FILE, '--json', '--markdown')).toMatchObject({ status: 2 });
  });
});
