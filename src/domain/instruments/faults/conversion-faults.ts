import { compare, formatFraction, fraction, parseFraction } from '../../money/fraction.js';
import type { Fault } from '../../shared/domain-error.js';
import type { Conversion } from '../instrument.js';
import type { Scale } from '../scale.js';
import { placesOf } from './places.js';
import { extremes } from './scoring-faults.js';

/**
 * A conversion table has a score for every sum of the answers, in order and without a gap; the scores move one way only
 * and lie within the bounds; and it needs every answer, because a part of the sum does not stand in it.
 */
export function conversionFaults(scale: Scale, table: readonly Conversion[]): Fault[] {
  const line = (index: number, code: string, detail: string): Fault => ({
    at: `/conversion/${index}`,
    code,
    detail,
  });
  const scores = table.map(({ score }) => parseFraction(score));
  const rises = compare(scores.at(-1)!, scores[0]!);
  return [
    ...table.flatMap(({ raw, score }, i) => [
      ...(i === 0 || raw === table[i - 1]!.raw + 1
        ? []
        : [
            line(
              i,
              'CONVERSION_GAP',
              `${raw} stands after ${table[i - 1]!.raw}. List every sum once, from the lowest to the highest.`,
            ),
          ]),
      ...(compare(scores[i]!, scale.min) < 0 || compare(scores[i]!, scale.max) > 0
        ? [line(i, 'CONVERSION_OUTSIDE_BOUNDS', `${score} is not within the bounds of the scale.`)]
        : []),
      ...(placesOf(score) > scale.decimals
        ? [
            line(
              i,
              'CONVERSION_TOO_FINE',
              `${score} has more digits after the point than the scale (${scale.decimals}).`,
            ),
          ]
        : []),
      ...(i > 0 && compare(scores[i]!, scores[i - 1]!) * rises < 0
        ? [
            line(
              i,
              'CONVERSION_NOT_MONOTONE',
              `${score} goes back behind ${table[i - 1]!.score}. Scores must move one way as the sum rises.`,
            ),
          ]
        : []),
    ]),
    ...(rises === 0
      ? [
          line(
            table.length - 1,
            'CONVERSION_NOT_MONOTONE',
            'The table ends with the score it begins with, so no change would show. Check it.',
          ),
        ]
      : []),
    ...coverFaults(scale, table),
  ];
}

function coverFaults(scale: Scale, table: readonly Conversion[]): Fault[] {
  if (scale.items.length === 0) return [];
  const [least, most] = extremes(scale);
  const covers =
    compare(fraction(BigInt(table[0]!.raw)), least) <= 0 &&
    compare(fraction(BigInt(table.at(-1)!.raw)), most) >= 0;
  return [
    ...(covers
      ? []
      : [
          {
            at: '/conversion',
            code: 'CONVERSION_INCOMPLETE',
            detail: `The answers add up to ${formatFraction(least)} to ${formatFraction(most)}, but the table goes from ${table[0]!.raw} to ${table.at(-1)!.raw}.`,
          },
        ]),
    ...(scale.missing.allowed === 0
      ? []
      : [
          {
            at: '/missing/allowed',
            code: 'CONVERSION_NEEDS_ALL',
            detail: 'A sum with answers missing cannot be converted. Allow none missing.',
          },
        ]),
  ];
}
