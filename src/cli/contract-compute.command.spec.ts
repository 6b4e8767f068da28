import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCli } from './run.js';

const NEWPIN = resolve(__dirname, '../../examples/contracts/newpin');

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

describe('outturn contract compute', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'outturn-folder-'));
    cpSync(NEWPIN, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const expecting = (change: (expected: Record<string, unknown>) => void) => {
    const file = join(folder, 'expected.json');
    const expected = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    change(expected);
    writeFileSync(file, JSON.stringify(expected));
  };

  it('says that the folder comes to what it expects', async () => {
    const { status, out, err } = await outturn('contract', 'compute', folder);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('It comes to what expected.json says.');
  });

  it('says where it does not, and ends with a status of its own', async () => {
    expecting((expected) => {
      expected['total'] = '1755000.01';
      expected['clauses'] = { '1': '1715000' };
      expected['counts'] = { '2': { paid: 99 } };
    });
    const { status, out } = await outturn('contract', 'compute', folder);
    expect(status).toBe(4);
    expect(out).toContain('It does not come to what expected.json says:');
    expect(out).toContain('  In all: A$1,755,000.01 expected, A$1,755,000.00 computed');
    expect(out).toContain('  Clause 2: A$0.00 expected, A$40,000.00 computed');
    expect(out).toMatch(/ {2}Outcomes counted under clause 2: 99 expected, \d+ computed/);
    expect(out).not.toContain('  Clause 1:');
    const asJson = await outturn('contract', 'compute', folder, '--json');
    expect(asJson.status).toBe(4);
    expect(JSON.parse(asJson.out)).toMatchObject({
      expected: expect.arrayContaining([
        { what: 'In all', expected: 'A$1,755,000.01', computed: 'A$1,755,000.00' },
      ]),
    });
  });

  it('compares with nothing where nothing is expected', async () => {
    rmSync(join(folder, 'expected.json'));
    const { status, out } = await outturn('contract', 'compute', folder);
    expect(status).toBe(0);
    expect(out).not.toContain('expected.json');
  });

  it('refuses an expectation that it could not compare', async () => {
    expecting((expected) => Object.assign(expected, { total: 1755000, clause: { '1': '5' } }));
    const { status, err } = await outturn('contract', 'compute', folder);
    expect(status).toBe(1);
    expect(err).toContain('"total" was read as the number 1755000. Write the total in quotes');
    expect(err).toContain('"clause" is not compared.');
    writeFileSync(join(folder, 'expected.json'), '{');
    expect((await outturn('contract', 'compute', folder)).err).toContain('NOT_JSON');
  });

  it('refuses an amendment whose name would leave it unread, and names what is read', async () => {
    renameSync(join(folder, 'terms.yaml'), join(folder, 'amendement-2015-07-01.yaml'));
    cpSync(join(NEWPIN, 'terms.yaml'), join(folder, 'terms.yaml'));
    for (const act of ['compute', 'validate']) {
      const { status, out, err } = await outturn('contract', act, folder);
      expect([status, out]).toEqual([1, '']);
      expect(err).toContain('"amendement-2015-07-01.yaml" would not be read.');
      expect(err).toContain('amendment-YYYY-MM-DD.yaml');
    }
  });
});
