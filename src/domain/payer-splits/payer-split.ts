import type { z } from 'zod';
import type { Fault } from '../shared/domain-error.js';

/** What a split may know of the line it divides. */
export interface SplitSubject {
  readonly metric: string;
  readonly clause: string;
  readonly outcomeOn: string;
}

/** One way of dividing each line between payers. Parts always sum to the amount. */
export interface PayerSplit<Terms> {
  readonly schema: z.ZodType<Terms>;
  inWords(terms: Terms): string;
  payers(terms: Terms): readonly string[];
  problems(terms: Terms): readonly Fault[];
  open(terms: Terms): (amountMinor: bigint, subject: SplitSubject) => ReadonlyMap<string, bigint>;
}
