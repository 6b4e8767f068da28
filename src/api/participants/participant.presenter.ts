import { presentMeasurements, type ScheduledView } from '../measurements/measurement.presenter.js';
import type { EnrolledParticipant } from '../../cohorts/enrolled-participant.js';
import type { ParticipantMeasurements } from '../../measurements/measurements.service.js';
import type { Attributes } from '../../domain/outcomes/participant-facts.js';

/** A participant as those with a part in the contract see them. */
export interface ParticipantView {
  readonly reference: string;
  readonly version: number;
  readonly cohort: string;
  readonly startedOn: string;
  readonly exitedOn: string | null;
  readonly exitReason: string | null;
  readonly attributes: Attributes;
  /** Why a payer admitted the participant although the terms would refuse; null for an ordinary enrolment. */
  readonly exceptionReason: string | null;
  /** Why this version was recorded; null for the first. */
  readonly correctionReason: string | null;
}

/** Leaves out what belongs to the database. */
export function presentParticipant(participant: EnrolledParticipant): ParticipantView {
  const { reference, version, cohort, startedOn, exitedOn, exitReason } = participant;
  const { attributes, exceptionReason, correctionReason } = participant;
  const about = { reference, version, cohort, startedOn, exitedOn, exitReason };
  return { ...about, attributes, exceptionReason, correctionReason };
}

/** One participant with what is due and how it stands, and all that was ever recorded of the enrolment, oldest first. */
export interface ParticipantDetail extends ParticipantView {
  readonly schedule: readonly ScheduledView[];
  readonly versions: readonly ParticipantView[];
}

/** The latest version is the one that stands. */
export function presentHistory(
  history: readonly EnrolledParticipant[],
  found: ParticipantMeasurements,
): ParticipantDetail {
  const versions = history.map(presentParticipant);
  return { ...versions.at(-1)!, schedule: presentMeasurements(found).schedule, versions };
}
