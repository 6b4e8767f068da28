import { FileRefused, type FileFault } from './csv.errors.js';

/** How many faults of one file are listed; the rest are only counted. */
export const MAX_FAULTS = 1000;

/** Collects the faults of a file: the first thousand in full, and the true number of all. */
export class FaultList {
  private readonly faults: FileFault[] = [];
  count = 0;

  add(row: number, column: string | null, code: string, detail: string): void {
    this.count += 1;
    if (this.faults.length >= MAX_FAULTS) return;
    const at = column === null ? `row ${row}` : `row ${row}, column ${column}`;
    this.faults.push({ at, row, column, code, detail });
  }

  /** The faults in the order of the file. */
  list(): readonly FileFault[] {
    return [...this.faults].sort((a, b) => a.row - b.row);
  }

  /** Throws FileRefused when there is any fault. */
  refuseIfAny(): void {
    if (this.count > 0) throw new FileRefused(this.count, this.list());
  }
}
