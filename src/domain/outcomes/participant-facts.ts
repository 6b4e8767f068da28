import type { CivilDate } from '../calendar/civil-date.js';
import type { Fraction } from '../money/fraction.js';

/** An attribute of a participant that eligibility may ask about: a number, a choice or a yes/no. */
export type AttributeValue = string | number | boolean;
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** What became of an attempt to measure. Declined and could-not-collect differ from missing: somebody tried. */
export const OBSERVATION_STATUSES = ['recorded', 'declined', 'could-not-collect', 'void'] as const;
export type ObservationStatus = (typeof OBSERVATION_STATUSES)[number];

/** One recorded observation, in the version that was known on the knowledge date. */
export interface Observation {
  readonly metric: string;
  /** The time point ("6m"; a second attempt is "6m/2") or the reference of the event. */
  readonly occurrence: string;
  /** 1 as first recorded; each correction is the next. */
  readonly version: number;
  /** The day of the measurement or event; the first day of a spell. */
  readonly measuredOn: CivilDate;
  /** The first day after a spell; null while it lasts, and for what is no spell. */
  readonly endedOn: CivilDate | null;
  readonly status: ObservationStatus;
  /** The score; null for an event, and where nothing was collected. */
  readonly value: Fraction | null;
}

/** Everything the engine may know of one participant: no name, no database key. */
export interface ParticipantFacts {
  readonly reference: string;
  readonly cohort: string;
  readonly startedOn: CivilDate;
  readonly exitedOn: CivilDate | null;
  readonly attributes: Attributes;
  /** Whether a payer approved this enrolment although the eligibility rule refuses it. */
  readonly exceptionApproved: boolean;
  readonly observations: readonly Observation[];
}

/** How a line names a measurement version it rests on: "ucla/6m#2". */
export const evidenceOf = (o: Observation): string => `${o.metric}/${o.occurrence}#${o.version}`;

/** The time point an occurrence belongs to: "6m" for both "6m" and "6m/2". */
export const timePointOf = (occurrence: string): string => {
  const slash = occurrence.indexOf('/');
  return slash === -1 ? occurrence : occurrence.slice(0, slash);
};
