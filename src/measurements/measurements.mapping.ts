import { openText, sealText, type PersonalKey } from '../cohorts/keys/personal-key.js';
import { civilDate, type CivilDate } from '../domain/calendar/civil-date.js';
import type { Score } from '../domain/instruments/scale.js';
import { formatFraction, parseFraction } from '../domain/money/fraction.js';
import type { CheckedMeasurement, Mode } from '../domain/outcomes/check-measurement.js';
import { spellInWords } from '../domain/outcomes/measurement-conflicts.js';
import type { Observation, ObservationStatus } from '../domain/outcomes/participant-facts.js';
import { canonical } from '../domain/shared/canonical.js';

/** One version of a measurement as it is recorded. */
export interface RecordedMeasurement {
  readonly metric: string;
  readonly occurrence: string;
  /** 1 as first recorded; each correction is the next. */
  readonly version: number;
  /** The day of the measurement or event; the first day of a spell. */
  readonly measuredOn: CivilDate;
  /** The first day after a spell; null while it lasts, and for what is no spell. */
  readonly endedOn: CivilDate | null;
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
  readonly ended_on: string | null;
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
  endedOn: row.ended_on === null ? null : civilDate(row.ended_on),
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
  endedOn: measurement.endedOn,
  status: measurement.status,
  value: measurement.value === null ? null : parseFraction(measurement.value),
});

/** The version of a measurement that a checked one becomes. */
export const toVersion = (
  { finding, measuredOn, endedOn, correctionReason }: CheckedMeasurement,
  version: number,
): RecordedMeasurement => ({
  metric: finding.metric,
  occurrence: finding.occurrence,
  version,
  measuredOn,
  endedOn,
  status: finding.status,
  value: finding.value,
  items: finding.items,
  mode: finding.mode,
  note: finding.note,
  correctionReason,
});

/**
 * The canonical text of what a measurement says, so that two can be compared. An end is named only where there is one:
 * the digests of what was recorded before spells were known stay what they were.
 */
export const contentOf = (m: RecordedMeasurement): string =>
  canonical({
    items: m.items,
    measuredOn: m.measuredOn,
    mode: m.mode,
    note: m.note,
    status: m.status,
    value: m.value === null ? null : contentOfScore(m.value),
    ...(m.endedOn === null ? {} : { endedOn: m.endedOn }),
  });

/** A whole score is written as a number, as it was before scores had decimals, so that earlier digests still hold. */
const contentOfScore = (score: Score): number | string =>
  score.includes('.') ? score : Number(score);

/** "6 on 2015-12-10", "from 2015-06-02, ended by 2015-09-01", for sentences about what is recorded. */
export const recordedInWords = (m: RecordedMeasurement, isSpell: boolean): string =>
  isSpell && m.status === 'recorded'
    ? spellInWords(m.measuredOn, m.endedOn)
    : `${m.value ?? m.status} on ${m.measuredOn}`;

/** What a measurement says in free words, sealed under the participant's key for its columns. */
export const sealWords = (m: RecordedMeasurement, key: PersonalKey): RecordedMeasurement => ({
  ...m,
  note: sealText(key, 'note', m.note),
  correctionReason: sealText(key, 'correction-reason', m.correctionReason),
});

/** The measurement with its words as they were written, or ERASED where their key is gone. */
export const openWords = (
  m: RecordedMeasurement,
  key: PersonalKey | null,
): RecordedMeasurement => ({
  ...m,
  note: openText(key, 'note', m.note),
  correctionReason: openText(key, 'correction-reason', m.correctionReason),
});
