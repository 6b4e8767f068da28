import { differencesOf, type Difference } from './differences.js';
import { KINDS } from './figures.schema.js';
import { warningOnKinds } from './kind-words.js';
import { notesOf } from './notes.js';
import { reckon, type Reckoned } from './reckon.js';
import { piecesOf, totalsOf, type Totals } from './totals.js';
import type { ValueCase } from './value-case.schema.js';
import { whoPaid, type WhoPaid } from './who-paid.js';

/** All that a value case comes to. Only for reading: no payment is computed from any of it. */
export interface ValueCaseReport extends Reckoned {
  readonly of: ValueCase;
  readonly totals: Totals;
  /** What must stand beside the sum of all kinds; null where there is one kind. */
  readonly warning: string | null;
  readonly whoPaid: readonly WhoPaid[];
  readonly differences: readonly Difference[];
  readonly notes: readonly string[];
}

/** Refuses ValueCaseRefused where a figure cannot be reckoned. */
export function reportOn(of: ValueCase): ValueCaseReport {
  const reckoned = reckon(of);
  const pieces = piecesOf(reckoned.benefits);
  const kinds = KINDS.filter((kind) => pieces.some((piece) => piece.kind === kind));
  return {
    of,
    ...reckoned,
    totals: totalsOf(pieces, of),
    warning: warningOnKinds(kinds),
    whoPaid: whoPaid(pieces, of),
    differences: differencesOf(reckoned, of),
    notes: notesOf(of),
  };
}
