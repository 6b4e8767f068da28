import type { Fault } from '../domain/shared/domain-error.js';
import { differsFromRecorded, nothingToCorrect } from '../domain/outcomes/measurement-conflicts.js';

/** What is recorded under a key at present. */
export interface Standing {
  readonly version: number;
  /** The canonical text of what it says. */
  readonly content: string;
  /** What it says, for the sentence that refuses something else. */
  readonly words: string;
}

/** Something checked that is to be recorded. */
export interface Given<T> {
  /** Its place in the file or the request. */
  readonly row: number;
  readonly key: string;
  readonly content: string;
  readonly reason: string | null;
  readonly value: T;
}

export interface RowFault {
  readonly row: number;
  readonly fault: Fault;
}

/** What becomes of the things given: the versions to record, and what contradicts what is recorded. */
export interface Placed<T> {
  readonly next: readonly (Given<T> & { readonly version: number })[];
  readonly faults: readonly RowFault[];
  readonly rowsNew: number;
  readonly rowsCorrected: number;
  readonly rowsUnchanged: number;
}

/**
 * Sets what is given against what is recorded. What says the same is left alone; what says otherwise needs a reason and
 * becomes the next version; a reason where nothing is recorded, and two rows about one thing, are faults.
 */
export function place<T>(
  standing: ReadonlyMap<string, Standing>,
  given: readonly Given<T>[],
  twice: (firstRow: number) => Fault,
): Placed<T> {
  const faults: RowFault[] = [];
  const next: (Given<T> & { version: number })[] = [];
  const firstRows = new Map<string, number>();
  let rowsUnchanged = 0;
  for (const one of given) {
    const { row, key, content, reason } = one;
    const current = standing.get(key);
    const first = firstRows.get(key);
    if (first === undefined) firstRows.set(key, row);
    if (first !== undefined) faults.push({ row, fault: twice(first) });
    else if (current?.content === content) rowsUnchanged += 1;
    else if (current !== undefined && reason === null)
      faults.push({ row, fault: differsFromRecorded(current.words) });
    else if (current === undefined && reason !== null)
      faults.push({ row, fault: nothingToCorrect() });
    else next.push({ ...one, version: (current?.version ?? 0) + 1 });
  }
  const rowsNew = next.filter(({ version }) => version === 1).length;
  return { next, faults, rowsNew, rowsCorrected: next.length - rowsNew, rowsUnchanged };
}
