import { parseTerms, parseTermsSource } from '../domain/contract-terms/parse.js';
import { sheetAsHtml } from '../domain/term-sheet/html.js';
import { sheetAsMarkdown } from '../domain/term-sheet/markdown.js';
import { termSheet } from '../domain/term-sheet/term-sheet.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { print } from './print.js';
import { readText } from './read-file.js';

/** `outturn contract term-sheet FILE`: terms in plain English, as Markdown or as a page; no database is needed. */
export const contractTermSheet: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'term-sheet <file>')
    .description('write a terms document (YAML or JSON) out in plain English')
    .option('--html', 'as a page that stands alone, instead of Markdown', false);
  made.action(async (file: string) => {
    const { json, html } = made.optsWithGlobals<GlobalOptions & { html: boolean }>();
    const sheet = termSheet(parseTerms(parseTermsSource(await readText(file))));
    const text = html ? sheetAsHtml(sheet) : sheetAsMarkdown(sheet);
    print(terminal, json, sheet, () => text.trimEnd());
  });
};
