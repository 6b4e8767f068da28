// The command line on the audit log: what is printed, written and refused, and what a stranger's verifier makes of it.
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { runCli } from '../../../src/cli/run.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import { startTestApp, startTestWorker, type TestApp } from '../../support/harness.js';
import { asOwner, rowsOfOwner } from '../../support/owner.js';
import { parseReceipt } from '../../../src/domain/log/receipt.js';
import { parseNote } from '../../../src/domain/log/signed-note.js';
import { aReviewedQuarter, type ReviewedQuarter } from '../../support/reviewed-quarter.js';

let service: TestApp;
let quarter: ReviewedQuarter;
let folder: string;
let keyFile: string;
let claimSeq: string;

/** A command line as it would be typed, with what it wrote and the status it ended with. */
async function outturn(args: string, key?: string | null) {
  const written = { out: '', err: '' };
  const terminal: Terminal = {
    environment: { ...process.env, ...(key ? { OUTTURN_API_KEY: key } : {}) },
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  };
  return { status: await runCli(args.split(' '), terminal), ...written };
}

/** What a stranger's verifier says of a bundle, for whoever knows the key of the log. */
function verdictOf(bundle: string, vkey: string): string {
  writeFileSync(join(folder, 'policy'), `log ${vkey}\nquorum none\n`);
  const args = [
    'verifier/outturn-verify.mjs',
    bundle,
    '--policy',
    join(folder, 'policy'),
    '--json',
  ];
  try {
    return execFileSync('node', args, { encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
const vkey = async () => (await service.stranger.get('/v1/log/key').expect(200)).text.trim();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outturn-cli-log-'));
  keyFile = join(folder, 'log.pem');
  copyFileSync(process.env['LOG_SIGNING_KEY_FILE']!, keyFile);
  process.env['LOG_SIGNING_KEY_FILE'] = keyFile;
  service = await startTestApp();
  const worker = await startTestWorker();
  quarter = await aReviewedQuarter(service, 'typed');
  await worker.close(); // from here on nothing is sealed but by the command
  const { path, provider, computation } = quarter;
  const { body } = await provider.post(`${path}/claims`, { computation }).expect(201);
  claimSeq = String(parseReceipt(parseNote(body.receipt).text).seq);
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('outturn log', () => {
  it('seals what waits, says how much, and says so when nothing waits', async () => {
    const first = await outturn('log seal');
    expect(first).toMatchObject({ status: 0, err: '' });
    expect(first.out).toMatch(/^\d+ entries sealed; the audit log has \d+ leaves\.\n$/);
    expect(await outturn('log seal')).toEqual({
      status: 0,
      out: 'Nothing waits to be sealed.\n',
      err: '',
    });
    expect(await outturn('log seal --json')).toMatchObject({ out: '{"sealed":null}\n' });
  });

  it('prints the latest checkpoint as it is published, and that nobody cosigned it', async () => {
    const { text } = await service.stranger.get('/v1/log/checkpoint').expect(200);
    const printed = await outturn('log checkpoint');
    expect(printed).toEqual({
      status: 0,
      out: text,
      err: expect.stringContaining('Unwitnessed'),
    });
    const { size, witnessed, note } = JSON.parse((await outturn('log checkpoint --json')).out);
    expect([size, witnessed, note]).toEqual([text.split('\n')[1], false, text]);
  });

  it('replaces its key: the old one declares the new, which signs from then on', async () => {
    const before = await vkey();
    const rotated = await outturn('log rotate-key --json');
    expect(rotated).toMatchObject({ status: 0, err: '' });
    const { vkey: next, retired } = JSON.parse(rotated.out) as Record<string, string>;
    expect([next === before, await vkey()]).toEqual([false, next]);
    expect([existsSync(retired!), existsSync(`${keyFile}.next`)]).toEqual([true, false]);
    const [declared] = await rowsOfOwner<{ body: string }>(
      `select body from audit_entry where type = 'log.key-declared' order by seq desc limit 1`,
    );
    expect(JSON.parse(declared!.body).payload.vkey).toBe(next);
    await service.administrator
      .post('/v1/people', { name: 'After', email: 'after@x.example' })
      .expect(201);
    await outturn('log seal');
    const [, , , , signature] = (await outturn('log checkpoint')).out.split('\n');
    const [name, id] = next!.split('+');
    expect(signature).toMatch(new RegExp(`^— ${name} `));
    expect(Buffer.from(signature!.split(' ')[2]!, 'base64').subarray(0, 4).toString('hex')).toBe(
      id,
    );
  });
});

describe('outturn log rotate-key where it cannot be', () => {
  afterEach(() => (process.env['LOG_SIGNING_KEY_FILE'] = keyFile));

  it('says that nothing can be written beside the key, and declares nothing', async () => {
    const before = await vkey();
    const key = openSync(keyFile, 'r');
    process.env['LOG_SIGNING_KEY_FILE'] = `/dev/fd/${key}`; // a folder in which nobody makes a file
    const { status, err } = await outturn('log rotate-key');
    closeSync(key);
    expect([status, err]).toEqual([1, expect.stringContaining('FILE_NOT_WRITABLE')]);
    expect(err).toContain(`"/dev/fd/${key}.next" cannot be written`);
    process.env['LOG_SIGNING_KEY_FILE'] = keyFile;
    expect(await vkey()).toBe(before);
  });

  it('says so of a key that the log has given up, and makes no new one beside it', async () => {
    const [retired] = readdirSync(dirname(keyFile)).filter((name) =>
      new RegExp(`^${basename(keyFile)}\\.[0-9a-f]{8}$`).test(name),
    );
    const given = join(dirname(keyFile), retired!);
    process.env['LOG_SIGNING_KEY_FILE'] = given;
    const { status, err } = await outturn('log rotate-key');
    expect([status, err]).toEqual([1, expect.stringContaining('LOG_SIGNING_KEY_NOT_DECLARED')]);
    expect(existsSync(`${given}.next`)).toBe(false);
  });
});

describe('outturn audit bundle', () => {
  it.each([
    ['--claim 1', 'claim'],
    ['--contract', 'contract'],
    ['--participant P-1', 'participant'],
    ['--line typed.3.1', 'line'],
  ])('%s writes a file that a stranger can check', async (what, subject) => {
    await outturn('log seal');
    const file = join(folder, `${subject}.bundle`);
    expect(await outturn(`audit bundle typed ${what} --out ${file}`, quarter.provider.key)).toEqual(
      { status: 0, out: '', err: '' },
    );
    expect(JSON.parse(verdictOf(file, await vkey()))).toMatchObject({
      verdict: 'UNWITNESSED',
      firstBad: null,
    });
    expect(readFileSync(file, 'utf8')).toContain(`"subject":{`);
    expect(readFileSync(file, 'utf8').split('\n')[0]).toContain(`"type":"${subject}"`);
  });

  it('--entry writes one act to the output, and it is proved', async () => {
    await outturn('log seal');
    const { status, out } = await outturn(
      `audit bundle typed --entry ${claimSeq}`,
      quarter.provider.key,
    );
    expect(status).toBe(0);
    const file = join(folder, 'entry.bundle');
    writeFileSync(file, out);
    expect(JSON.parse(verdictOf(file, await vkey()))).toMatchObject({ verdict: 'UNWITNESSED' });
    writeFileSync(file, out.replace('claim.submitted', 'claim.submitteD'));
    expect(JSON.parse(verdictOf(file, await vkey()))).toMatchObject({ verdict: 'INVALID' });
  });

  it.each([
    ['', 'BUNDLE_SUBJECT_UNCLEAR'],
    ['--claim 1 --contract', 'BUNDLE_SUBJECT_UNCLEAR'],
    ['--claim x', 'BUNDLE_SUBJECT_UNCLEAR'],
    ['--claim 9', 'NOT_FOUND'],
    ['--entry 999', 'NOT_FOUND'],
    ['--statement 2015-Q4', 'NOT_FOUND'],
    ['--contract --since 99999', 'NOT_A_SIZE_OF_THE_LOG'],
  ])('refuses %j and writes nothing', async (what, code) => {
    const file = join(folder, `none-${code}-${what.length}`);
    const refused = await outturn(
      `audit bundle typed ${what} --out ${file}`.replace(/ +/g, ' '),
      quarter.provider.key,
    );
    expect([refused.status, refused.out]).toEqual([1, '']);
    expect(refused.err).toContain(code);
  });

  it('is refused to an investor but of a statement, and to nobody', async () => {
    const { investor } = quarter;
    for (const what of ['--claim 1', '--contract', '--entry 1', '--participant P-1'])
      expect(await outturn(`audit bundle typed ${what}`, investor.key)).toMatchObject({
        status: 1,
        out: '',
        err: expect.stringContaining('PERMISSION_REFUSED'),
      });
    expect((await outturn('audit bundle typed --contract')).err).toContain('KEY_MISSING');
  });
});

describe('outturn activity', () => {
  it('lists what was done in sentences, narrowed, page by page', async () => {
    const { provider, commissioner } = quarter;
    const claims = await outturn('activity list typed --type claim.submitted', commissioner.key);
    expect(claims).toMatchObject({ status: 0, err: '' });
    expect(claims.out).toMatch(
      new RegExp(
        `^typed ${claimSeq}  \\S+Z  ${provider.name} submitted claim 1: 3 lines, £3,960\\.00\\. \\[sealed\\]\\n$`,
      ),
    );
    const first = await outturn('activity list typed --limit 2 --json', commissioner.key);
    const { items, next } = JSON.parse(first.out);
    const second = await outturn(
      `activity list typed --limit 2 --cursor ${next}`,
      commissioner.key,
    );
    expect(second.out).toContain(`typed ${Number(items[1].seq) - 1} `);
    expect(second.out).toContain('There is more: --cursor ');
    const nothing = await outturn('activity list typed --before 2001-01-01', commissioner.key);
    expect(nothing.out).toBe('Nothing fits.\n');
    const person = await outturn(`activity person ${items[0].personId}`, commissioner.key);
    expect(person.out).toContain(items[0].sentence);
  });

  it('verifies one record, and ends with 4 where it was altered', async () => {
    await outturn('log seal');
    const good = await outturn(`activity verify typed ${claimSeq}`, quarter.commissioner.key);
    expect([good.status, good.out]).toEqual([0, expect.stringContaining('is as it was written')]);
    await asOwner(async (tx) => {
      await tx.query('set local session_replication_role = replica');
      await tx.query(
        `update audit_entry set body = replace(body, '"totalMinor":"396000"', '"totalMinor":"39600"') where seq = $1`,
        [claimSeq],
      );
    });
    const bad = await outturn(`activity verify typed ${claimSeq}`, quarter.commissioner.key);
    expect([bad.status, bad.out]).toEqual([
      4,
      expect.stringContaining('was changed after it was written'),
    ]);
  });

  it('exports, and the export is an act; formulas are no formulas in a spreadsheet', async () => {
    const file = join(folder, 'activity.csv');
    await asOwner((tx) =>
      tx.query(`update person set name = '=HYPERLINK("x")' where email = $1`, [
        quarter.verifier.email,
      ]),
    );
    await quarter.verifier.get(`${quarter.path}/participants`).expect(200);
    const done = await outturn(
      `activity export typed --type personal-data.listed --out ${file}`,
      quarter.commissioner.key,
    );
    expect(done).toEqual({ status: 0, out: '', err: '' });
    const [head, row] = readFileSync(file, 'utf8').split('\r\n');
    expect(head).toBe(
      'number,recorded_at,effective_on,type,person_id,person,duty,party,sentence,sealed,witnessed,hash',
    );
    expect(row).toContain(`"'=HYPERLINK(""x"")","verifier"`.replace('"verifier"', 'verifier'));
    expect(row).toContain(`"'=HYPERLINK(""x"") read a list of 4 participants`);
    const again = await outturn('activity export typed --format jsonl', quarter.commissioner.key);
    const told = again.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(told.map(({ seq }) => seq)).toEqual(told.map((_, index) => String(index + 1)));
    expect(told.at(-1)).toMatchObject({
      type: 'activity.exported',
      sentence: expect.stringContaining('as CSV, narrowed to type personal-data.listed.'),
    });
  });

  it.each([
    ['activity list typed --type claim.vanished', 2],
    ['activity list typed --from 2015-02-30', 2],
    ['activity list typed --person somebody', 2],
    ['activity list typed --claim 99', 1],
    ['activity list typed --participant P-99', 1],
    ['activity verify typed 99999', 1],
    ['activity verify typed x', 2],
    ['activity list nowhere', 1],
  ])('%s ends with %d', async (args, status) =>
    expect((await outturn(args, quarter.commissioner.key)).status).toBe(status),
  );

  it('is refused to an investor', async () => {
    for (const args of ['list typed', 'verify typed 1', 'export typed'])
      expect(await outturn(`activity ${args}`, quarter.investor.key)).toMatchObject({
        status: 1,
        out: '',
        err: expect.stringContaining('PERMISSION_REFUSED'),
      });
  });
});
