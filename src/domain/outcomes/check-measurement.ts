import type { CivilDate } from '../calendar/civil-date.js';
import type { Instrument } from '../instruments/instrument.js';
import { MODES, type Mode } from '../instruments/mode.js';
import { scaleOf, type Scale, type Score } from '../instruments/scale.js';
import type { ItemResponses } from '../instruments/score.js';
import type { Fault } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import { showingInvisible } from '../shared/invisible.js';
import { freeTextFault } from './free-text.js';
import {
  isOfParticipants,
  type EventMetric,
  type Metric,
  type ParticipantMetric,
  type ScoreMetric,
  type SpellMetric,
} from './metric.js';
import { OBSERVATION_STATUSES, type ObservationStatus } from './participant-facts.js';
import { referenceFault } from './participant-reference.js';
import { readMode, refuseMode } from './read-mode.js';
import { givenAnswers, noScore, readScore } from './read-score.js';
import { readDay, readGivenDay, upToToday } from './typed-cells.js';

export { MODES, type Mode };

/** Attempts at one time point that are kept apart. */
export const MAX_ATTEMPT = 9;

/**
 * A measurement as a person wrote it, in a file or in a request; a blank text is the same as absent. A score metric has
 * a time point and a score, or the answers to the items, or both; an event metric has the event's own reference, and a
 * spell metric that of the spell, with its first day and, once it has ended, the first day after it.
 */
export interface MeasurementInput {
  readonly metric: string;
  readonly timePoint: string;
  readonly event: string;
  readonly measuredOn: string;
  readonly endedOn: string;
  readonly score: string;
  readonly items: Readonly<Record<string, string>>;
  readonly status: string;
  readonly attempt: string;
  readonly mode: string;
  readonly note: string;
  readonly correctionReason: string;
}

/** The part of a measurement that says what was found, without who and when. */
export interface Finding {
  readonly metric: string;
  /** The time point ("6m"; a second attempt is "6m/2"), or the reference of the event or spell. */
  readonly occurrence: string;
  /** Whether others are compared with it. */
  readonly isBaseline: boolean;
  /** Whether it has a reference of its own, as events and spells have. */
  readonly isEvent: boolean;
  readonly status: ObservationStatus;
  /** The score, exactly; null for an event, and where nothing was collected. */
  readonly value: Score | null;
  readonly items: ItemResponses | null;
  readonly mode: Mode | null;
  readonly note: string | null;
}

/** A measurement that broke no rule of its own; whether it fits what is recorded is checked afterwards. */
export interface CheckedMeasurement {
  readonly finding: Finding;
  readonly measuredOn: CivilDate;
  /** The first day after a spell; null while it lasts, and for what is no spell. */
  readonly endedOn: CivilDate | null;
  readonly correctionReason: string | null;
}

/** The checks of a measurement by itself, used alike for a single act and for each row of a file. */
export interface MeasurementCheck {
  /** Reads everything but the dates and the reason of a correction; null when there are faults. */
  readFinding(input: MeasurementInput, faults: Fault[]): Finding | null;
  readDate(text: string, faults: Fault[]): CivilDate | null;
  readCorrectionReason(text: string, faults: Fault[]): string | null;
  /** All of it; null when there are faults. */
  read(input: MeasurementInput, faults: Fault[]): CheckedMeasurement | null;
}

/** A metric and, for a score, what it is measured with. */
type Measured =
  | { readonly kind: 'event'; readonly metric: EventMetric | SpellMetric }
  | {
      readonly kind: 'score';
      readonly metric: ScoreMetric;
      readonly instrument: Instrument;
      readonly scale: Scale;
    };

/**
 * Opens the check for the metrics of a contract, measured with the instruments that its terms may name. `today` is the
 * London day: nothing was measured later.
 */
