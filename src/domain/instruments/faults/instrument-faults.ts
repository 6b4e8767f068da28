import { compare, parseFraction } from '../../money/fraction.js';
import type { Fault } from '../../shared/domain-error.js';
import type { Instrument, Questionnaire, Subscale } from '../instrument.js';
import { scaleOf } from '../scale.js';
import { conversionFaults } from './conversion-faults.js';
import { itemFaults } from './item-faults.js';
import { placesOf } from './places.js';
import { scoringFaults } from './scoring-faults.js';

/**
 * Everything in an instrument's definition that contradicts itself or that its licence forbids, each with its path below
 * the instrument. An empty list means that every combination of answers it accepts gives a score within its bounds.
 */
export function instrumentFaults(instrument: Instrument): Fault[] {
  const bounds = boundsFaults(instrument, '');
  if (instrument.kind === 'scale') return bounds;
  return [
    ...bounds,
    ...itemFaults(instrument),
    ...totalFaults(instrument, bounds.length === 0),
    ...instrument.subscales.flatMap((subscale, s) =>
      subscaleFaults(instrument, subscale, `/subscales/${s}`),
    ),
  ];
}

function boundsFaults(
  { min, max, decimals }: Pick<Instrument, 'min' | 'max' | 'decimals'>,
  at: string,
): Fault[] {
  const tooFine = (['min', 'max'] as const)
    .filter((bound) => placesOf({ min, max }[bound]) > decimals)
    .map((bound) => ({
      at: `${at}/${bound}`,
      code: 'BOUND_TOO_FINE',
      detail: `Scores have ${decimals} decimals, but this bound has more. Write it with as many, or allow more decimals.`,
    }));
  if (compare(parseFraction(min), parseFraction(max)) < 0) return tooFine;
  return [
    ...tooFine,
    {
      at: `${at}/max`,
      code: 'BOUNDS_BACKWARD',
      detail: `The highest score (${max}) must be above the lowest (${min}).`,
    },
  ];
}

function totalFaults(instrument: Questionnaire, boundsHold: boolean): Fault[] {
  const { hasTotal, items, subscales, conversion } = instrument;
  const scale = scaleOf(instrument);
  if (scale === undefined)
    return subscales.length === 0
      ? [nothingScored('it has no subscales')]
      : notConverted(conversion);
  if (items.length > 0 && scale.items.length === 0)
    return [nothingScored('none of its items counts in the total')];
  if (!hasTotal || !boundsHold) return [];
  return [
    ...scoringFaults(scale, instrument.missing, ''),
    ...(conversion === undefined ? [] : conversionFaults(scale, conversion)),
  ];
}

const nothingScored = (why: string): Fault => ({
  at: '/hasTotal',
  code: 'NOTHING_SCORED',
  detail: `This instrument gives no score: ${why}.`,
});

const notConverted = (conversion: unknown): Fault[] =>
  conversion === undefined
    ? []
    : [
        {
          at: '/conversion',
          code: 'CONVERSION_WITHOUT_TOTAL',
          detail: 'A conversion table converts the total, and this instrument has none. Remove it.',
        },
      ];

function subscaleFaults(instrument: Questionnaire, subscale: Subscale, at: string): Fault[] {
  const bounds = boundsFaults(subscale, at);
  const unknown = subscale.items.flatMap((item, i) =>
    instrument.items.some(({ id }) => id === item)
      ? []
      : [
          {
            at: `${at}/items/${i}`,
            code: 'ITEM_UNKNOWN',
            detail: `There is no item "${item}". Correct its name, or add the item.`,
          },
        ],
  );
  if (instrument.items.length > 0 && subscale.items.length === 0)
    return [
      ...bounds,
      {
        at: `${at}/items`,
        code: 'SUBSCALE_EMPTY',
        detail: `Name the items that "${subscale.id}" sums.`,
      },
    ];
  const scale = scaleOf(instrument, subscale.id);
  return bounds.length + unknown.length > 0 || scale === undefined
    ? [...bounds, ...unknown]
    : scoringFaults(scale, subscale.missing, at);
}
