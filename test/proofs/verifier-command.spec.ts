import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { COMMANDS, type Answer } from '../support/bundles/batch.mjs';
import { anHonestWorld } from '../support/bundles/corpus.mjs';
import { bytesOf } from '../support/bundles/encoding.mjs';
import { INVESTOR, LOG, POLICY } from '../support/bundles/signers.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'outturn-command-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const world = anHonestWorld(7, true);
let count = 0;
function file(content: string | Buffer): string {
  count += 1;
  const name = path.join(folder, String(count));
  fs.writeFileSync(name, content);
  return name;
}
const policy = file(POLICY);
const good = file(world.bytes);

describe.each(Object.entries(COMMANDS))('the verifier of %s', (_, [command, program]) => {
  const run = (...words: string[]) =>
    spawnSync(command, [program, ...words], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      timeout: 50_000,
    });
  const verify = (bundle: string, ...more: string[]) => run(bundle, '--policy', policy, ...more);
  const answerOf = (bundle: string, own = policy): Answer =>
    JSON.parse(run(bundle, '--policy', own, '--json').stdout) as Answer;

  it('says in sentences what is proved and what is not, and the verdict', () => {
    const { stdout, status } = verify(good);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Proved: The log "outturn\.example\/log" signed/);
    expect(stdout).toContain('\nNot proved: ');
    expect(stdout).toMatch(/typed in was true/);
    expect(stdout).toMatch(/Verdict: WITNESSED \(exit status 0\)\n$/);
  });

  it('names the first bad line and its entry', () => {
    const texts = world.bytes.toString().split('\n');
    const at = texts.findIndex((text) => text.includes('"kind":"entry"'));
    const bad = texts.with(at, texts[at]!.replace(/"commitment":"./, '"commitment":"x')).join('\n');
    const closed = verify(file(bad));
    expect(closed.status).toBe(40);
    expect(closed.stdout).toMatch(new RegExp(`^First bad line: ${at + 1}: `));
    const late = texts.with(at, texts[at]!.replace(/"seq":"1"/, '"seq":"2"')).join('\n');
    expect(verify(file(late)).stdout).toMatch(new RegExp(`^First bad line: ${at + 1}, entry 2: `));
  });

  it('answers in JSON when asked', () => {
    const { checkpoint } = world;
    expect(answerOf(good)).toMatchObject({
      verdict: 'WITNESSED',
      exitStatus: 0,
      firstBad: null,
      checkpoint: { origin: LOG.name, size: String(checkpoint.size), root: checkpoint.root },
    });
  });

  it.each([
    ['an empty file', '', 1],
    ['a line feed', '\n', 1],
    ['bytes that are no text', Buffer.from([0, 255, 254, 1, 2]), 1],
    ['zeros', Buffer.alloc(100_000), 1],
    ['a longer line than any', Buffer.alloc(2 ** 24 + 2, 0x20), 1],
    ['brackets without end', Buffer.alloc(1_000_000, 0x5b), 1],
    ['a bundle that is cut off', world.bytes.subarray(0, -1), world.lines.length + 1],
  ])('calls %s INVALID', (__, content, line) => {
    const { stdout, stderr, status } = verify(file(content));
    expect({ stderr, status }).toEqual({ stderr: '', status: 40 });
    expect(stdout).toMatch(new RegExp(`^First bad line: ${line}: `));
  });

  it('calls a file of more than 4 GiB INVALID without reading it', () => {
    const name = file('');
    fs.truncateSync(name, 2 ** 32 + 1);
    expect(answerOf(name)).toMatchObject({ verdict: 'INVALID', firstBad: { line: 1 } });
    fs.unlinkSync(name);
  });

  it.each([
    ['a file that is not there', () => path.join(folder, 'nothing')],
    ['a directory', () => folder],
    ['a device', () => '/dev/zero'],
    ['a pipe that nobody writes to', aPipe],
  ])('cannot be used on %s', (__, name) => {
    const { stdout, stderr, status } = verify(name());
    expect({ stderr, status }).toEqual({ stderr: '', status: 64 });
    expect(stdout).toMatch(/^Nothing was decided: /);
  });

  it.each([
    ['nothing', []],
    ['no policy', [good]],
    ['two bundles', [good, good, '--policy', policy]],
    ['an unknown option', [good, '--policy', policy, '--trust-me']],
    ['a missing value', [good, '--policy']],
    ['a policy that is not there', [good, '--policy', path.join(folder, 'none')]],
    ['a bundle for a kept checkpoint', [good, '--policy', policy, '--known', good]],
    ['a policy for a receipt', [good, '--policy', policy, '--receipt', policy]],
  ])('is plain about %s on its command line', (__, words) => {
    const { stdout, stderr, status } = run(...words);
    expect({ stderr, status }).toEqual({ stderr: '', status: 64 });
    expect(stdout).toMatch(/^Nothing was decided: /);
  });

  const witness = `witness w ${INVESTOR.vkey}`;
  it.each([
    ['empty', ''],
    ['without a quorum', `log ${LOG.vkey}\n`],
    ['cut off', `log ${LOG.vkey}\nquorum none`],
    ['two quorums', `quorum none\nquorum none\n`],
    ['a quorum of nobody', `quorum nobody\n`],
    ['the same log twice', `log ${LOG.vkey}\nlog ${LOG.vkey}\nquorum none\n`],
    ['the same witness twice', `${witness}\nwitness v ${INVESTOR.vkey}\nquorum w\n`],
    ['a name twice', `${witness}\ngroup w all w\nquorum w\n`],
    ['a witness named none', `witness none ${INVESTOR.vkey}\nquorum none\n`],
    ['a log’s key for a witness', `witness w ${LOG.vkey}\nquorum w\n`],
    ['a member twice', `${witness}\ngroup g all w w\nquorum g\n`],
    ['a member of two groups', `${witness}\ngroup g all w\ngroup h any w\nquorum g\n`],
    ['none as a member', `group g any none\nquorum g\n`],
    ['a threshold too high', `${witness}\ngroup g 2 w\nquorum g\n`],
    ['a threshold of none', `${witness}\ngroup g 0 w\nquorum g\n`],
    ['a group of itself', `${witness}\ngroup g all g\nquorum g\n`],
    ['a group of nobody', `group g all\nquorum g\n`],
    ['a group that comes later', `quorum g\n${witness}\ngroup g all w\n`],
    ['lines that Windows ends', `log ${LOG.vkey}\r\nquorum none\r\n`],
    ['an unknown word', `trust ${LOG.vkey}\nquorum none\n`],
    ['a word too many', `quorum none none\n`],
    ['a key id that is wrong', `log ${LOG.vkey.replace(/\+./, '+z')}\nquorum none\n`],
  ])('cannot use a policy: %s', (__, text) => {
    expect(answerOf(good, file(text))).toMatchObject({ verdict: null, exitStatus: 64 });
  });

  it.each([
    ['the other witness as well', 'group both all w v\nquorum both', 'WITNESSED'],
    ['one of two', 'group one any w v\nquorum one', 'WITNESSED'],
    ['two by number', '\tgroup two\t2 w v \nquorum two', 'WITNESSED'],
    ['a group of groups', 'group a any w\ngroup b 1 v\ngroup c all a b\nquorum c', 'WITNESSED'],
    ['nobody', 'quorum none', 'UNWITNESSED'],
    ['a stranger too', 'witness s STRANGER\ngroup all3 all w v s\nquorum all3', 'UNWITNESSED'],
  ])('asks for %s where the policy does', (__, rest, verdict) => {
    const commissioner = POLICY.split('\n')[3]!.replace('witness commissioner', 'witness v');
    const text = `# a comment\n\n${POLICY.split('\n')[1]}\n${witness}\n${commissioner}\n${rest}\n`;
    expect(answerOf(good, file(text.replace('STRANGER', aStranger()))).verdict).toBe(verdict);
  });

  it('prints no name as it came: controls, escapes, marks of direction, a million characters', () => {
    const name = `\u001b[2J\u202e\u0007\u009b31m${'x'.repeat(1_000_000)}`;
    const [first, ...rest] = world.lines;
    const unknownOrigin = verify(file(bytesOf([{ ...first, origin: name }, ...rest])));
    expect(unknownOrigin.status).toBe(40);
    const subject = { type: name };
    const unknownSubject = verify(file(bytesOf([{ ...first, subject }, ...rest])));
    expect(unknownSubject.status).toBe(40);
    const kind = verify(file(bytesOf([{ ...first, kind: name }, ...rest])), '--json');
    expect(kind.status).toBe(40);
    for (const { stdout, stderr } of [unknownOrigin, unknownSubject, kind]) {
      expect(stdout).toMatch(/^[\n\x20-\x7e]{1,1000}$/);
      expect(stderr).toBe('');
    }
    const missing = verify(path.join(folder, '\u001b[2J\u202e'));
    expect(missing.stdout).toMatch(/^[\n\x20-\x7e]{1,1000}$/);
  });
});

function aPipe(): string {
  count += 1;
  const name = path.join(folder, `pipe-${count}`);
  execFileSync('mkfifo', [name]);
  return name;
}

function aStranger(): string {
  return 'witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G';
}
