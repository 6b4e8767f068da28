import { createHash } from 'node:crypto';
import { civilDate } from '../domain/calendar/civil-date.js';
import type { CheckedEnrolment } from '../domain/outcomes/check-enrolment.js';
import type { Attributes } from '../domain/outcomes/participant-facts.js';
import { canonical } from '../domain/shared/canonical.js';
import type { EnrolledParticipant } from './enrolled-participant.js';
import type { EnrolmentEntity } from './enrolment.entity.js';

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
  exitReason: enrolment.exitReason,
  attributes: enrolment.attributes,
  exceptionBy: about.exceptionBy,
  exceptionReason: enrolment.exceptionReason,
  recordedSeq: String(about.recordedSeq),
  importId: null,
  correctionReason: about.correctionReason,
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

/** The digest by which the audit trail proves an enrolment without showing it. */
export const contentHash = (enrolment: CheckedEnrolment): string =>
  createHash('sha256').update(contentOf(enrolment)).digest('hex');
