import type { z } from 'zod';
import type { Currency } from '../money/currency.js';
import type { Attributes } from '../outcomes/participant-facts.js';
import type { AttributeDeclarations } from '../outcomes/eligibility.js';
import type { Level } from '../outcomes/outcome.js';
import type { Fault } from '../shared/domain-error.js';

/** What a split may know of the line it divides. */
export interface SplitSubject {
  readonly metric: string;
  readonly clause: string;
  readonly outcomeOn: string;
  /** The participant's declared attributes; null where the line is about a whole cohort. */
  readonly attributes: Attributes | null;
}

/** What a limited payer may carry of a line's whole amount. */
export interface Room {
  /** What its limit leaves beside all other lines; negative where those are beyond it. */
  readonly leftMinor: bigint;
  /** What it carries of this line already. */
  readonly carriedMinor: bigint;
}

/** Null where a payer has no limit. */
export type RoomOf = (payer: string) => Room | null;

/** What terms offer a split to check itself against. */
export interface SplitSurroundings {
  readonly currency: Currency;
  readonly metrics: readonly string[];
  readonly attributes: AttributeDeclarations;
  /** Every clause, with whether its lines are about participants or cohorts. */
  readonly clauses: ReadonlyMap<string, Level>;
}

/** One way of dividing each line between payers. Parts always sum to the amount. */
export interface PayerSplit<Terms> {
  readonly schema: z.ZodType<Terms>;
  /** Whether a corrected fact can change who carries a line: the participant's home, the day, what was measured. */
  readonly followsFacts: boolean;
  inWords(terms: Terms): string;
  payers(terms: Terms): readonly string[];
  problems(terms: Terms, surroundings: SplitSurroundings): readonly Fault[];
  /** Payers whose part of the whole contract is limited by the split itself, so that another carries the rest (S5). */
  limits(terms: Terms): readonly { readonly payer: string; readonly amount: string }[];
  /** The parts of a line's whole amount, in the order of payers(). */
  open(
    terms: Terms,
  ): (amountMinor: bigint, subject: SplitSubject, roomOf: RoomOf) => ReadonlyMap<string, bigint>;
}
