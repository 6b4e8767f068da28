import type { Fraction } from '../money/fraction.js';

/**
 * How many people stand behind a cell, by the statement in which the same line last had them: null for those it never had.
 * It lets people be counted once over several statements without any of them being named: over statements 3 to 5, those
 * whom the line last had before 3, or never, are new, and the others have been counted.
 */
export type Behind = readonly {
  readonly lastIn: number | null;
  readonly people: number;
}[];

/** A line of a statement: one clause at one tariff. Only what is paid at one tariff is ever added up before it is shown. */
export interface Line {
  readonly clause: string;
  /** Minor units for one unit of quantity; 0 where the amount is no multiple of a price for each. */
  readonly tariffMinor: bigint;
}

/** What a payer carries of a cell. People stand behind it where the payer's part of what they came to is not nil. */
export interface PayerPart {
  readonly payer: string;
  readonly amountMinor: bigint;
  readonly behind: Behind;
  /** Net outcomes of which the payer carries a part; null where outcomes are not counted. */
  readonly outcomes: number | null;
}

/**
 * What a line came to in one cohort, of what was first taken account of in one statement: exact, before any control. Cells
 * of a statement that has been issued are final, so that the history of statements can be worked out again.
 */
export interface Cell extends Line {
  readonly cohort: string;
  /** Number of the statement that first took account of it; statements of a contract are numbered from 1. */
  readonly statement: number;
  /** null where the amount is about no one, as a fee for setting up is. */
  readonly behind: Behind | null;
  /** Outcomes that became paid, net; null where the amount is for a group as a whole. */
  readonly outcomes: number | null;
  readonly quantity: Fraction;
  readonly amountMinor: bigint;
  readonly payers: readonly PayerPart[];
}

/** Whether both are of the same line. */
export const isOfLine = (one: Line, other: Line): boolean =>
  one.clause === other.clause && one.tariffMinor === other.tariffMinor;
