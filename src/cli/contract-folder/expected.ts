import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { RehearsedLine } from '../../domain/computation/rehearse.js';
import type { Currency } from '../../domain/money/currency.js';
import { formatAmount, formatMoney, money, parseMoney } from '../../domain/money/money.js';
import type { Fault } from '../../domain/shared/domain-error.js';
import { plainIssue } from '../../domain/shared/plain-issue.js';
import { valueAt } from '../../domain/shared/schema-faults.js';
import { readText } from '../read-file.js';
import type { RehearsedFolder } from './rehearse-folder.js';
import { FolderRefused } from './rows.js';

const amount = z
  .string()
  .regex(/^-?\d{1,24}(\.\d{1,9})?$/, 'Write an amount as digits, such as 660.00.');
const amounts = z.record(z.string(), amount);

const expectedSchema = z.strictObject({
  total: amount.optional(),
  reckoned: z.string().optional(),
  clauses: amounts.optional(),
  periods: amounts.optional(),
  payers: amounts.optional(),
  counts: z
    .record(z.string(), z.strictObject({ paid: z.int().min(0), people: z.int().min(0).optional() }))
    .optional(),
});

/**
 * What a contract folder says that it comes to (expected.json): in all, by clause, by period and by payer, and how many
 * outcomes each clause counts, of how many people. What it does not name is not compared, but for clauses: where clauses
 * are named, one that is not named must pay nothing.
 */
export type ExpectedTotals = z.infer<typeof expectedSchema>;

/** One figure that is not what it should be, as both are read aloud. */
export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly computed: string;
}

/** Reads expected.json; null where the folder has none. Refuses FolderRefused, with every fault in it. */
export async function readExpected(folder: string): Promise<ExpectedTotals | null> {
  const file = path.join(folder, 'expected.json');
  if (!existsSync(file)) return null;
  const refuse = (faults: readonly Fault[]) => new FolderRefused(faults);
  let data: unknown;
  try {
    data = JSON.parse(await readText(file));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const detail = 'It cannot be read as JSON. Check its brackets, quotes and commas.';
    throw refuse([{ at: file, code: 'NOT_JSON', detail }]);
  }
  const read = expectedSchema.safeParse(data);
  if (read.success) return read.data;
  throw refuse(
    read.error.issues.map((issue) => ({
      at: `${file} ${issue.path.map((key) => `/${String(key)}`).join('')}`,
      code: 'EXPECTED_INVALID',
      detail:
        issue.code === 'unrecognized_keys'
          ? `${issue.keys.map((key) => `"${key}"`).join(', ')} is not compared. Known are total, clauses, periods, payers, counts and reckoned.`
          : plainIssue(issue, valueAt(data, issue.path)),
    })),
  );
}

/** Where the folder does not come to what it says. */
export function differences(expected: ExpectedTotals, computed: RehearsedFolder): Difference[] {
  const { lines, versions } = computed;
  const { currency } = versions.at(-1)!.terms;
  const by = (key: 'clause' | 'period') => (name: string) =>
    totalOf(lines.filter((line) => line[key] === name));
  const named = new Set(Object.keys(expected.clauses ?? {}));
  const unnamed = expected.clauses
    ? Object.fromEntries(
        [...new Set(lines.map(({ clause }) => clause))]
          .filter((clause) => !named.has(clause))
          .sort()
          .map((clause) => [clause, '0']),
      )
    : {};
  const compare = (what: string, found: bigint, wanted: string) =>
    compareAmounts(what, found, wanted, currency);
  return [
    ...(expected.total === undefined ? [] : compare('In all', totalOf(lines), expected.total)),
    ...Object.entries({ ...expected.clauses, ...unnamed }).flatMap(([clause, wanted]) =>
      compare(`Clause ${clause}`, by('clause')(clause), wanted),
    ),
    ...Object.entries(expected.periods ?? {}).flatMap(([period, wanted]) =>
      compare(`Period ${period}`, by('period')(period), wanted),
    ),
    ...Object.entries(expected.payers ?? {}).flatMap(([payer, wanted]) =>
      compare(
        `Payer ${payer}`,
        lines.reduce((sum, { parts }) => sum + (parts.get(payer) ?? 0n), 0n),
        wanted,
      ),
    ),
    ...Object.entries(expected.counts ?? {}).flatMap(([clause, wanted]) =>
      compareCounts(clause, lines, wanted),
    ),
  ];
}

const totalOf = (lines: readonly RehearsedLine[]): bigint =>
  lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

function compareAmounts(
  what: string,
  foundMinor: bigint,
  wanted: string,
  currency: Currency,
): Difference[] {
  const expected = parseMoney(wanted, currency);
  const computed = money(foundMinor, currency);
  return formatAmount(expected) === formatAmount(computed)
    ? []
    : [{ what, expected: formatMoney(expected), computed: formatMoney(computed) }];
}

function compareCounts(
  clause: string,
  lines: readonly RehearsedLine[],
  { paid, people }: { paid: number; people?: number | undefined },
): Difference[] {
  const counted = lines.filter(
    (line) => line.clause === clause && (line.reason === null || line.reason === 'price-is-nil'),
  );
  const persons = new Set(counted.map(({ participant }) => participant)).size;
  const differs = (what: string, wanted: number, found: number): Difference[] =>
    wanted === found ? [] : [{ what, expected: String(wanted), computed: String(found) }];
  return [
    ...differs(`Outcomes counted under clause ${clause}`, paid, counted.length),
    ...(people === undefined ? [] : differs(`People behind clause ${clause}`, people, persons)),
  ];
}
