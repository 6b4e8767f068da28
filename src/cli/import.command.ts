import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import { parse } from 'csv-parse';
import {
  IMPORT_KINDS,
  type ImportKind,
  type ImportResult,
} from '../cohorts/import/import-result.js';
import { ImportsService } from '../figures/import/imports.service.js';
import { receivePath } from '../platform/csv/received-file.js';
import { asPerson, type Session } from './application.js';
import { FileKindUnknown, FileNotExpected, FileNotReadable } from './cli.errors.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { readableAgain } from './readable-again.js';
import type { Terminal } from './terminal.js';

interface Options extends GlobalOptions {
  readonly contract: string;
  readonly sha256?: string;
}

/** `outturn import [KIND] FILE --contract CODE`: all of a CSV file, or nothing with every fault. */
export const importFile: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'import').description(
    'import a CSV file of participants, measurements, figures or effects; its heading says which it is',
  );
  // the kind may be left out, so it is read from the arguments instead of being a subcommand
  made
    .argument(
      '<words...>',
      `the file, after its kind (${IMPORT_KINDS.join(', ')}) where its heading does not say`,
    )
    .requiredOption('--contract <code>', 'the contract')
    .option(
      '--sha256 <hex>',
      'refuse any other file; for what comes through a pipe, which may end before the file does',
    );
  made.action(async (words: readonly string[]) => {
    const options = made.optsWithGlobals<Options>();
    const named = whatIsNamed(made, words);
    const { result, replayed } = await readableAgain(named.file, async (file) => {
      const kind = named.kind ?? (await kindOf(file, named.file));
      return asPerson(options, terminal, (session) =>
        performImport(session, terminal, options, kind, file),
      );
    });
    print(terminal, options.json, { ...result, replayed }, () =>
      replayed
        ? `This very file was imported before; nothing has changed. (${inWords(result)})`
        : `Imported ${inWords(result)}.`,
    );
  });
};

/** The file, and its kind where it is given. */
function whatIsNamed(
  made: Command,
  words: readonly string[],
): { readonly kind: ImportKind | undefined; readonly file: string } {
  const kind = words.length > 1 ? IMPORT_KINDS.find((kind) => kind === words[0]) : undefined;
  const [file, ...others] = kind === undefined ? words : words.slice(1);
  if (file === undefined || others.length > 0)
    made.error(`Name one file, after its kind (${IMPORT_KINDS.join(', ')}) if need be.`);
  return { kind, file };
}

/** Columns that one kind of file has and no other: the first kind whose own columns are all there is the file's. */
const OWN_COLUMNS: readonly (readonly [ImportKind, readonly string[]])[] = [
  ['figures', ['metric', 'numerator', 'denominator']],
  ['effects', ['metric', 'signed_on']],
];

/** Figures and effects have columns of their own; participants have a cohort, measurements a metric. */
async function kindOf(file: string, name: string): Promise<ImportKind> {
  const heading = (await headingOf(file)).map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  );
  const has = (column: string) => heading.includes(column);
  const [kind] = OWN_COLUMNS.find(([, columns]) => columns.every(has)) ?? [];
  if (kind !== undefined) return kind;
  if (has('cohort') && !has('metric')) return 'participants';
  if (has('metric') && !has('cohort')) return 'measurements';
  await receivePath(file); // where it is no such text at all, that is why its kind cannot be seen
  throw new FileKindUnknown(name);
}

async function headingOf(file: string): Promise<readonly string[]> {
  const parser = createReadStream(file, { end: 65_535 })
    .on('error', (error) => parser.destroy(error))
    .pipe(parse({ bom: true, to: 1, relax_column_count: true, relax_quotes: true }));
  try {
    for await (const record of parser) return record as string[];
    return [];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith('E')) throw new FileNotReadable(file, code);
    return []; // not CSV at all: the importer says it better
  }
}

async function performImport(
  { get, command }: Session,
  terminal: Terminal,
  { contract: code, sha256 }: Options,
  kind: ImportKind,
  file: string,
) {
  const progress = terminal.progress(`Reading ${file}`);
  try {
    return await get(ImportsService).importFile(
      kind,
      (fileSha256) => {
        if (sha256 !== undefined && sha256.toLowerCase() !== fileSha256)
          throw new FileNotExpected(sha256, fileSha256);
        return command('import', code, kind, fileSha256);
      },
      code,
      file,
      (read, total) => progress.update(read, total),
    );
  } catch (error) {
    const { code: reason, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== undefined && reason !== undefined && syscall !== 'connect')
      throw new FileNotReadable(file, reason);
    throw error;
  } finally {
    progress.stop();
  }
}

const inWords = (result: ImportResult): string =>
  `${result.rows} rows of ${result.kind}: ${result.rowsNew} new, ${result.rowsCorrected} corrected, ${result.rowsUnchanged} as recorded before`;
