import type { CivilDate } from '../../domain/calendar/civil-date.js';
import type { TermsInForce } from '../../domain/contract-terms/terms-in-force.js';
import {
  enrolmentColumn,
  openEnrolmentCheck,
  type CheckedEnrolment,
} from '../../domain/outcomes/check-enrolment.js';
import type { Fault } from '../../domain/shared/domain-error.js';
import { rowsOf, type Row } from './rows.js';

/** Everybody whom participants.csv enrols, checked as an import by a payer would check them. */
export async function readParticipants(
  folder: string,
  versions: readonly TermsInForce[],
  today: CivilDate,
  faults: Fault[],
): Promise<CheckedEnrolment[]> {
  const check = openEnrolmentCheck(versions, { today, mayApproveException: true });
  const attributes = new Set(
    versions.flatMap(({ terms }) => Object.keys(terms.population.attributes)),
  );
  const rows = await rowsOf(folder, 'participants.csv');
  return rows.flatMap((row) => {
    const verdict = check(inputOf(row, attributes));
    if (verdict.enrolment !== null) return [verdict.enrolment];
    faults.push(
      ...verdict.faults.map((one) => ({ ...one, at: `${row.place} ${enrolmentColumn(one.at)}` })),
    );
    return [];
  });
}

const inputOf = (row: Row, attributes: ReadonlySet<string>) => ({
  reference: row.cell('reference'),
  cohort: row.cell('cohort'),
  startedOn: row.cell('started_on'),
  exitedOn: row.cell('exited_on'),
  exitReason: row.cell('exit_reason'),
  exceptionReason: row.cell('exception_reason'),
  attributes: Object.fromEntries(
    row.columns.filter((name) => attributes.has(name)).map((name) => [name, row.cell(name)]),
  ),
});
