import type { Mode } from '../instruments/mode.js';
import type { Score } from '../instruments/scale.js';
import type { ItemResponses } from '../instruments/score.js';
import type { ObservationStatus } from './participant-facts.js';

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

/** What was found, without the metric and the way it was asked for. */
export type FindingOf = Pick<Finding, 'occurrence' | 'isBaseline' | 'isEvent' | 'value' | 'items'>;

/** The answers that are not blank, or null when there are none. */
export function answers(items: MeasurementInput['items']): Record<string, string> | null {
  const given = Object.entries(items).filter(([, text]) => text !== '');
  return given.length === 0 ? null : Object.fromEntries(given);
}
