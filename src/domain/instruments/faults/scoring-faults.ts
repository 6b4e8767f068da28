import { compare, equals, formatFraction, fraction, type Fraction } from '../../money/fraction.js';
import type { Fault } from '../../shared/domain-error.js';
import type { MissingRule } from '../instrument.js';
import type { Scale } from '../scale.js';
import { countsOf } from '../score.js';

/**
 * Whether the answers to a scale's items always give a score within its bounds. The bounds are exactly what the answers
 * can add up to, so that an impossible score cannot be typed either; where a table converts the sum, the table is
 * checked instead.
 */
export function scoringFaults(scale: Scale, missing: MissingRule | undefined, at: string): Fault[] {
  if (scale.items.length === 0) return [];
  if (missing === undefined)
    return [
      {
        at: `${at}/missing`,
        code: 'MISSING_RULE_MISSING',
        detail: 'Say how many answers may be missing, and whether the rest is summed or prorated.',
      },
    ];
  return [...missingFaults(scale, missing, at), ...sumFaults(scale, missing, at)];
}

function missingFaults(scale: Scale, missing: MissingRule, at: string): Fault[] {
  if (missing.allowed >= scale.items.length)
    return [
      {
        at: `${at}/missing/allowed`,
        code: 'MISSING_TOO_MANY',
        detail: `There are ${scale.items.length} items, so at most ${scale.items.length - 1} may be missing.`,
      },
    ];
  if (missing.score === 'sum' || missing.allowed === 0) return [];
  const [first, ...others] = scale.items.map(countsOf);
  return others.every(({ least, most }) => least === first!.least && most === first!.most)
    ? []
    : [
        {
          at: `${at}/missing/score`,
          code: 'PRORATED_UNEQUAL_ITEMS',
          detail: 'Items with different ranges cannot stand in for each other. Allow none missing.',
        },
      ];
}

function sumFaults(scale: Scale, missing: MissingRule, at: string): Fault[] {
  if (scale.conversion !== null) return [];
  const [least, most] = extremes(scale);
  if (!equals(least, scale.min) || !equals(most, scale.max))
    return [
      {
        at: `${at}/min`,
        code: 'BOUNDS_DISAGREE_WITH_ITEMS',
        detail: `The answers add up to ${between(least, most)}, but the bounds are ${between(scale.min, scale.max)}. Correct the bounds or the answers.`,
      },
    ];
  if (missing.score === 'prorated') return [];
  const [lowest, highest] = extremesOfPart(scale, missing.allowed);
  return compare(lowest, scale.min) >= 0 && compare(highest, scale.max) <= 0
    ? []
    : [
        {
          at: `${at}/missing/score`,
          code: 'SUM_LEAVES_BOUNDS',
          detail: `With ${missing.allowed} missing the sum can be ${formatFraction(compare(lowest, scale.min) < 0 ? lowest : highest)}, outside ${between(scale.min, scale.max)}. Prorate it, or allow none missing.`,
        },
      ];
}

const between = (from: Fraction, to: Fraction): string =>
  `${formatFraction(from)} to ${formatFraction(to)}`;

const total = (counts: readonly number[]): Fraction =>
  fraction(counts.reduce((sum, count) => sum + BigInt(count), 0n));

/** The least and the most that all answers together can count. */
export const extremes = ({ items }: Pick<Scale, 'items'>): [Fraction, Fraction] => [
  total(items.map((item) => countsOf(item).least)),
  total(items.map((item) => countsOf(item).most)),
];

/** The same where some answers are missing: those whose absence lowers the sum most, or raises it most. */
function extremesOfPart({ items }: Scale, missing: number): [Fraction, Fraction] {
  const least = items.map((item) => countsOf(item).least).sort((a, b) => b - a);
  const most = items.map((item) => countsOf(item).most).sort((a, b) => a - b);
  return [
    total(least.filter((count, index) => index >= missing || count <= 0)),
    total(most.filter((count, index) => index >= missing || count >= 0)),
  ];
}
