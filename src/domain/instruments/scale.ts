import { parseFraction, type Fraction } from '../money/fraction.js';
import {
  hasTotal,
  itemsOf,
  subscalesOf,
  type Conversion,
  type Instrument,
  type Item,
  type MissingRule,
} from './instrument.js';

/** A score: an exact decimal in its shortest text, such as "6" or "19.98". */
export type Score = string;

/** What one score is measured on: the total of an instrument, one of its subscales, or a plain number. */
export interface Scale {
  /** What refusals call it: "UCLA three-item loneliness scale", "SDQ: conduct problems". */
  readonly name: string;
  readonly min: Fraction;
  readonly max: Fraction;
  readonly decimals: number;
  /** Which way a score moves when life gets better. */
  readonly improvement: 'lower' | 'higher';
  /** The items that give the score; none where only the score itself is recorded. */
  readonly items: readonly Item[];
  readonly missing: MissingRule;
  /** Where a sum of answers stands for another score; null where the sum is the score. */
  readonly conversion: readonly Conversion[] | null;
}

const NONE_MISSING: MissingRule = { allowed: 0, score: 'sum' };

/**
 * The scale of an instrument's total or, where one is named, of a subscale. Undefined where there is no such subscale,
 * or where none is named although only subscales are scored.
 */
export function scaleOf(instrument: Instrument, subscale?: string): Scale | undefined {
  if (subscale === undefined) return hasTotal(instrument) ? totalOf(instrument) : undefined;
  const found = subscalesOf(instrument).find(({ id }) => id === subscale);
  if (found === undefined) return undefined;
  return {
    name: `${instrument.name}: ${found.name}`,
    min: parseFraction(found.min),
    max: parseFraction(found.max),
    decimals: found.decimals,
    improvement: found.improvement,
    items: itemsOf(instrument).filter(({ id }) => found.items.includes(id)),
    missing: found.missing ?? NONE_MISSING,
    conversion: null,
  };
}

function totalOf(instrument: Instrument): Scale {
  const questionnaire = instrument.kind === 'questionnaire' ? instrument : null;
  return {
    name: instrument.name,
    min: parseFraction(instrument.min),
    max: parseFraction(instrument.max),
    decimals: instrument.decimals,
    improvement: instrument.improvement,
    items: itemsOf(instrument).filter(({ inTotal }) => inTotal !== false),
    missing: questionnaire?.missing ?? NONE_MISSING,
    conversion: questionnaire?.conversion ?? null,
  };
}
