import { z } from 'zod';
import { allocate } from '../money/allocate.js';
import {
  compare,
  equals,
  formatFraction,
  ONE,
  parseFraction,
  sum,
  ZERO,
} from '../money/fraction.js';
import type { Fault } from '../shared/domain-error.js';
import type { PayerSplit } from './payer-split.js';

/** S1, fixed shares: every line is divided by the same exact fractions; spare pennies by largest remainder, ties to the earlier payer. */
export const fixedSharesSchema = z
  .strictObject({
    type: z.literal('S1'),
    shares: z
      .array(
        z.strictObject({
          payer: z.string(),
          share: z.string().describe('An exact share: "445/720", "25%", "0.25".'),
        }),
      )
      .min(1),
  })
  .describe('S1: fixed shares.');
export type FixedShares = z.infer<typeof fixedSharesSchema>;

const parsed = (text: string) => {
  try {
    return parseFraction(text);
  } catch {
    return null;
  }
};

export const fixedShares: PayerSplit<FixedShares> = {
  schema: fixedSharesSchema,
  inWords: ({ shares }) => shares.map(({ payer, share }) => `${payer} ${share}`).join(', '),
  limits: () => [],
  payers: ({ shares }) => shares.map(({ payer }) => payer),
  problems({ shares }) {
    const faults: Fault[] = [];
    const values = shares.map(({ share }, index) => {
      const value = parsed(share);
      if (value === null || compare(value, ZERO) < 0 || compare(value, ONE) > 0)
        faults.push({
          at: `/shares/${index}/share`,
          code: 'SHARE_NOT_A_PROPORTION',
          detail: `"${share}" is not a share from 0 to 1. Write 445/720, 25% or 0.25.`,
        });
      return value ?? ZERO;
    });
    const total = sum(values);
    if (faults.length === 0 && !equals(total, ONE))
      faults.push({
        at: '/shares',
        code: 'SHARES_NOT_WHOLE',
        detail: `The shares sum to ${formatFraction(total)}, not to 1. Change one so that they are whole.`,
      });
    shares.forEach(({ payer }, index) => {
      if (shares.findIndex((other) => other.payer === payer) !== index)
        faults.push({
          at: `/shares/${index}/payer`,
          code: 'PAYER_TWICE',
          detail: `"${payer}" has a share already.`,
        });
    });
    return faults;
  },
  open({ shares }) {
    const fractions = shares.map(({ share }) => parseFraction(share));
    return (amountMinor) => {
      const parts = allocate(amountMinor, fractions);
      return new Map(shares.map(({ payer }, index) => [payer, parts[index]!]));
    };
  },
};
