import { createHash } from 'node:crypto';
import { civilDate, type CivilDate } from '../domain/calendar/civil-date.js';
import type { Score } from '../domain/instruments/scale.js';
import { formatFraction, parseFraction } from '../domain/money/fraction.js';
import type { CheckedMeasurement, Mode } from '../domain/outcomes/check-measurement.js';
import type { Observation, ObservationStatus } from '../domain/outcomes/participant-facts.js';
import { canonical } from '../domain/shared/canonical.js';

/** One version of a measurement as it is recorded. */
export interface RecordedMeasurement {
  readonly metric: string;
  readonly occurrence: string;
  /** 1 as first recorded; each correction is the next. */
  readonly version: number;
  readonly measuredOn: CivilDate;
  readonly status: ObservationStatus;
  readonly value: Score | null;
  readonly items: Readonly<Record<string, number>> | null;
  readonly mode: Mode | null;
  readonly note: string | null;
  readonly correctionReason: string | null;
}

export interface MeasurementRow {
  readonly metric: string;
  readonly occurrence: string;
  readonly version: number;
  readonly measured_on: string;
  readonly status: string;
  readonly value: string | null;
  readonly items: Record<string, number> | null;
  readonly mode: string | null;
  readonly note: string | null;
  readonly correction_reason: string | null;
}

export const toRecordedMeasurement = (row: MeasurementRow): RecordedMeasurement => ({
  metric: row.metric,
  occurrence: row.occurrence,
  version: row.version,
  measuredOn: civilDate(row.measured_on),
  status: row.status as ObservationStatus,
  value: row.value === null ? null : formatFraction(parseFraction(row.value)),
  items: row.items,
  mode: row.mode as Mode | null,
  note: row.note,
  correctionReason: row.correction_reason,
});

/** The measurement as the schedule and the engine see it. */
export const toObservation = (measurement: RecordedMeasurement): Observation => ({
  metric: measurement.metric,
  occurrence: measurement.occurrence,
  version: measurement.version,
  measuredOn: measurement.measuredOn,
  endedOn: null,
  status: measurement.status,
  value: measurement.value === null ? null : parseFraction(measurement.value),
});

/** The version of a measurement that a checked one becomes. */
export const toVersion = (
  { finding, measuredOn, correctionReason }: CheckedMeasurement,
  version: number,
): RecordedMeasurement => ({
  metric: finding.metric,
  occurrence: finding.occurrence,
  version,
  measuredOn,
  status: finding.status,
  value: finding.value,
  items: finding.items,
  mode: finding.mode,
  note: finding.note,
  correctionReason,
});

/** The canonical text of what a measurement says, so that two can be compared. */
export const contentOf = (m: RecordedMeasurement): string =>
  canonical({
    items: m.items,
    measuredOn: m.measuredOn,
    mode: m.mode,
    note: m.note,
    status: m.status,
    value: m.value === null ? null : contentOfScore(m.value),
  });

/** A whole score is written as a number, as it was before scores had decimals, so that earlier digests still hold. */
const contentOfScore = (score: Score): number | string =>
  score.includes('.') ? score : Number(score);

/** The digest by which the audit trail proves a score without showing it. */
export const contentHash = (m: RecordedMeasurement): string =>
  createHash('sha256').update(contentOf(m)).digest('hex');
