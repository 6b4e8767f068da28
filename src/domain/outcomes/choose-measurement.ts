import { daysBetween } from '../calendar/civil-date.js';
import { timePointOf, type Observation } from './participant-facts.js';
import { isInside, type Window } from './time-point.js';
import type { ScoreMetric } from './metric.js';

/** The measurement that counts for a time point, and whether it lies inside the window; null when there is none. */
export interface Chosen {
  readonly measurement: Observation | null;
  readonly inside: boolean;
}

const NONE: Chosen = { measurement: null, inside: false };

/**
 * Chooses among the attempts at one time point. One inside the window is preferred to one outside, a recorded score to a
 * refusal; among equals the contract's rule decides (first, last, nearest to target), and then the lower attempt.
 */
export function chooseMeasurement(
  observations: readonly Observation[],
  timePoint: string,
  window: Window,
  rule: ScoreMetric['choose'],
): Chosen {
  let best: Observation | null = null;
  for (const observation of observations) {
    if (timePointOf(observation.occurrence) !== timePoint) continue;
    if (best === null || precedes(observation, best, window, rule)) best = observation;
  }
  return best === null ? NONE : { measurement: best, inside: isInside(window, best.measuredOn) };
}

function precedes(
  a: Observation,
  b: Observation,
  window: Window,
  rule: ScoreMetric['choose'],
): boolean {
  const rank = (o: Observation) =>
    (o.status === 'recorded' ? 0 : 2) + (isInside(window, o.measuredOn) ? 0 : 1);
  if (rank(a) !== rank(b)) return rank(a) < rank(b);
  const distance = (o: Observation) => Math.abs(daysBetween(window.targetOn, o.measuredOn));
  if (rule === 'nearest' && distance(a) !== distance(b)) return distance(a) < distance(b);
  if (a.measuredOn !== b.measuredOn)
    return rule === 'last' ? a.measuredOn > b.measuredOn : a.measuredOn < b.measuredOn;
  return a.occurrence < b.occurrence;
}
