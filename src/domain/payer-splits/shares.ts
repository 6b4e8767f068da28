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
  type Fraction,
} from '../money/fraction.js';
import type { Fault } from '../shared/domain-error.js';

/** Exact shares of some payers, which together are the whole. */
export const sharesSchema = z
  .array(
    z.strictObject({
      payer: z.string().describe('A party that pays.'),
      share: z.string().describe('An exact share: "445/720", "25%", "0.25".'),
    }),
  )
  .min(1);
export type Shares = z.infer<typeof sharesSchema>;

export const sharesInWords = (shares: Shares): string =>
  shares.map(({ payer, share }) => `${payer} ${share}`).join(', ');

/** Every payer of several lists of shares, each once, in the order in which the terms name them. */
export const payersOf = (...lists: readonly Shares[]): string[] => [
  ...new Set(lists.flatMap((shares) => shares.map(({ payer }) => payer))),
];

/** Divides an amount by shares, for lines whose parts name every payer of the split: those without a share carry nothing. */
export type Division = (amountMinor: bigint) => ReadonlyMap<string, bigint>;

/** Opens shares as a division among all payers of the split; spare pennies by largest remainder, ties to the earlier. */
export function divisionBy(shares: Shares, payers: readonly string[]): Division {
  const fractions = shares.map(({ share }) => parseFraction(share));
  const places = payers.map((payer) => shares.findIndex((one) => one.payer === payer));
  return (amountMinor) => {
    const parts = allocate(amountMinor, fractions);
    return new Map(payers.map((payer, at) => [payer, parts[places[at]!] ?? 0n]));
  };
}

/** What is wrong with a list of shares: no proportion, not whole together, a payer twice. Paths lie below `at`. */
export function shareFaults(shares: Shares, at: string): Fault[] {
  const faults: Fault[] = [];
  const values = shares.map(({ share }, index) => {
    const value = proportionOf(share);
    if (value === null)
      faults.push({
        at: `${at}/${index}/share`,
        code: 'SHARE_NOT_A_PROPORTION',
        detail: `"${share}" is not a share from 0 to 1. Write 445/720, 25% or 0.25.`,
      });
    return value ?? ZERO;
  });
  const total = sum(values);
  if (faults.length === 0 && !equals(total, ONE))
    faults.push({
      at,
      code: 'SHARES_NOT_WHOLE',
      detail: `The shares sum to ${formatFraction(total)}, not to 1. Change one so that they are whole.`,
    });
  shares.forEach(({ payer }, index) => {
    if (shares.findIndex((other) => other.payer === payer) !== index)
      faults.push({
        at: `${at}/${index}/payer`,
        code: 'PAYER_TWICE',
        detail: `"${payer}" has a share already.`,
      });
  });
  return faults;
}

function proportionOf(text: string): Fraction | null {
  try {
    const value = parseFraction(text);
    return compare(value, ZERO) < 0 || compare(value, ONE) > 0 ? null : value;
  } catch {
    return null;
  }
}
