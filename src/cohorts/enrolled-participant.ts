import type { CivilDate } from '../domain/calendar/civil-date.js';
import type { Attributes } from '../domain/outcomes/participant-facts.js';

/** A participant with one version of their enrolment. */
export interface EnrolledParticipant {
  /** Of the database; never shown. */
  readonly id: string;
  readonly reference: string;
  /** 1 as first enrolled; each correction is the next. */
  readonly version: number;
  readonly cohort: string;
  readonly startedOn: CivilDate;
  readonly exitedOn: CivilDate | null;
  readonly exitReason: string | null;
  readonly attributes: Attributes;
  readonly exceptionReason: string | null;
  readonly exceptionBy: string | null;
  readonly correctionReason: string | null;
}
