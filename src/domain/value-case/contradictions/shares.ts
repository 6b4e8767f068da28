import { compare, equals, formatFraction, ONE, sum, ZERO } from '../../money/fraction.js';
import type { Fault } from '../../shared/domain-error.js';
import { excerpt } from '../../shared/excerpt.js';
import { number } from '../number.js';
import type { ValueCase } from '../value-case.schema.js';

/** Splits that are not whole, and bodies that stand twice in one. */
export const shareFaults = (of: ValueCase): Fault[] => [
  ...of.benefits.flatMap(({ to }, n) => splitFaults(to, `/benefits/${n}/to`)),
  ...(of.price?.alternatives ?? []).flatMap(({ shares }, n) =>
    splitFaults(shares, `/price/alternatives/${n}/shares`),
  ),
];

function splitFaults(shares: readonly { body: string; share: string }[], at: string): Fault[] {
  const faults: Fault[] = [];
  const values = shares.map(({ body, share }, index) => {
    if (shares.findIndex((other) => other.body === body) !== index)
      faults.push({
        at: `${at}/${index}/body`,
        code: 'BODY_TWICE',
        detail: `"${excerpt(body)}" has a share already. Write one share for each.`,
      });
    const value = number(share);
    if (value !== null && compare(value, ZERO) >= 0 && compare(value, ONE) <= 0) return value;
    faults.push({
      at: `${at}/${index}/share`,
      code: 'SHARE_NOT_A_PROPORTION',
      detail: `"${excerpt(share)}" is not a share from 0 to 1. Write 2/3, 25% or 1.`,
    });
    return ZERO;
  });
  const total = sum(values);
  if (faults.length === 0 && !equals(total, ONE))
    faults.push({
      at,
      code: 'SPLIT_NOT_WHOLE',
      detail: `The shares sum to ${formatFraction(total)}, not to 1. Nothing may be lost or counted twice.`,
    });
  return faults;
}
