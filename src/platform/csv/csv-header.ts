import { withInvisible } from '../../domain/shared/invisible.js';
import type { CsvScanner } from './csv-scanner.js';
import type { FaultList } from './fault-list.js';
import { textOf } from './record-text.js';

/** The columns that a file of one kind may have. */
export interface ColumnPlan {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Columns whose name starts like this are accepted besides: "item:". */
  readonly prefix?: string;
  /** Those of the optional columns without which no row of a file with such a heading could be right. */
  readonly needed?: (names: readonly string[]) => readonly NeededColumn[];
}

/** A column that a heading lacks, and what it is for. */
export interface NeededColumn {
  readonly column: string;
  /** A whole sentence. */
  readonly why: string;
}

/** Where each column stands, and the columns by place. */
export interface Header {
  readonly names: readonly string[];
  /** Place of the column, or -1 when the file does not have it. */
  place(column: string): number;
  /** Whether a column is missing without which no row could be right: the rows need not be read. */
  readonly isLacking: boolean;
  /** The columns that it has and no file of its kind should: one of them may be a missing one by another name. */
  readonly strangers: readonly string[];
  /** Whether the record that the scanner holds is the heading over again. Reports it if so. */
  standsAgain(record: CsvScanner, faults: FaultList): boolean;
}

/** Reads the header from the record that the scanner holds, reporting everything that is wrong with it together. */
export function readHeader(scanner: CsvScanner, plan: ColumnPlan, faults: FaultList): Header {
  const names: string[] = [];
  const cells = Math.min(scanner.cells, scanner.starts.length);
  for (let cell = 0; cell < cells; cell += 1)
    names.push(folded(scanner.bytes.toString('utf8', scanner.starts[cell], scanner.ends[cell])));
  while (names.length > 0 && names.at(-1) === '') names.pop();
  const known = [...plan.required, ...plan.optional];
  const strangers = names.filter((name) => !known.includes(name));
  const missing = [
    ...plan.required.filter((one) => !names.includes(one)).map((column) => ({ column, why: '' })),
    ...(plan.needed?.(names) ?? []),
  ];
  const accepted = (name: string) =>
    known.includes(name) || (plan.prefix !== undefined && name.startsWith(plan.prefix));
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index && name !== '')
      faults.add(1, name, 'COLUMN_TWICE', `Column "${name}" stands twice. Keep one of them.`);
    else if (!accepted(name)) faults.add(1, name, 'COLUMN_UNKNOWN', unknown(name, index, known));
  });
  for (const { column, why } of missing)
    faults.add(1, column, 'COLUMN_MISSING', missingDetail(column, why, strangers));
  const places = new Map(names.map((name, index) => [name, index]));
  return {
    names,
    place: (column) => places.get(column) ?? -1,
    isLacking: missing.length > 0,
    strangers,
    standsAgain(record, list) {
      const isHeading = names.every((name, place) => folded(textOf(record, place)) === name);
      if (isHeading) list.add(record.row, null, 'HEADING_AGAIN', HEADING_AGAIN);
      return isHeading;
    },
  };
}

const HEADING_AGAIN =
  'The heading stands again in this row, as where two files were put together. Remove the row.';

/** Case, spaces and hyphens do not matter: "Time point" is time_point. */
function folded(name: string): string {
  const lower = name.trim().toLowerCase();
  return lower.includes(':') ? lower : lower.replace(/[\s-]+/g, '_');
}

function unknown(name: string, index: number, known: readonly string[]): string {
  if (name === '') return `The ${index + 1}. column has no name. Name it or remove it.`;
  const near = nearest(name, known);
  const hint = near === null ? `Columns are: ${known.join(', ')}.` : `Did you mean "${near}"?`;
  return withInvisible(`There is no column "${name.slice(0, 40)}". ${hint}`, name);
}

/** That a column is missing, what it is for, and which one it may be that the file has under another name. */
export function missingDetail(column: string, why: string, strangers: readonly string[]): string {
  const near = nearest(column, strangers);
  const hint = near === null ? 'Add it.' : `Perhaps it is the one called "${near}".`;
  return `Column "${column}" is missing.${why === '' ? '' : ` ${why}`} ${hint}`;
}

/** The name that needs the fewest changes of letters, if few enough to be a slip. */
export function nearest(name: string, among: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of among) {
    const distance = changes(name.slice(0, 64), candidate.slice(0, 64));
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein distance: insertions, deletions and replacements. */
function changes(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1)
      current[j] = Math.min(
        previous[j]! + 1,
        current[j - 1]! + 1,
        previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    previous = current;
  }
  return previous[b.length]!;
}
