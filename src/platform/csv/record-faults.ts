import type { CsvScanner } from './csv-scanner.js';
import type { FaultList } from './fault-list.js';
import { MAX_RECORD_BYTES } from './text-inspector.js';

/** Reports a record that cannot be read as cells. */
export function reportRecordFault(record: CsvScanner, faults: FaultList): void {
  const { row, fault } = record;
  if (fault === 'quote-misplaced')
    faults.add(
      row,
      null,
      'QUOTE_MISPLACED',
      'A quote stands inside a cell. Put the whole cell in quotes and write each quote inside it twice.',
    );
  else if (fault === 'quote-unclosed')
    faults.add(
      row,
      null,
      'QUOTE_UNCLOSED',
      'A quote is opened in this row and never closed. Close it, or take it away: a quote that belongs to a text is written twice, and the text stands in quotes.',
    );
  else if (fault === 'too-long')
    faults.add(
      row,
      null,
      'LINE_TOO_LONG',
      `The row is longer than ${MAX_RECORD_BYTES / 1024} KB. Check that its line ends where it should and that every quote is closed.`,
    );
}

/** Reports a file that has no header, or a header and nothing below it. */
export function reportEmptyFile(hasHeader: boolean, rows: number, faults: FaultList): void {
  if (rows > 0 || faults.count > 0) return;
  if (hasHeader)
    faults.add(2, null, 'FILE_HAS_NO_ROWS', 'There is a header and no row below it. Add the rows.');
  else faults.add(1, null, 'FILE_EMPTY', 'The file is empty. It needs a header and rows.');
}