export function openMeasurementCheck(
  metrics: readonly Metric[],
  instruments: ReadonlyMap<string, Instrument>,
  today: CivilDate,
): MeasurementCheck {
  const byId = new Map(
    metrics.flatMap((metric) =>
      isOfParticipants(metric) ? [[metric.id, measured(metric, instruments)] as const] : [],
    ),
  );
  const readFinding = (input: MeasurementInput, faults: Fault[]) => finding(byId, input, faults);
  const readDate = (text: string, faults: Fault[]) => firstDay(text, today, faults);
  const readAll = (input: MeasurementInput, faults: Fault[]) => {
    const before = faults.length;
    const found = readFinding(input, faults);
    const measuredOn = readDate(input.measuredOn, faults);
    const endedOn = readEnd(byId.get(input.metric)?.metric, input, { measuredOn, today }, faults);
    const correctionReason = readCorrectionReason(input.correctionReason, faults);
    if (found?.status === 'void' && correctionReason === null && faults.length === before)
      faults.push(voidNeedsReason());
    if (found === null || measuredOn === null || faults.length > before) return null;
    return { finding: found, measuredOn, endedOn, correctionReason };
  };
  return {
    readFinding,
    readDate,
    readCorrectionReason,
    read: (input, faults) => showingInvisible(faults, input, () => readAll(input, faults)),
  };
}

function measured(
  metric: ParticipantMetric,
  instruments: ReadonlyMap<string, Instrument>,
): Measured {
  if (metric.kind !== 'score') return { kind: 'event', metric };
  const instrument = instruments.get(metric.instrument);
  const scale = instrument && scaleOf(instrument, metric.subscale);
  // such terms do not come into force, so that somebody forgot to pass the contract's own instruments
  if (instrument === undefined || scale === undefined)
    throw new Error(`metric ${metric.id} is measured with an unknown instrument`);
  return { kind: 'score', metric, instrument, scale };
}

const COLUMNS: Readonly<Record<string, string>> = {
  '/reference': 'reference',
  '/metric': 'metric',
  '/timePoint': 'time_point',
  '/event': 'event',
  '/measuredOn': 'measured_on',
  '/endedOn': 'ended_on',
  '/score': 'score',
  '/items': 'score',
  '/status': 'status',
  '/attempt': 'attempt',
  '/mode': 'mode',
  '/note': 'note',
  '/correctionReason': 'correction_reason',
};

/** The column of measurements.csv that a fault's path means. */
export const measurementColumn = (at: string): string =>
  COLUMNS[at] ?? at.replace('/items/', 'item:');

/** A status of void takes a measurement back, so it says why. */
export const voidNeedsReason = (): Fault => ({
  at: '/correctionReason',
  code: 'VOID_NEEDS_REASON',
  detail: 'To take a measurement back, say why in the correction reason.',
});

function firstDay(text: string, today: CivilDate, faults: Fault[]): CivilDate | null {
  const at = '/measuredOn';
  const day = readDay(at, text, 'Give the day on which it was measured.', faults);
  return upToToday(at, day, today, faults);
}

/** The first day after a spell; null where none is given, or where the one that is given is refused. */
function readEnd(
  metric: ParticipantMetric | undefined,
  { endedOn, status }: MeasurementInput,
  { measuredOn, today }: { measuredOn: CivilDate | null; today: CivilDate },
  faults: Fault[],
): CivilDate | null {
  if (endedOn === '') return null;
  const at = '/endedOn';
  const refuse = (code: string, detail: string) => {
    faults.push({ at, code, detail });
    return null;
  };
  if (metric !== undefined && metric.kind !== 'spell')
    return refuse('END_ONLY_FOR_SPELLS', `${metric.label} is of one day. Leave the end blank.`);
  if (status.toLowerCase() === 'void')
    return refuse('END_NOT_FOR_STATUS', 'What is taken back has no end. Leave the end blank.');
  const read = upToToday(at, readGivenDay(at, endedOn, faults), today, faults);
  if (read === null || measuredOn === null || read > measuredOn) return read;
  return refuse(
    'ENDED_BEFORE_STARTED',
    `It begins on ${measuredOn}, so the first day after it cannot be ${read}. Check both.`,
  );
}

function readCorrectionReason(text: string, faults: Fault[]): string | null {
  if (text === '') return null;
  const fault = freeTextFault('/correctionReason', text);
  if (fault !== null) faults.push(fault);
  return text;
}

