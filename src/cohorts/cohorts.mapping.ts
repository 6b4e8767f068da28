import { civilDate } from '../domain/calendar/civil-date.js';
import type { CheckedEnrolment } from '../domain/outcomes/check-enrolment.js';
import type { Attributes } from '../domain/outcomes/participant-facts.js';
import { canonical } from '../domain/shared/canonical.js';
import type { EnrolledParticipant } from './enrolled-participant.js';
import type { EnrolmentEntity } from './enrolment.entity.js';
import { sealWords } from './enrolment-texts.js';
import type { PersonalKey } from './keys/personal-key.js';

export interface EnrolmentRow {
  readonly participant_id: string;
  readonly reference: string;
  readonly version: number;
  readonly cohort: string;
  readonly started_on: string;
  readonly exited_on: string | null;
  readonly exit_reason: string | null;
  readonly attributes: Attributes;
  readonly exception_reason: string | null;
  readonly exception_by: string | null;
  readonly correction_reason: string | null;
}

export const toEnrolledParticipant = (row: EnrolmentRow): EnrolledParticipant => ({
  id: row.participant_id,
  reference: row.reference,
  version: row.version,
  cohort: row.cohort,
  startedOn: civilDate(row.started_on),
  exitedOn: row.exited_on === null ? null : civilDate(row.exited_on),
  exitReason: row.exit_reason,
  attributes: row.attributes,
  exceptionReason: row.exception_reason,
  exceptionBy: row.exception_by,
  correctionReason: row.correction_reason,
});

/** What is new in a version beside what was checked: whose act it is, and why. */
export interface NewVersion {
  readonly participantId: string;
  readonly version: number;
  readonly exceptionBy: string | null;
  readonly recordedSeq: bigint;
  readonly correctionReason: string | null;
  /** The participant's own: what is said in free words is sealed under it. */
  readonly key: PersonalKey;
}

export const toEnrolmentRow = (
  enrolment: CheckedEnrolment,
  about: NewVersion,
): EnrolmentEntity => ({
  participantId: about.participantId,
  version: about.version,
  cohort: enrolment.cohort,
  startedOn: enrolment.startedOn,
  exitedOn: enrolment.exitedOn,
  attributes: enrolment.attributes,
  exceptionBy: about.exceptionBy,
  recordedSeq: String(about.recordedSeq),
  importId: null,
  ...sealWords({ ...enrolment, correctionReason: about.correctionReason }, about.key),
});

/** The canonical text of what an enrolment says, so that two can be compared. */
export const contentOf = (enrolment: CheckedEnrolment): string =>
  canonical({
    attributes: enrolment.attributes,
    cohort: enrolment.cohort,
    exceptionReason: enrolment.exceptionReason,
    exitReason: enrolment.exitReason,
    exitedOn: enrolment.exitedOn,
    reference: enrolment.reference,
    startedOn: enrolment.startedOn,
  });

/** What an import's entry commits to of an enrolment, apart from whose it is and its first day. */
export type CommittedEnrolment = Pick<CheckedEnrolment, 'cohort' | 'exitedOn' | 'attributes'> & {
  readonly exceptionBy: string | null;
};

/** Its canonical text. Reasons are not in it: they are sealed under the participant's key, which authenticates them. */
export const recordedText = ({
  cohort,
  exitedOn,
  attributes,
  exceptionBy,
}: CommittedEnrolment): string => canonical([cohort, exitedOn, attributes, exceptionBy]);
