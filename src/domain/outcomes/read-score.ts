import type { Instrument } from '../instruments/instrument.js';
import type { Scale, Score } from '../instruments/scale.js';
import { parseScore, scoreItems, ScoreRefused, type ItemResponses } from '../instruments/score.js';
import type { Fault } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import type { ObservationStatus } from './participant-facts.js';

/** The answers that are not blank, or null when there are none. */
export function givenAnswers(
  items: Readonly<Record<string, string>>,
): Record<string, string> | null {
  const given = Object.entries(items).filter(([, text]) => text !== '');
  return given.length === 0 ? null : Object.fromEntries(given);
}

/** The score, exactly, and the answers it was worked out from; both null where there is none. */
export interface Scored {
  readonly value: Score | null;
  readonly items: ItemResponses | null;
}
const NO_SCORE: Scored = { value: null, items: null };

/** Reads a score as it was typed, or as the answers come to; where both are given they must agree. */
export function readScore(
  { instrument, scale }: { readonly instrument: Instrument; readonly scale: Scale },
  text: string,
  given: Record<string, string> | null,
  faults: Fault[],
): Scored {
  const refuse = (at: string, code: string, detail: string) => {
    faults.push({ at, code, detail });
    return NO_SCORE;
  };
  if (text === '' && given === null)
    return refuse(
      '/score',
      'SCORE_MISSING',
      'The score is blank. Blank is missing, not nought; if it was declined write declined in the status column.',
    );
  try {
    if (/^-0+(\.0+)?$/.test(text))
      return refuse(
        '/score',
        scale.decimals === 0 ? 'SCORE_NOT_A_WHOLE_NUMBER' : 'SCORE_NOT_A_NUMBER',
        `"${excerpt(text)}" is not a score. Write nought as 0.`,
      );
    const typed = text === '' ? null : parseScore(scale, excerpt(text));
    if (given === null) return { value: typed, items: null };
    const items = readAnswers(given, faults);
    if (items === null) return NO_SCORE;
    const total = scoreItems(instrument, scale, items);
    if (typed === null || typed === total) return { value: total, items };
    return refuse(
      '/score',
      'SCORE_DISAGREES_WITH_ITEMS',
      `The score is ${typed} but the answers ${scale.conversion === null ? 'add up to' : 'come to'} ${total}. Check both.`,
    );
  } catch (error) {
    if (!(error instanceof ScoreRefused)) throw error;
    return refuse(given === null ? '/score' : '/items', error.code, error.message);
  }
}

function readAnswers(given: Record<string, string>, faults: Fault[]): ItemResponses | null {
  const items: [string, number][] = [];
  for (const [id, text] of Object.entries(given))
    if (/^(\d{1,4}|-[1-9]\d{0,2})$/.test(text)) items.push([id, Number(text)]);
    else {
      const detail = `"${excerpt(text)}" is not the number of an answer.`;
      faults.push({ at: `/items/${id}`, code: 'ANSWER_NOT_A_NUMBER', detail });
      return null;
    }
  return Object.fromEntries(items); // not by assignment: an item called __proto__ would be lost, and is refused
}

/** Of a measurement that was refused, missed or taken back there is neither score nor answer. */
export function noScore(
  status: ObservationStatus,
  text: string,
  given: Record<string, string> | null,
  faults: Fault[],
): Scored {
  if (text !== '' || given !== null)
    faults.push({
      at: '/score',
      code: 'SCORE_NOT_FOR_STATUS',
      detail: `The status is ${status}, so there is no score. Leave one of them blank.`,
    });
  return NO_SCORE;
}