function finding(
  metrics: ReadonlyMap<string, Measured>,
  input: MeasurementInput,
  faults: Fault[],
): Finding | null {
  const before = faults.length;
  const found = metrics.get(input.metric);
  if (found === undefined) {
    const known = [...metrics.keys()].join(', ');
    const detail =
      input.metric === ''
        ? `Name the metric: ${known}.`
        : `The terms have no metric "${excerpt(input.metric)}". They have: ${known}.`;
    const code = input.metric === '' ? 'METRIC_MISSING' : 'METRIC_UNKNOWN';
    faults.push({ at: '/metric', code, detail });
  }
  const status = readStatus(input.status, faults);
  const mode = readMode(input.mode, faults);
  const note = input.note === '' ? null : input.note;
  if (note !== null) {
    const fault = freeTextFault('/note', note);
    if (fault !== null) faults.push(fault);
  } else if (status === 'could-not-collect') {
    const detail = 'Say in the note why the score could not be collected.';
    faults.push({ at: '/note', code: 'REASON_MISSING', detail });
  }
  if (found === undefined || status === null) return null;
  if (found.kind === 'score' && mode !== null) refuseMode(found.instrument, mode, faults);
  const what =
    found.kind === 'score'
      ? scoreFinding(found, status, input, faults)
      : eventFinding(found.metric, status, input, faults);
  if (what === null || faults.length > before) return null;
  return { metric: found.metric.id, status, mode, note, ...what };
}

type What = Pick<Finding, 'occurrence' | 'isBaseline' | 'isEvent' | 'value' | 'items'>;

function scoreFinding(
  measured: Extract<Measured, { kind: 'score' }>,
  status: ObservationStatus,
  input: MeasurementInput,
  faults: Fault[],
): What | null {
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
  const given = givenAnswers(input.items);
  const score =
    status === 'recorded'
      ? readScore(measured, input.score, given, faults)
      : noScore(status, input.score, given, faults);
  if (timePoint === null) return null;
  const occurrence = attempt === 1 ? timePoint : `${timePoint}/${attempt}`;
  return { occurrence, isBaseline, isEvent: false, ...score };
}

const A = { event: 'an event', spell: 'a spell' } as const;

function eventFinding(
  metric: EventMetric | SpellMetric,
  status: ObservationStatus,
  input: MeasurementInput,
  faults: Fault[],
): What {
  const refuse = (at: string, code: string, detail: string) => faults.push({ at, code, detail });
  const what = metric.kind;
  if (input.event === '')
    refuse('/event', 'EVENT_MISSING', `Give the ${what}'s own reference, such as C-0001.`);
  else {
    const bad = referenceFault(input.event);
    if (bad !== null)
      refuse(
        '/event',
        bad.code.replace('REFERENCE', 'EVENT'),
        bad.detail.replace('P-0001', 'C-0001'),
      );
  }
  if (input.timePoint !== '')
    refuse(
      '/timePoint',
      'TIME_POINT_NOT_FOR_EVENTS',
      `${metric.label} is ${A[what]}. Leave the time point blank.`,
    );
  if (input.attempt !== '')
    refuse(
      '/attempt',
      'ATTEMPT_NOT_FOR_EVENTS',
      `${metric.label} has no attempts. Leave it blank.`,
    );
  if (input.score !== '' || givenAnswers(input.items) !== null)
    refuse('/score', 'SCORE_NOT_FOR_EVENTS', `${metric.label} is ${A[what]}. Leave scores blank.`);
  if (status === 'declined' || status === 'could-not-collect')
    refuse(
      '/status',
      'STATUS_NOT_FOR_EVENTS',
      `${metric.label} either happened or is not recorded. Leave the status blank.`,
    );
  return { occurrence: input.event, isBaseline: false, isEvent: true, value: null, items: null };
}

function readStatus(text: string, faults: Fault[]): ObservationStatus | null {
  if (text === '') return 'recorded';
  const status = OBSERVATION_STATUSES.find((known) => known === text.toLowerCase());
  if (status !== undefined) return status;
  const detail = `"${excerpt(text)}" is no status. Leave it blank, or write declined, could-not-collect or void.`;
  faults.push({ at: '/status', code: 'STATUS_UNKNOWN', detail });
  return null;
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
