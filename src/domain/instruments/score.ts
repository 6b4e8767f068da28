import { DomainError } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import type { Instrument, Item } from './instrument.js';

/** Thrown when a score or an answer is not one that the instrument can give. */
export class ScoreRefused extends DomainError {
  constructor(instrument: Instrument, code: string, why: string) {
    super({ code, kind: 'invalid', detail: `${instrument.name}: ${why}` });
  }
}

const WHOLE = /^-?\d{1,9}$/;

/**
 * Reads a typed score. Only plain whole digits within the instrument's bounds are accepted: no decimals, no 1e3, no NaN,
 * no full-width or Arabic digits, and a blank is missing, not nought.
 */
export function parseScore(instrument: Instrument, text: string): number {
  if (!WHOLE.test(text))
    throw new ScoreRefused(
      instrument,
      'SCORE_NOT_A_WHOLE_NUMBER',
      `"${excerpt(text)}" is not a whole number. Write digits from ${instrument.minScore} to ${instrument.maxScore}.`,
    );
  const score = Number(text);
  if (score < instrument.minScore || score > instrument.maxScore)
    throw new ScoreRefused(
      instrument,
      'SCORE_OUT_OF_RANGE',
      `${text} is outside ${instrument.minScore} to ${instrument.maxScore}.`,
    );
  return score;
}

/** Item answers as collected: item id to the value of the chosen option; a missing item is absent. */
export type ItemResponses = Readonly<Record<string, number>>;

/** The total that the answers give. Refuses an unknown item, an answer that is no option, and too many missing. */
export function scoreItems(instrument: Instrument, responses: ItemResponses): number {
  for (const id of Object.keys(responses))
    if (!instrument.items.some((item) => item.id === id))
      throw new ScoreRefused(instrument, 'ITEM_UNKNOWN', `there is no item "${excerpt(id)}".`);
  const answered = instrument.items.filter((item) => responses[item.id] !== undefined);
  const missing = instrument.items.length - answered.length;
  if (missing > instrument.missingItemsAllowed)
    throw new ScoreRefused(
      instrument,
      'ITEMS_MISSING',
      `${missing} of ${instrument.items.length} answers are missing; at most ${instrument.missingItemsAllowed} may be.`,
    );
  return answered.reduce(
    (total, item) => total + itemScore(instrument, item, responses[item.id]!),
    0,
  );
}

function itemScore(instrument: Instrument, item: Item, value: number): number {
  const values = item.options.map((option) => option.value);
  if (!values.includes(value))
    throw new ScoreRefused(
      instrument,
      'ANSWER_UNKNOWN',
      `item "${item.id}" has no answer with value ${value}.`,
    );
  return item.reversed ? Math.max(...values) + Math.min(...values) - value : value;
}
