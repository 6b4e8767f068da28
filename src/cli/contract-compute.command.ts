import type { RehearsedLine } from '../domain/computation/rehearse.js';
import { contractPeriods } from '../domain/contract-terms/terms-in-force.js';
import { formatAmount, formatMoney, money } from '../domain/money/money.js';
import { CheckFailed } from './cli.errors.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { differences, readExpected, type Difference } from './contract-folder/expected.js';
import { rehearseFolder, type RehearsedFolder } from './contract-folder/rehearse-folder.js';
import { print, table } from './print.js';

/** `outturn contract compute FOLDER...`: what contracts pay for the files beside their terms; no database is needed. */
export const contractCompute: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'compute <folders...>')
    .description(
      'compute every period that is over of contracts from the files beside their terms, and compare with expected.json where there is one; nothing is saved',
    )
    .option('--lines', 'print every line with its sentence', false);
  made.action(async (folders: readonly string[]) => {
    const options = made.optsWithGlobals<GlobalOptions & { lines: boolean }>();
    let disagrees = false;
    for (const folder of folders) {
      const expected = await readExpected(folder);
      const computed = await rehearseFolder(folder);
      const found = expected === null ? null : differences(expected, computed);
      if (found !== null && found.length > 0) disagrees = true;
      print(terminal, options.json, { ...asJson(computed), expected: found }, () =>
        [
          heading(computed),
          ...expectedInWords(found),
          totalsTable(computed),
          payersInWords(computed),
          ...(options.lines
            ? computed.lines.map(
                (line) =>
                  `${line.reference}  ${line.participant ?? `cohort ${line.cohort}`}: ${line.explanation}`,
              )
            : []),
        ].join('\n'),
      );
    }
    if (disagrees) throw new CheckFailed();
  });
};

/** Whether it comes to what expected.json says; nothing is said where there is no such file. */
function expectedInWords(found: readonly Difference[] | null): string[] {
  if (found === null) return [];
  if (found.length === 0) return ['It comes to what expected.json says.'];
  return [
    'It does not come to what expected.json says:',
    ...found.map(
      ({ what, expected, computed }) => `  ${what}: ${expected} expected, ${computed} computed`,
    ),
  ];
}

const total = (lines: readonly RehearsedLine[]): bigint =>
  lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

function heading({ versions, participants, periodsToCome, lines }: RehearsedFolder): string {
  const { title, currency } = versions.at(-1)!.terms;
  const pounds = formatMoney(money(total(lines), currency));
  const toCome =
    periodsToCome === 0 ? '' : ` ${periodsToCome} periods are not over yet and not computed.`;
  return `${title}: ${participants} participants, ${lines.length} lines, ${pounds} in all.${toCome}`;
}

/** What each payer carries of all lines together. */
function payersInWords({ versions, lines }: RehearsedFolder): string {
  const { currency } = versions.at(-1)!.terms;
  return payersOf(lines)
    .map(([payer, minor]) => `${payer} ${formatMoney(money(minor, currency))}`)
    .join(', ');
}

function payersOf(lines: readonly RehearsedLine[]): [string, bigint][] {
  const parts = new Map<string, bigint>();
  for (const line of lines)
    for (const [payer, part] of line.parts) parts.set(payer, (parts.get(payer) ?? 0n) + part);
  return [...parts];
}

/** One row for each clause and period with a line. */
function totalsTable({ versions, lines }: RehearsedFolder): string {
  const { currency } = versions.at(-1)!.terms;
  const rows = contractPeriods(versions).flatMap(({ id }) =>
    clausesOf(lines).flatMap((clause) => {
      const own = lines.filter((line) => line.period === id && line.clause === clause);
      if (own.length === 0) return [];
      const paid = own.filter(({ amountMinor }) => amountMinor !== 0n).length;
      const pounds = formatMoney(money(total(own), currency));
      return [[id, clause, String(own.length), String(paid), pounds]];
    }),
  );
  return table(['Period', 'Clause', 'Lines', 'Paid', 'Amount'], rows, [2, 3, 4]);
}

const clausesOf = (lines: readonly RehearsedLine[]): string[] =>
  [...new Set(lines.map(({ clause }) => clause))].sort();

function asJson({ versions, participants, lines }: RehearsedFolder) {
  const { code, title, standing, currency } = versions.at(-1)!.terms;
  const amount = (minor: bigint) => formatAmount(money(minor, currency));
  const by = (key: 'clause' | 'period') =>
    Object.fromEntries(
      [...new Set(lines.map((line) => line[key]))]
        .sort()
        .map((name) => [name, amount(total(lines.filter((line) => line[key] === name)))]),
    );
  return {
    code,
    title,
    standing,
    currency,
    participants,
    total: amount(total(lines)),
    clauses: by('clause'),
    periods: by('period'),
    payers: Object.fromEntries(payersOf(lines).map(([payer, minor]) => [payer, amount(minor)])),
    lines: lines.map((line) => ({
      reference: line.reference,
      period: line.period,
      kind: line.kind,
      participant: line.participant,
      cohort: line.cohort,
      clause: line.clause,
      occurrence: line.occurrence,
      amount: amount(line.amountMinor),
      reason: line.reason,
      explanation: line.explanation,
    })),
  };
}
