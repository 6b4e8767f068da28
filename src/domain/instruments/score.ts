import {
  compare,
  divide,
  equals,
  formatFraction,
  fraction,
  multiply,
  parseFraction,
  sum,
  type Fraction,
} from '../money/fraction.js';
import { round } from '../money/rounding.js';
import { DomainError } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import { itemsOf, type Instrument, type Item } from './instrument.js';
import type { Scale, Score } from './scale.js';

/** Thrown when a score or an answer is not one that the instrument can give. */
export class ScoreRefused extends DomainError {
  constructor({ name }: { readonly name: string }, code: string, why: string) {
    super({ code, kind: 'invalid', detail: `${name}: ${why}` });
  }
}

const WHOLE = /^-?\d{1,9}$/;
const DECIMAL = /^-?\d{1,9}(?:\.(\d{1,4}))?$/;

/**
 * Reads a typed score. Only plain digits within the scale's bounds and decimals are accepted: no 1e3, no NaN, no
 * full-width or Arabic digits, and a blank is missing, not nought. Where answers are converted, the typed score is the
 * converted one and must stand in the table.
 */
export function parseScore(scale: Scale, text: string): Score {
  const range = `${formatFraction(scale.min)} to ${formatFraction(scale.max)}`;
  if (scale.decimals === 0 && !WHOLE.test(text))
    throw new ScoreRefused(
      scale,
      'SCORE_NOT_A_WHOLE_NUMBER',
      `"${excerpt(text)}" is not a whole number. Write digits from ${range}.`,
    );
  const decimal = DECIMAL.exec(text);
  if (decimal === null || places(decimal[1]) > scale.decimals)
    throw new ScoreRefused(
      scale,
      'SCORE_NOT_A_NUMBER',
      `"${excerpt(text)}" is not a score. Write digits from ${range}, with at most ${scale.decimals} after the point.`,
    );
  const score = parseFraction(text);
  if (compare(score, scale.min) < 0 || compare(score, scale.max) > 0)
    throw new ScoreRefused(scale, 'SCORE_OUT_OF_RANGE', `${text} is outside ${range}.`);
  refuseUnconverted(scale, score);
  return formatFraction(score);
}

/** Noughts at the end say nothing: a spreadsheet writes 3.5 as 3.50. */
const places = (decimals = ''): number => decimals.replace(/0+$/, '').length;

/** A raw total typed where the converted score is meant is the likeliest slip, and would be paid for. */
function refuseUnconverted(scale: Scale, score: Fraction): void {
  if (scale.conversion === null) return;
  if (scale.conversion.some((line) => equals(parseFraction(line.score), score))) return;
  const meant = scale.conversion.find(({ raw }) => equals(fraction(BigInt(raw)), score));
  const remedy =
    meant === undefined
      ? 'Give the score that stands in the table, or the answers.'
      : `If it is the sum of the answers, the score is ${meant.score}.`;
  throw new ScoreRefused(
    scale,
    'SCORE_NOT_IN_TABLE',
    `${formatFraction(score)} does not stand in its conversion table. ${remedy}`,
  );
}

/** Item answers as collected: item id to the value of the chosen option; a missing item is absent. */
export type ItemResponses = Readonly<Record<string, number>>;

/**
 * The score that the answers give on one scale of the instrument. Answers to items of other subscales are checked and
 * left out. Refuses an unknown item, an answer that is no option, and more missing than the scale allows.
 */
export function scoreItems(instrument: Instrument, scale: Scale, responses: ItemResponses): Score {
  for (const [id, value] of Object.entries(responses)) {
    const item = itemsOf(instrument).find((one) => one.id === id);
    if (item === undefined)
      throw new ScoreRefused(instrument, 'ITEM_UNKNOWN', `there is no item "${excerpt(id)}".`);
    countOf(instrument, item, value);
  }
  const answered = scale.items.filter(({ id }) => Object.hasOwn(responses, id));
  refuseMissing(scale, answered.length);
  const counts = answered.map((item) =>
    fraction(BigInt(countOf(instrument, item, responses[item.id]!))),
  );
  return formatFraction(converted(scale, stretched(scale, sum(counts), answered.length)));
}

function refuseMissing(scale: Scale, answered: number): void {
  const asked = scale.items.length;
  const missing = asked - answered;
  if (answered > 0 && missing <= scale.missing.allowed) return;
  throw new ScoreRefused(
    scale,
    'ITEMS_MISSING',
    asked === 0
      ? 'its answers are not kept here. Give the score.'
      : `${missing} of ${asked} answers are missing; at most ${scale.missing.allowed} may be.`,
  );
}

/** What the answer counts once a reversed item is turned round. Refuses an answer that is no option. */
export function countOf(instrument: Instrument, item: Item, value: number): number {
  const option = item.options.find((one) => one.value === value);
  if (option === undefined)
    throw new ScoreRefused(
      instrument,
      'ANSWER_UNKNOWN',
      `item "${item.id}" has no answer with value ${value}.`,
    );
  const count = option.scores ?? option.value;
  return item.reversed ? reversed(item, count) : count;
}

/** A count seen from the other end of the item's range. */
export function reversed(item: Item, count: number): number {
  const { least, most } = countsOf(item);
  return most + least - count;
}

/** The least and the most that an item can count; reversal leaves both as they are. */
export function countsOf(item: Item): { readonly least: number; readonly most: number } {
  const counts = item.options.map((option) => option.scores ?? option.value);
  return { least: Math.min(...counts), most: Math.max(...counts) };
}

/** The sum as if every item had been answered like the average of those that were, where the scale prorates. */
function stretched(scale: Scale, total: Fraction, answered: number): Fraction {
  if (scale.missing.score === 'sum') return total;
  const whole = multiply(total, fraction(BigInt(scale.items.length), BigInt(answered)));
  const unit = fraction(10n ** BigInt(scale.decimals));
  const units = round(multiply(whole, unit), scale.missing.rounding ?? 'half-up');
  return divide(fraction(units), unit);
}

function converted(scale: Scale, total: Fraction): Fraction {
  if (scale.conversion === null) return total;
  const line = scale.conversion.find(({ raw }) => equals(fraction(BigInt(raw)), total));
  if (line !== undefined) return parseFraction(line.score);
  throw new ScoreRefused(
    scale,
    'TOTAL_NOT_IN_TABLE',
    `its conversion table has no score for a total of ${formatFraction(total)}.`,
  );
}
