import { z } from 'zod';
import { amountFaults } from '../money/amount-faults.js';
import type { Fault } from '../shared/domain-error.js';
import type { PayerSplit, Room } from './payer-split.js';
import { divisionBy, payersOf, shareFaults, sharesInWords, sharesSchema } from './shares.js';

/**
 * S5, capped, then the next payer: lines are divided by shares until a payer has carried its limit; what is more than
 * that falls to the payer named next. So a top-up fund's commitment ends while the local payer's goes on, and no outcome
 * goes unpaid. Limits bite in the order in which they stand. What a correction gives back makes room again.
 */
export const cappedThenNextSchema = z
  .strictObject({
    type: z.literal('S5'),
    shares: sharesSchema,
    limits: z
      .array(
        z.strictObject({
          payer: z.string().describe('The payer whose part is limited.'),
          amount: z.string().describe('The most it carries over the contract: "697000.00".'),
          then: z.string().describe('The payer who carries the rest.'),
        }),
      )
      .min(1),
  })
  .describe('S5: limited, then the next payer.');
export type CappedThenNext = z.infer<typeof cappedThenNextSchema>;

const payers = ({ shares, limits }: CappedThenNext): string[] => [
  ...new Set([...payersOf(shares), ...limits.map(({ then }) => then)]),
];

export const cappedThenNext: PayerSplit<CappedThenNext> = {
  schema: cappedThenNextSchema,
  followsFacts: false,
  inWords: ({ shares, limits }) =>
    [
      sharesInWords(shares),
      ...limits.map(({ payer, amount, then }) => `${payer} at most ${amount}, then ${then}`),
    ].join('; '),
  limits: ({ limits }) => limits.map(({ payer, amount }) => ({ payer, amount })),
  payers,
  problems: (terms, { currency }) => [
    ...shareFaults(terms.shares, '/shares'),
    ...terms.limits.flatMap((limit, l) => [
      ...amountFaults(`/limits/${l}/amount`, limit.amount, currency, 'CAP_NEGATIVE'),
      ...limitFaults(terms, l),
    ]),
  ],
  open(terms) {
    const divide = divisionBy(terms.shares, payers(terms));
    return (amountMinor, _subject, roomOf) => {
      const parts = new Map(divide(amountMinor));
      for (const { payer, then } of terms.limits) {
        const [part, room] = [parts.get(payer)!, roomOf(payer)];
        if (room === null || isGivenBack(part, room)) continue;
        const most = mostOf(room);
        if (most >= part) continue;
        parts.set(payer, most);
        parts.set(then, parts.get(then)! + part - most);
      }
      return parts;
    };
  },
};

/** What a payer gets back is as the shares have it, whatever its limit. */
const isGivenBack = (part: bigint, { carriedMinor }: Room): boolean =>
  part <= 0n && part <= carriedMinor;

/**
 * The most that a limited payer carries of a line. Beyond its limit it carries nothing more; but what it was given back
 * with this line is not asked of it again, since that has made room for others meanwhile.
 */
function mostOf({ leftMinor, carriedMinor }: Room): bigint {
  if (leftMinor >= 0n) return leftMinor;
  const least = carriedMinor < 0n ? carriedMinor : 0n;
  return leftMinor > least ? leftMinor : least;
}

/** Who is limited has a share and one limit; who takes over is somebody else, and has not had its own limit applied yet. */
function limitFaults({ shares, limits }: CappedThenNext, l: number): Fault[] {
  const { payer, then } = limits[l]!;
  const at = `/limits/${l}`;
  const faults: Fault[] = [];
  const carries =
    payersOf(shares).includes(payer) || limits.slice(0, l).some((one) => one.then === payer);
  if (!carries)
    faults.push({
      at: `${at}/payer`,
      code: 'PAYER_UNKNOWN',
      detail: `"${payer}" carries no share that could be limited.`,
    });
  if (limits.findIndex((one) => one.payer === payer) !== l)
    faults.push({
      at: `${at}/payer`,
      code: 'PAYER_TWICE',
      detail: `"${payer}" has a limit already. Keep one of them.`,
    });
  if (limits.slice(0, l + 1).some((one) => one.payer === then))
    faults.push({
      at: `${at}/then`,
      code: 'LIMIT_IN_A_CIRCLE',
      detail: `"${then}" is limited itself by then and cannot carry the rest. Name another payer, or list its limit below.`,
    });
  return faults;
}
