import { z } from 'zod';
import { fixedShares, fixedSharesSchema } from './fixed-shares.js';
import type { PayerSplit } from './payer-split.js';

/** The terms of every payer split; the discriminant is the mark used in the documents (S1 to S6). */
export const splitSchema = z.discriminatedUnion('type', [fixedSharesSchema]);
export type SplitTerms = z.infer<typeof splitSchema>;
export type SplitType = SplitTerms['type'];

/** Every split type has exactly one implementation: a schema without one does not compile. */
export const SPLITS: { readonly [T in SplitType]: PayerSplit<Extract<SplitTerms, { type: T }>> } = {
  S1: fixedShares,
};

export const splitOf = <S extends SplitTerms>(terms: S): PayerSplit<S> =>
  SPLITS[terms.type] as unknown as PayerSplit<S>;
