import { z } from 'zod';
import { byClause, byClauseSchema } from './by-clause.js';
import { byHome, byHomeSchema } from './by-home.js';
import { byMetric, byMetricSchema } from './by-metric.js';
import { byPhase, byPhaseSchema } from './by-phase.js';
import { cappedThenNext, cappedThenNextSchema } from './capped-then-next.js';
import { fixedShares, fixedSharesSchema } from './fixed-shares.js';
import type { PayerSplit } from './payer-split.js';

/** The terms of every payer split; the discriminant is the mark used in the documents (S1 to S6). */
export const splitSchema = z.discriminatedUnion('type', [
  fixedSharesSchema,
  byHomeSchema,
  byMetricSchema,
  byPhaseSchema,
  cappedThenNextSchema,
  byClauseSchema,
]);
export type SplitTerms = z.infer<typeof splitSchema>;
export type SplitType = SplitTerms['type'];

/** Every split type has exactly one implementation: a schema without one does not compile. */
export const SPLITS: { readonly [T in SplitType]: PayerSplit<Extract<SplitTerms, { type: T }>> } = {
  S1: fixedShares,
  S2: byHome,
  S3: byMetric,
  S4: byPhase,
  S5: cappedThenNext,
  S6: byClause,
};

export const splitOf = <S extends SplitTerms>(terms: S): PayerSplit<S> =>
  SPLITS[terms.type] as unknown as PayerSplit<S>;
