import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  rehearseFolder,
  type RehearsedFolder,
} from '../../src/cli/contract-folder/rehearse-folder.js';
import { differences, readExpected } from '../../src/cli/contract-folder/expected.js';
import { civilDate } from '../../src/domain/calendar/civil-date.js';
import type { RehearsedLine } from '../../src/domain/computation/rehearse.js';
import { formatAmount, money } from '../../src/domain/money/money.js';

/** What a contract of the library must come to, reckoned without the engine as its README says. */
interface Expected {
  readonly total: string;
  readonly reckoned: string;
  /** What each clause pays, where that was reckoned apart. */
  readonly clauses?: Readonly<Record<string, string>>;
  /** What the computation of each period posts. */
  readonly periods?: Readonly<Record<string, string>>;
  /** What each payer carries. */
  readonly payers?: Readonly<Record<string, string>>;
  /** How many outcomes each clause counts, and of how many participants. */
  readonly counts?: Readonly<Record<string, { readonly paid: number; readonly people?: number }>>;
}

const LIBRARY = resolve(__dirname, '../../examples/contracts');
const CODES = readdirSync(LIBRARY, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** A day after every window of the library has closed, so that the result does not hang on the day of the test. */
const TODAY = civilDate('2026-01-01');

const expectedOf = (code: string): Expected =>
  JSON.parse(readFileSync(join(LIBRARY, code, 'expected.json'), 'utf8')) as Expected;

describe.each(CODES)('the contract %s', (code) => {
  const expected = expectedOf(code);
  let computed: RehearsedFolder;
  /** Refuses where any edition could not be activated, a worked example does not come out, or a row is no record. */
  beforeAll(async () => (computed = await rehearseFolder(join(LIBRARY, code), TODAY)));

  const amountOf = (lines: readonly RehearsedLine[]): string =>
    formatAmount(
      money(
        lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
        computed.versions[0]!.terms.currency,
      ),
    );
  const by = (key: 'clause' | 'period'): Record<string, string> =>
    Object.fromEntries(
      [...new Set(computed.lines.map((line) => line[key]))].map((name) => [
        name,
        amountOf(computed.lines.filter((line) => line[key] === name)),
      ]),
    );

  it('says what it is and where it comes from', () => {
    for (const { terms } of computed.versions) {
      expect(terms.code).toBe(code);
      expect(['real', 'illustrative']).toContain(terms.standing);
      expect(terms.sources).not.toEqual([]);
    }
    expect(readFileSync(join(LIBRARY, code, 'README.md'), 'utf8')).toMatch(/^# /);
    expect(expected.reckoned).toMatch(/\w/);
  });

  it('enrols no more than it serves', () => {
    expect(computed.participants).toBeLessThanOrEqual(
      Math.max(...computed.versions.map(({ terms }) => terms.population.maximum)),
    );
  });

  it(`comes to ${expected.total}, clause by clause and period by period`, () => {
    expect(amountOf(computed.lines)).toBe(expected.total);
    if (expected.clauses) expect(by('clause')).toEqual(expected.clauses);
    if (expected.periods) expect(by('period')).toMatchObject(expected.periods);
  });

  if (expected.payers)
    it('is carried by its payers as reckoned', () => {
      const carried = (payer: string) =>
        computed.lines.reduce((sum, { parts }) => sum + (parts.get(payer) ?? 0n), 0n);
      const { currency } = computed.versions[0]!.terms;
      for (const [payer, amount] of Object.entries(expected.payers!))
        expect([payer, formatAmount(money(carried(payer), currency))]).toEqual([payer, amount]);
    });

  it('agrees with what `outturn contract compute` compares it with', async () => {
    expect(differences((await readExpected(join(LIBRARY, code)))!, computed)).toEqual([]);
  });

  it('divides every line between its payers to the penny', () => {
    for (const { parts, amountMinor, reference } of computed.lines)
      expect([reference, [...parts.values()].reduce((sum, part) => sum + part, 0n)]).toEqual([
        reference,
        amountMinor,
      ]);
  });

  it('posts nothing when every period is computed again', () => {
    expect(computed.again().map(({ explanation }) => explanation)).toEqual([]);
  });

  it('explains every line', () => {
    for (const { explanation } of computed.lines) expect(explanation).toMatch(/\(clause .+\)\.$/s);
  });

  for (const [clause, counts] of Object.entries(expected.counts ?? {}))
    it(`counts ${counts.paid} under clause ${clause}`, () => {
      const counted = computed.lines.filter(
        (line) =>
          line.clause === clause && (line.reason === null || line.reason === 'price-is-nil'),
      );
      expect(counted).toHaveLength(counts.paid);
      if (counts.people !== undefined)
        expect(new Set(counted.map((line) => line.participant)).size).toBe(counts.people);
    });

  if (existsSync(join(LIBRARY, code, 'generate.mjs')))
    it('has input files that are exactly what its generator writes', () => {
      const folder = mkdtempSync(join(tmpdir(), 'outturn-example-'));
      try {
        execFileSync(process.execPath, [join(LIBRARY, code, 'generate.mjs'), folder]);
        expect(readdirSync(folder)).not.toEqual([]);
        for (const file of readdirSync(folder))
          expect(
            readFileSync(join(folder, file), 'utf8') ===
              readFileSync(join(LIBRARY, code, file), 'utf8'),
          ).toBe(true);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
});
