/** Where a run stands: `seen` rows were shown to the nth reading, from 0, of so many. */
export interface Place {
  readonly nth: number;
  readonly readings: number;
  readonly seen: number;
}

/**
 * How many of the rows are done. Terms that limit many participants together are read more than once, and a row is done
 * when every reading has seen it: each counts for its part, so that the number rises from 0 to the total and never falls
 * while one worker is at it; whoever takes over from it begins anew.
 */
export const rowsDone = ({ nth, readings, seen }: Place, total: number): number =>
  Math.floor((nth * total + seen) / readings);
