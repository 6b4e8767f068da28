import type { CivilDate } from '../calendar/civil-date.js';
import type { Instrument } from '../instruments/instrument.js';
import { MODES, type Mode } from '../instruments/mode.js';
import { scaleOf } from '../instruments/scale.js';
import type { Fault } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import { readDay, readEnd } from './check-days.js';
import { eventFinding } from './check-event.js';
import { scoreFinding, type MeasuredScore } from './check-score.js';
import { freeTextFault, startsAsFormula } from './free-text.js';
import type { Finding, MeasurementInput } from './measurement-finding.js';
import {
  isOfParticipants,
  type EventMetric,
  type Metric,
  type ParticipantMetric,
  type SpellMetric,
} from './metric.js';
import type { ObservationStatus } from './participant-facts.js';

export { MAX_ATTEMPT } from './check-score.js';
export type { Finding, MeasurementInput } from './measurement-finding.js';
export { MODES, type Mode };

const STATUSES: readonly ObservationStatus[] = [
  'recorded',
  'declined',
  'could-not-collect',
  'void',
];

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
  { readonly kind: 'event'; readonly metric: EventMetric | SpellMetric } | MeasuredScore;

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
  return {
    readFinding,
    readDate,
    readCorrectionReason,
    read(input, faults) {
      const before = faults.length;
      const found = readFinding(input, faults);
      const measuredOn = readDate(input.measuredOn, faults);
      const endedOn = readEnd(byId.get(input.metric)?.metric, input, { measuredOn, today }, faults);
      const correctionReason = readCorrectionReason(input.correctionReason, faults);
      if (found?.status === 'void' && correctionReason === null && faults.length === before)
        faults.push(voidNeedsReason());
      if (found === null || measuredOn === null || faults.length > before) return null;
      return { finding: found, measuredOn, endedOn, correctionReason };
    },
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
  if (text !== '') return readDay('/measuredOn', text, today, faults);
  const detail = 'Give the day on which it was measured.';
  faults.push({ at: '/measuredOn', code: 'DATE_MISSING', detail });
  return null;
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

function readStatus(text: string, faults: Fault[]): ObservationStatus | null {
  if (text === '') return 'recorded';
  const status = STATUSES.find((known) => known === text.toLowerCase());
  if (status !== undefined) return status;
  const detail = `"${excerpt(text)}" is no status. Leave it blank, or write declined, could-not-collect or void.`;
  faults.push({ at: '/status', code: 'STATUS_UNKNOWN', detail });
  return null;
}

function readMode(text: string, faults: Fault[]): Mode | null {
  if (text === '') return null;
  const mode = MODES.find((known) => known === text.toLowerCase());
  if (mode !== undefined) return mode;
  const code = startsAsFormula(text) ? 'FORMULA_CELL' : 'MODE_UNKNOWN';
  const detail = `"${excerpt(text)}" is no way of asking. Leave it blank, or write one of: ${MODES.join(', ')}.`;
  faults.push({ at: '/mode', code, detail });
  return null;
}

function refuseMode(instrument: Instrument, mode: Mode, faults: Fault[]): void {
  if (instrument.kind === 'scale' || instrument.modes.includes(mode)) return;
  const detail = `${instrument.name} may not be taken like that, only: ${instrument.modes.join(', ')}.`;
  faults.push({ at: '/mode', code: 'MODE_NOT_FOR_INSTRUMENT', detail });
}
