import type { CivilDate, MonthRule } from '../calendar/civil-date.js';
import { chooseMeasurement } from './choose-measurement.js';
import type { ScoreMetric } from './metric.js';
import type { Observation, ParticipantFacts } from './participant-facts.js';
import { windowOf, type TimePoint, type Window } from './time-point.js';

/**
 * Where one due score stands. recorded: inside its window; late: recorded outside it; missed: the window closed and
 * nobody tried; declined and could-not-collect: somebody tried; after-exit: not expected, because the participant left
 * before the window opened.
 */
export const SCHEDULE_STATES = [
  'not-due',
  'open',
  'recorded',
  'late',
  'missed',
  'declined',
  'could-not-collect',
  'after-exit',
] as const;
export type ScheduleState = (typeof SCHEDULE_STATES)[number];

/** One line of a participant's schedule: a metric at a time point, its window, and what became of it. */
export interface ScheduledScore extends Window {
  readonly metric: string;
  readonly timePoint: string;
  readonly label: string;
  readonly state: ScheduleState;
  /** The measurement that counts for the time point; null where there is none. */
  readonly measurement: Observation | null;
  /** What a reader should look at, although it is recorded: a baseline taken after the participant had started. */
  readonly flags: readonly 'baseline-after-start'[];
}

/** The part of a participant's facts that a schedule rests on. */
export type ScheduleFacts = Pick<ParticipantFacts, 'startedOn' | 'exitedOn' | 'observations'>;

/**
 * What is due of a participant and what became of it, in the order of the terms: every time point of every score
 * metric, as it stands on a day. Events are not due on any day and have no place here.
 */
export function scheduleOf(
  metrics: readonly ScoreMetric[],
  facts: ScheduleFacts,
  today: CivilDate,
  months: MonthRule,
): ScheduledScore[] {
  return metrics.flatMap((metric) => {
    const scores = facts.observations.filter((o) => o.metric === metric.id && o.status !== 'void');
    return metric.timePoints.map((point) => scheduled(metric, point, scores, facts, today, months));
  });
}

function scheduled(
  metric: ScoreMetric,
  point: TimePoint,
  scores: readonly Observation[],
  facts: ScheduleFacts,
  today: CivilDate,
  months: MonthRule,
): ScheduledScore {
  const window = windowOf(facts.startedOn, point, months);
  const { measurement, inside } = chooseMeasurement(scores, point.id, window, metric.choose);
  const afterStart =
    measurement !== null &&
    point.id === metric.baseline &&
    measurement.measuredOn > facts.startedOn;
  return {
    metric: metric.id,
    timePoint: point.id,
    label: `${metric.label}, ${point.label}`,
    ...window,
    state:
      measurement === null ? stateOfNothing(window, facts, today) : stateOf(measurement, inside),
    measurement,
    flags: afterStart ? ['baseline-after-start'] : [],
  };
}

function stateOf(measurement: Observation, inside: boolean): ScheduleState {
  if (measurement.status === 'declined' || measurement.status === 'could-not-collect')
    return measurement.status;
  return inside ? 'recorded' : 'late';
}

function stateOfNothing(
  window: Window,
  { exitedOn }: ScheduleFacts,
  today: CivilDate,
): ScheduleState {
  if (exitedOn !== null && exitedOn < window.opensOn) return 'after-exit';
  if (today < window.opensOn) return 'not-due';
  return today <= window.closesOn ? 'open' : 'missed';
}
