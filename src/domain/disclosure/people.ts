import type { Behind } from './cell.js';

interface Seen {
  readonly behind: Behind | null;
}

/**
 * Different people behind cells of one line, from the first statement given on: whoever the line last had before that
 * statement, or never, is new. Cohorts are counted apart and added, because a participant is enrolled in one cohort.
 */
export function peopleBehind(cells: readonly Seen[], fromStatement: number): number {
  return cells
    .flatMap(({ behind }) => behind ?? [])
    .filter(({ lastIn }) => lastIn === null || lastIn < fromStatement)
    .reduce((total, { people }) => total + people, 0);
}
