import { FileUnreadable } from './csv.errors.js';

const LINE_END = /[\r\n]/;
const SAVE = 'Save the file as "CSV UTF-8 (Comma delimited)"';

/** What spreadsheets of other countries and other programs put between columns. */
const SEPARATORS: Readonly<Record<string, string>> = {
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
};

/**
 * Looks at the first line of a file: whether commas separate its columns. A file with another separator is one long
 * column to us, and everything said about that column would be beside the point.
 */
export class FirstLine {
  private held: Buffer | null = Buffer.alloc(0);

  /** Throws FileUnreadable once the line is whole, if something else separates its columns. */
  push(chunk: Buffer): void {
    if (this.held === null) return;
    this.held = Buffer.concat([this.held, chunk]);
    if (LINE_END.test(this.held.toString('latin1'))) this.end();
  }

  /** The line ends with the file. */
  end(): void {
    if (this.held === null) return;
    const [line] = this.held
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .split(LINE_END, 1);
    this.held = null;
    refuseSeparatorLine(line!);
    refuseOtherSeparator(line!);
  }
}

/** "sep=;", which Excel understands and nothing else does. */
function refuseSeparatorLine(line: string): void {
  const [, said] = /^"?sep=(.)"?,*$/i.exec(line) ?? [];
  if (said === ',')
    throw new FileUnreadable(
      'SEPARATOR_LINE',
      'The first line says only that commas separate the columns. Remove that line, so that the heading is the first.',
      1,
    );
  if (said !== undefined)
    throw otherSeparator(
      `The first line says that ${SEPARATORS[said] ?? `"${said}"`} separate the columns. ${SAVE}, without that line.`,
    );
}

/** Refuses a line whose first column ends at another separator, of which it has more than commas. */
function refuseOtherSeparator(line: string): void {
  const [separator] = /[,;\t|]/.exec(line) ?? [];
  if (separator === undefined || separator === ',') return;
  if (count(line, separator) <= count(line, ',')) return;
  throw otherSeparator(
    `The columns are separated by ${SEPARATORS[separator]}. ${SAVE}, so that commas separate them.`,
  );
}

const otherSeparator = (detail: string) =>
  new FileUnreadable('COLUMNS_NOT_SEPARATED_BY_COMMAS', detail, 1);

const count = (line: string, separator: string) => line.split(separator).length - 1;
