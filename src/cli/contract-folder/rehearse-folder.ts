import { londonDateOf, type CivilDate } from '../../domain/calendar/civil-date.js';
import {
  Rehearsal,
  type Knowledge,
  type RehearsedLine,
} from '../../domain/computation/rehearse.js';
import { contractPeriods, type TermsInForce } from '../../domain/contract-terms/terms-in-force.js';
import type { CheckedEnrolment } from '../../domain/outcomes/check-enrolment.js';
import type { Fault } from '../../domain/shared/domain-error.js';
import { readEditions } from './editions.js';
import { readMeasurements, type Observations } from './measurements.js';
import { readParticipants } from './participants.js';
import { RecordOfFiles } from './record.js';
import { FolderRefused } from './rows.js';

/** A contract folder, computed. */
export interface RehearsedFolder {
  readonly versions: readonly TermsInForce[];
  readonly participants: number;
  /** Periods that are not over yet, and so not computed. */
  readonly periodsToCome: number;
  readonly lines: readonly RehearsedLine[];
  /** Computes every period once more, with all that is known at the end; gives what that posts, which should be nothing. */
  again(): readonly RehearsedLine[];
}

/**
 * Computes every period that is over of a contract folder from its files alone: terms and amendments, participants.csv,
 * measurements.csv, figures.csv, effects.csv, and then, where there is a file of corrections (corrections.csv,
 * figure-corrections.csv, effect-corrections.csv), the last period again.
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
  const about = new RecordOfFiles(folder, versions, today, faults);
  await read('measurements.csv');
  await about.readFigures('figures.csv');
  await about.readEffects('effects.csv');
  for (const reference of observations.keys())
    if (!enrolled.some((one) => one.reference === reference))
      faults.push({
        at: `measurements.csv ${reference}`,
        code: 'PARTICIPANT_UNKNOWN',
        detail: `"${reference}" is measured but not enrolled. Check the reference, or add it to participants.csv.`,
      });
  if (faults.length > 0) throw new FolderRefused(faults);

  const rehearsal = new Rehearsal(versions);
  const all = contractPeriods(versions);
  // what lasts today may not last until the end of a period that is not over
  const periods = all.filter(({ to }) => to <= today);
  let known = knowledge(enrolled, observations, about.record);
  for (const period of periods) rehearsal.compute(period, known);
  const corrected =
    (await read('corrections.csv')) +
    (await about.readFigures('figure-corrections.csv')) +
    (await about.readEffects('effect-corrections.csv'));
  if (faults.length > 0) throw new FolderRefused(faults);
  if (corrected > 0 && periods.length > 0) {
    known = knowledge(enrolled, observations, about.record);
    rehearsal.compute(periods.at(-1)!, known);
  }
  return {
    versions,
    participants: enrolled.length,
    periodsToCome: all.length - periods.length,
    lines: [...rehearsal.lines],
    again: () => periods.flatMap((period) => rehearsal.compute(period, known)),
  };
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
