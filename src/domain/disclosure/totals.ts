import { assert } from '../shared/assert.js';
import type { PayerAmount, Release } from './release.js';

/**
 * What releases come to together. Nothing is rounded again: counts are sums of rounded counts, amounts are sums of exact
 * amounts, so that a reader who adds up finds the same and a total says no more than its parts.
 */
export interface ReleasedTotal {
  readonly outcomes: number;
  readonly quantity: number;
  readonly amountMinor: bigint;
  /** By payer, of releases whose payers are shown. */
  readonly payers: readonly PayerAmount[];
  /** What is in the amount and not in `payers`. */
  readonly notByPayerMinor: bigint;
}

/** Adds up releases. People are not added up: one person may stand behind several lines. */
export function totalOf(releases: readonly Release[]): ReleasedTotal {
  const amounts = new Map<string, bigint>();
  for (const { payer, amountMinor } of releases.flatMap(({ payers }) => payers ?? []))
    amounts.set(payer, (amounts.get(payer) ?? 0n) + amountMinor);
  const total: ReleasedTotal = {
    outcomes: releases.reduce((sum, { outcomes }) => sum + (outcomes ?? 0), 0),
    quantity: releases.reduce((sum, { quantity }) => sum + quantity, 0),
    amountMinor: sumMinor(releases),
    payers: [...amounts].map(([payer, amountMinor]) => ({ payer, amountMinor })),
    notByPayerMinor: sumMinor(releases.filter(({ payers }) => payers === null)),
  };
  const byPayer = sumMinor(total.payers) + total.notByPayerMinor;
  assert(
    byPayer === total.amountMinor,
    `payers come to ${byPayer} and releases to ${total.amountMinor}`,
  );
  return total;
}

const sumMinor = (parts: readonly { readonly amountMinor: bigint }[]): bigint =>
  parts.reduce((total, { amountMinor }) => total + amountMinor, 0n);
