import { dataOf } from '../domain/value-case/data.js';
import { markdownOf } from '../domain/value-case/markdown.js';
import { readValueCase } from '../domain/value-case/parse.js';
import { reportOn, type ValueCaseReport } from '../domain/value-case/report.js';
import type { Sheet } from '../domain/value-case/sheet.js';
import { introductionOf, sheetsOf } from '../domain/value-case/sheets.js';
import { UsageError } from './cli.errors.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { print, table } from './print.js';
import { readText } from './read-file.js';

interface Options extends GlobalOptions {
  readonly markdown: boolean;
}

/** `outturn value-case FILE`: what an outcome is worth, to whom and when; no database is needed and nothing is saved. */
export const valueCase: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'value-case <file>')
    .description(
      'reckon a value case (YAML or JSON): the value of an outcome by body, kind and years, who paid and who benefits, and where the source slips',
    )
    .option('--markdown', 'write the report as a Markdown document', false);
  made.action(async (file: string) => {
    const { json, markdown } = made.optsWithGlobals<Options>();
    if (json && markdown) throw new UsageError('Choose one of --json and --markdown.');
    const report = reportOn(readValueCase(await readText(file)));
    if (markdown) terminal.out(markdownOf(report));
    else print(terminal, json, dataOf(report), () => inWords(report));
  });
};

const inWords = (report: ValueCaseReport): string =>
  [
    [`${report.of.title} (${report.of.code})`, ...introductionOf(report)].join('\n'),
    ...sheetsOf(report).map(sheetInWords),
  ].join('\n\n');

const sheetInWords = ({ heading, above, table: rows, items }: Sheet): string =>
  [
    heading,
    ...above,
    ...(rows && rows.rows.length > 0 ? [table(rows.head, rows.rows, rows.right)] : []),
    ...items.map((item) => `  - ${item}`),
  ].join('\n');
