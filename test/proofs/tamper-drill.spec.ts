// The drill as somebody runs it: whatever is done to a live database and to bundles is noticed, and nothing honest is.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
/** One of each that must be among the rows, with who has to be among those that notice. */
const MUST_BE_THERE: readonly (readonly [string, RegExp])[] = [
  ['an entry edited and all hashes after it made anew, of the service', /audit verify/],
  ['an entry deleted, of the contract', /audit verify/],
  ['two entries swapped, of the contract', /audit verify/],
  ['an entry inserted, of the contract', /audit verify/],
  ['the last three entries cut off, the head moved back, of the contract', /a witness/],
  ['an older backup of the whole database restored', /a witness/],
  ['an older backup of the log tables restored', /a witness/],
  ['an entry edited, and the log re-signed with its own key', /both verifiers, a witness/],
  ['a fork: another history shown to another party', /both verifiers, a witness/],
  ['the amount of a payment line that nobody claimed', /audit verify --contract/],
  ['the total of a claim', /audit verify --contract/],
  ['a stored measurement', /audit replay/],
  ['an amount moved between two lines that nobody claimed', /audit replay/],
  ['a decision turned round', /audit replay/],
  ['a total of an issued statement', /audit replay/],
  ['terms in force changed', /audit replay/],
  ['a byte changed, each 101st', /both verifiers/],
  ['delimiters shifted', /both verifiers/],
  ['its own trust file', /both verifiers/],
  ['seventeen signatures', /both verifiers/],
  ['size 2^63', /both verifiers/],
  ['a cosignature from the future', /both verifiers/],
];

it('detects everything and raises no false alarm', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/tamper-drill/drill.mjs'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const rows = stdout
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| |\|$/g, '').trim()));
  const results = new Set(rows.map((row) => row[3]));
  expect({ status, said: status === 0 ? '' : stderr.slice(-2000) }).toEqual({
    status: 0,
    said: '',
  });
  expect(results).toEqual(new Set(['detected', 'no alarm']));
  expect(rows.length).toBeGreaterThan(250);
  for (const [what, by] of MUST_BE_THERE) {
    const found = rows.find((row) => row[1] === what);
    expect([what, found?.[3], by.test(found?.[4] ?? '')]).toEqual([what, 'detected', true]);
  }
  const large = rows.filter(([where]) => Number(/, (\d+) KB/.exec(where!)?.[1]) >= 95);
  expect(large.length).toBeGreaterThan(0);
  expect(stdout).toContain('Everything was detected, and nothing honest raised an alarm.');
}, 900_000);
