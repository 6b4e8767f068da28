import { compare, parseFraction, ZERO } from '../../money/fraction.js';
import { shareFaults, type Shares } from '../../payer-splits/shares.js';
import { canonical } from '../../shared/canonical.js';
import type { TermsDocument } from '../terms.schema.js';
import { checkOf, fault } from './check.js';

/**
 * A participant's home may be corrected, and lines follow to the payers of the right one (S2). Beside a payer's cap, what
 * a line's payers carry no longer says by which home it was divided: the cap may have cut it. The two go together only
 * where any two homes with other shares can be told apart by who carries at all.
 */
export const movingHomes = checkOf(['caps', 'split'], ({ caps, split }) => {
  const capped = new Set(caps.flatMap((cap) => (cap.scope === 'payer' ? [cap.payer] : [])));
  const places = placesOf(split);
  if (capped.size === 0 || places === null) return [];
  const pair = places
    .flatMap((from) => places.map((to) => ({ from, to })))
    .find(({ from, to }) => from.key !== to.key && !isTold(from, to, capped));
  if (pair === undefined) return [];
  const { from, to } = pair;
  return caps.flatMap((cap, i) =>
    cap.scope === 'payer'
      ? fault(
          `/caps/${i}`,
          'HOMES_NOT_TOLD_APART',
          `If the home of a participant were corrected from ${from.name} to ${to.name}, a line that a payer's cap may have cut could not be moved, because nobody without a cap pays for ${from.name} alone. Give each home a payer of its own, give both the same shares, or cap the contract instead.`,
        )
      : [],
  );
});

/** A place with the payers who have a share in what happens there. */
interface Place {
  readonly name: string;
  readonly payers: readonly string[];
  readonly key: string;
}

/** The places of a split by home; null for any other split, and where a share is no share, which is said elsewhere. */
function placesOf(split: TermsDocument['split']): Place[] | null {
  if (split.type !== 'S2') return null;
  const all = [
    ...split.homes.map(({ is, shares }) => ({ name: `"${is}"`, shares })),
    { name: 'any other place', shares: split.others },
  ];
  return all.some(({ shares }) => shareFaults(shares, '').length > 0) ? null : all.map(placeOf);
}

function placeOf({ name, shares }: { name: string; shares: Shares }): Place {
  const paying = shares
    .map(({ payer, share }) => ({ payer, share: parseFraction(share) }))
    .filter(({ share }) => compare(share, ZERO) > 0)
    .map(({ payer, share }) => [payer, `${share.numerator}/${share.denominator}`] as const);
  return {
    name,
    payers: paying.map(([payer]) => payer),
    key: canonical(Object.fromEntries(paying)),
  };
}

/** Whether a line of one place always shows that it is not of another: somebody carries it who would carry nothing there. */
const isTold = (from: Place, to: Place, capped: ReadonlySet<string>): boolean => {
  const alone = from.payers.filter((payer) => !to.payers.includes(payer));
  return alone.length === from.payers.length || alone.some((payer) => !capped.has(payer));
};
