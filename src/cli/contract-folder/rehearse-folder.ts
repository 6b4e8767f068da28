import { londonDateOf, type CivilDate } from '../../domain/calendar/civil-date.js';
import {
  Rehearsal,
  type Knowledge,
  type RehearsedLine,
} from '../../domain/computation/rehearse.js';
import { contractPeriods, type TermsInForce } from '../../domain/contract-terms/terms-in-force.js';
import type { CheckedEnrolment } from '../../domain/outcomes/check-enrolment.js';
import { EMPTY_RECORD } from '../../domain/outcomes/contract-record.js';
import type { Fault } from '../../domain/shared/domain-error.js';
import { readEditions } from './editions.js';
import { readMeasurements, type Observations } from './measurements.js';
import { readParticipants } from './participants.js';
import { FolderRefused } from './rows.js';

/** A contract folder, computed. */
export interface RehearsedFolder {
  readonly versions: readonly TermsInForce[];
  readonly participants: number;
  readonly lines: readonly RehearsedLine[];
}

/**
 * Computes every period of a contract folder from its files alone: terms and amendments, participants.csv,
 * measurements.csv, figures.csv, effects.csv, and then, where there is a corrections.csv, the last period again.
 * Refuses ActivationRefused and FolderRefused.
 */
export async function rehearseFolder(
  folder: string,
  today: CivilDate = londonDateOf(new Date()),
): Promise<RehearsedFolder> {
  const versions = await readEditions(folder);
  const faults: Fault[] = [];
  const enrolled = await readParticipants(folder, versions, today, faults);
  const observations: Observations = new Map();
  const read = (name: string) =>
    readMeasurements(folder, name, versions, today, observations, faults);
  await read('measurements.csv');
  const record = EMPTY_RECORD;
  for (const reference of observations.keys())
    if (!enrolled.some((one) => one.reference === reference))
      faults.push({
        at: `measurements.csv ${reference}`,
        code: 'PARTICIPANT_UNKNOWN',
        detail: `"${reference}" is measured but not enrolled. Check the reference, or add it to participants.csv.`,
      });
  if (faults.length > 0) throw new FolderRefused(faults);

  const rehearsal = new Rehearsal(versions);
  const periods = contractPeriods(versions);
  const first = knowledge(enrolled, observations, record);
  for (const period of periods) rehearsal.compute(period, first);
  if ((await read('corrections.csv')) > 0) {
    if (faults.length > 0) throw new FolderRefused(faults);
    rehearsal.compute(periods.at(-1)!, knowledge(enrolled, observations, record));
  }
  return { versions, participants: enrolled.length, lines: rehearsal.lines };
}

const knowledge = (
  enrolled: readonly CheckedEnrolment[],
  observations: Observations,
  record: Knowledge['record'],
): Knowledge => ({
  people: enrolled.map(
    ({ reference, cohort, startedOn, exitedOn, attributes, exceptionReason }) => ({
      reference,
      cohort,
      startedOn,
      exitedOn,
      attributes,
      exceptionApproved: exceptionReason !== null,
      observations: [...(observations.get(reference)?.values() ?? [])],
    }),
  ),
  record,
});
