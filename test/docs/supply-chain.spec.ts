import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAudit } from '../../scripts/supply-chain/read-audit.mjs';
import {
  missingFrom,
  productionPackages,
  type Lock,
  type Sbom,
} from '../../scripts/supply-chain/sbom.mjs';

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

describe('the bill of materials', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'outturn-sbom-')), 'sbom.cdx.json');
  let sbom: Sbom & { readonly bomFormat: string };
  beforeAll(() => {
    execFileSync('node', ['scripts/supply-chain/write-sbom.mjs', file]);
    sbom = read(file);
  });

  it('names every package that production installs, and nothing else', () => {
    const lock = read<Lock>('package-lock.json');
    expect(sbom.bomFormat).toBe('CycloneDX');
    const named = sbom.components.map(({ name, version }) => `${name}@${version}`).sort();
    expect(named).toEqual(productionPackages(lock));
    const { dependencies } = read<{ dependencies: Record<string, string> }>('package.json');
    for (const [name, version] of Object.entries(dependencies))
      expect(named).toContain(`${name}@${version}`);
    expect(named.some((each) => /^(jest|eslint|prettier|supertest)@/.test(each))).toBe(false);
  });

  it('is refused when it leaves one out', () => {
    const [left, ...components] = sbom.components;
    expect(missingFrom({ ...sbom, components }, read<Lock>('package-lock.json'))).toEqual([
      `${left!.name}@${left!.version}`,
    ]);
  });
});

describe('the audit of dependencies', () => {
  const report = (vulnerabilities: object, counts: object) =>
    JSON.stringify({ vulnerabilities, metadata: { vulnerabilities: counts } });

  it('fails on what is high or critical, by name', () => {
    const bad = { bad: { name: 'bad', severity: 'high' }, meh: { name: 'meh', severity: 'low' } };
    expect(readAudit(report(bad, { high: 1, low: 1 }), '')).toEqual({
      verdict: 'findings',
      sentence: 'Audit: 1 high or critical: bad (high)',
    });
  });

  it('is clean when there is nothing of the kind', () => {
    expect(readAudit(report({}, { high: 0, critical: 0, low: 3 }), '').verdict).toBe('clean');
  });

  it('says that nobody can be asked, where nobody can', () => {
    const answer = JSON.stringify({ message: '405 Method Not Allowed - POST x', statusCode: 405 });
    expect(readAudit(answer, '').verdict).toBe('not-available');
  });

  it.each(['', '{}', 'x', '{"message":"500 Internal Server Error","statusCode":500}'])(
    'does not take a failure for a clean answer: %j',
    (stdout) => expect(readAudit(stdout, 'npm error').verdict).toBe('unreadable'),
  );
});
