import type { Instrument } from '../instruments/instrument.js';
import type { Scale } from '../instruments/scale.js';
import { parseScore, scoreItems, ScoreRefused, type ItemResponses } from '../instruments/score.js';
import type { Fault } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import {
  answers,
  type Finding,
  type FindingOf,
  type MeasurementInput,
} from './measurement-finding.js';
import type { ScoreMetric } from './metric.js';
import type { ObservationStatus } from './participant-facts.js';

/** Attempts at one time point that are kept apart. */
export const MAX_ATTEMPT = 9;

/** A score metric and what it is measured with. */
export interface MeasuredScore {
  readonly kind: 'score';
  readonly metric: ScoreMetric;
  readonly instrument: Instrument;
  readonly scale: Scale;
}

/** Reads the time point, the attempt and the score or the answers to the items; null when there are faults. */
export function scoreFinding(
  measured: MeasuredScore,
  status: ObservationStatus,
  input: MeasurementInput,
  faults: Fault[],
): FindingOf | null {
  const before = faults.length;
  const { metric } = measured;
  if (input.event !== '')
    faults.push({
      at: '/event',
      code: 'EVENT_NOT_FOR_SCORES',
      detail: `${metric.label} is a score. Leave the event blank and give the time point.`,
    });
  const timePoint = readTimePoint(metric, input.timePoint, faults);
  const isBaseline = timePoint === metric.baseline;
  const attempt = readAttempt(input.attempt, isBaseline, faults);
  const given = answers(input.items);
  const score =
    status === 'recorded'
      ? readScore(measured, input.score, given, faults)
      : noScore(status, input.score, given, faults);
  if (timePoint === null || faults.length > before) return null;
  const occurrence = attempt === 1 ? timePoint : `${timePoint}/${attempt}`;
  return { occurrence, isBaseline, isEvent: false, ...score };
}

function readTimePoint(metric: ScoreMetric, text: string, faults: Fault[]): string | null {
  const found = metric.timePoints.find((one) => one.id === text);
  if (found !== undefined) return found.id;
  const known = metric.timePoints.map((one) => one.id).join(', ');
  const [code, why] =
    text === ''
      ? ['TIME_POINT_MISSING', 'Name the time point']
      : ['TIME_POINT_UNKNOWN', `${metric.label} has no time point "${excerpt(text)}"`];
  faults.push({ at: '/timePoint', code, detail: `${why}. It has: ${known}.` });
  return null;
}

function readAttempt(text: string, isBaseline: boolean, faults: Fault[]): number {
  if (text === '' || text === '1') return 1;
  if (isBaseline) {
    const detail = 'There is one baseline. To change it, correct it and say why.';
    faults.push({ at: '/attempt', code: 'BASELINE_TWICE', detail });
  } else if (!/^[2-9]$/.test(text)) {
    const detail = `An attempt is a number from 1 to ${MAX_ATTEMPT}.`;
    faults.push({ at: '/attempt', code: 'ATTEMPT_UNKNOWN', detail });
  }
  return Number(text);
}

type Scored = Pick<Finding, 'value' | 'items'>;
const NO_SCORE: Scored = { value: null, items: null };

function readScore(
  { instrument, scale }: MeasuredScore,
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

function noScore(
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
