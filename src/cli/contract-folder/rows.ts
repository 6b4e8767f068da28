import { existsSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { DomainError, type Fault } from '../../domain/shared/domain-error.js';
import { readText } from '../read-file.js';

/** Thrown when files of a contract folder hold rows that an import would refuse; every fault names its file and row. */
export class FolderRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'FOLDER_REFUSED',
      kind: 'invalid',
      detail: 'Nothing was computed, because these files hold rows that an import would refuse.',
      faults,
    });
  }
}

/** A row of a file, by column; a column that the file does not have reads as blank. */
export interface Row {
  readonly place: string;
  readonly columns: readonly string[];
  cell(column: string): string;
}

/** The rows of a CSV file of the folder; none where there is no such file. Columns in any case and order. */
export async function rowsOf(folder: string, name: string): Promise<Row[]> {
  const file = path.join(folder, name);
  if (!existsSync(file)) return [];
  const records: Readonly<Record<string, string>>[] = parse(await readText(file), {
    bom: true,
    columns: (names: string[]) => names.map((column) => column.trim().toLowerCase()),
    skip_empty_lines: true,
    trim: true,
  });
  return records.map((record: Readonly<Record<string, string>>, index) => ({
    place: `${name} row ${index + 2}`,
    columns: Object.keys(record),
    cell: (column) => record[column] ?? '',
  }));
}
