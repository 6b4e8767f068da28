import { readHeader, type ColumnPlan, type Header } from '../../platform/csv/csv-header.js';
import type { CsvScanner } from '../../platform/csv/csv-scanner.js';
import { FaultList } from '../../platform/csv/fault-list.js';
import { reportEmptyFile, reportRecordFault } from '../../platform/csv/record-faults.js';
import { readRecords } from '../../platform/csv/read-records.js';
import { hasItsCells, isBlank, textOf } from '../../platform/csv/record-text.js';

/** Rows are held until all are there, because they are compared with one another: more than any contract has. */
export const MAX_SHEET_ROWS = 50_000;

export interface SheetRow {
  /** As a spreadsheet numbers it: the header is row 1. */
  readonly row: number;
  /** The text of a column; blank where the file has no such column. */
  readonly cell: (column: string) => string;
}

/** Reads a whole file of facts about the contract: rows by the names of their columns, and every fault of its form. */
export async function readSheet(
  path: string,
  plan: ColumnPlan,
  onRead: (bytesRead: number) => void,
): Promise<{
  readonly rows: readonly SheetRow[];
  readonly read: number;
  readonly faults: FaultList;
}> {
  const sheet = new Sheet(plan);
  await readRecords(
    path,
    (record) => sheet.take(record),
    (bytesRead) => Promise.resolve(onRead(bytesRead)),
  );
  reportEmptyFile(sheet.hasHeader, sheet.read, sheet.faults);
  return sheet;
}

class Sheet {
  readonly faults = new FaultList();
  readonly rows: SheetRow[] = [];
  read = 0;
  private header: Header | null = null;

  constructor(private readonly plan: ColumnPlan) {}

  get hasHeader(): boolean {
    return this.header !== null;
  }

  take(record: CsvScanner): void {
    if (record.fault !== null) return reportRecordFault(record, this.faults);
    if (this.header === null) {
      this.header = readHeader(record, this.plan, this.faults);
      return;
    }
    if (isBlank(record)) return;
    this.read += 1;
    const { header } = this;
    if (header.isLacking || header.standsAgain(record, this.faults)) return;
    if (!hasItsCells(record, header.names.length, this.faults)) return;
    if (this.read > MAX_SHEET_ROWS) return this.reportTooMany(record.row);
    const cells = new Map(header.names.map((name, place) => [name, textOf(record, place)]));
    this.rows.push({ row: record.row, cell: (column) => cells.get(column) ?? '' });
  }

  private reportTooMany(row: number): void {
    if (this.read > MAX_SHEET_ROWS + 1) return;
    const detail = `The file has more than ${MAX_SHEET_ROWS} rows. Divide it, keeping figures that complete one another in one file.`;
    this.faults.add(row, null, 'TOO_MANY_ROWS', detail);
  }
}
