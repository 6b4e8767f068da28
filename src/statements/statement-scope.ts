/** Which lines a statement adds up. */
export interface StatementScope {
  readonly contractId: string;
  readonly periodId: string;
  /** The periods up to and including that one. */
  readonly periodsToDate: readonly string[];
  /** As of which entry; null of all that is known now. */
  readonly known: KnownBefore | null;
}

/** What was known when an entry was written: to make a statement again as it was made. */
export interface KnownBefore {
  /** The number of the entry; acts of earlier ones count. */
  readonly entry: bigint;
  /** The numbers of the computations that were computed by then. */
  readonly computations: readonly number[];
  /** Where the contract's trail stood before the entry. */
  readonly head: { readonly sequence: bigint; readonly hash: string };
}

/** As of an entry, only what earlier ones recorded counts. Whole numbers of ours, so they stand in the text. */
export const recordedBy = ({ known }: StatementScope, column: string): string =>
  known === null ? '' : `and ${column} < ${known.entry}`;

/** As of an entry, only the computations that were computed by then count. */
export const computedBy = ({ known }: StatementScope, column: string): string =>
  known === null ? '' : `and ${column} = any('{${known.computations.join(',')}}'::int[])`;
