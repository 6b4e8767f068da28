import type { CsvScanner } from './csv-scanner.js';
import type { FaultList } from './fault-list.js';

/** The text of a cell; blank where the file has no such column or the row ends before it. */
export const textOf = (record: CsvScanner, place: number): string =>
  place < 0 || place >= record.cells
    ? ''
    : record.bytes.toString('utf8', record.starts[place], record.ends[place]);

/** A line with nothing in it, as spreadsheets leave below a table. */
export function isBlank(record: CsvScanner): boolean {
  const cells = Math.min(record.cells, record.starts.length);
  for (let place = 0; place < cells; place += 1)
    if (record.starts[place] !== record.ends[place]) return false;
  return true;
}

/** Whether the row has as many cells as the header; blank ones beyond do no harm. Reports it if not. */
export function hasItsCells(record: CsvScanner, columns: number, faults: FaultList): boolean {
  let filled = Math.min(record.cells, record.starts.length);
  while (filled > columns && record.starts[filled - 1] === record.ends[filled - 1]) filled -= 1;
  if (filled === columns) return true;
  faults.add(
    record.row,
    null,
    record.cells < columns ? 'CELLS_MISSING' : 'CELLS_TOO_MANY',
    `The row has ${record.cells} cells and the header ${columns}. A text with a comma stands in quotes.`,
  );
  return false;
}
