import type { ScheduledScore } from '../../domain/outcomes/schedule.js';
import type {
  ParticipantMeasurements,
  RecordedMeasurement,
} from '../../measurements/measurements.service.js';

/** A time point as the schedule shows it; the measurement itself stands in the list. */
export interface ScheduledView extends Omit<ScheduledScore, 'measurement'> {
  /** "ucla/6m#2": which version counts for the time point; null where there is none. */
  readonly measurement: string | null;
}

/**
 * A measurement with its score as a JSON number. Its digits are exactly those of the score: a score has at most nine
 * before the point and four after it, well within what a number keeps.
 */
export interface MeasurementView extends Omit<RecordedMeasurement, 'value'> {
  readonly value: number | null;
}

export interface MeasurementsView {
  readonly schedule: readonly ScheduledView[];
  readonly measurements: readonly MeasurementView[];
}

export function presentMeasurements(found: ParticipantMeasurements): MeasurementsView {
  const schedule = found.schedule.map(({ measurement: m, ...rest }) => ({
    ...rest,
    measurement: m === null ? null : `${m.metric}/${m.occurrence}#${m.version}`,
  }));
  const measurements = found.measurements.map(({ value, ...rest }) => ({
    ...rest,
    value: value === null ? null : Number(value),
  }));
  return { schedule, measurements };
}
