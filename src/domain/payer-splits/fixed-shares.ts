import { z } from 'zod';
import type { PayerSplit } from './payer-split.js';
import { divisionBy, payersOf, shareFaults, sharesInWords, sharesSchema } from './shares.js';

/** S1, fixed shares: every line is divided by the same exact fractions; spare pennies by largest remainder, ties to the earlier payer. */
export const fixedSharesSchema = z
  .strictObject({ type: z.literal('S1'), shares: sharesSchema })
  .describe('S1: fixed shares.');
export type FixedShares = z.infer<typeof fixedSharesSchema>;

export const fixedShares: PayerSplit<FixedShares> = {
  schema: fixedSharesSchema,
  followsFacts: false,
  inWords: ({ shares }) => sharesInWords(shares),
  limits: () => [],
  payers: ({ shares }) => payersOf(shares),
  problems: ({ shares }) => shareFaults(shares, '/shares'),
  open: ({ shares }) => divisionBy(shares, payersOf(shares)),
};
