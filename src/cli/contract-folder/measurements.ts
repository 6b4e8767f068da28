import type { CivilDate } from '../../domain/calendar/civil-date.js';
import { instrumentsOf } from '../../domain/contract-terms/instruments-of.js';
import { metricsOf } from '../../domain/contract-terms/metrics-of.js';
import type { TermsInForce } from '../../domain/contract-terms/terms-in-force.js';
import { parseFraction } from '../../domain/money/fraction.js';
import {
  measurementColumn,
  openMeasurementCheck,
  type CheckedMeasurement,
} from '../../domain/outcomes/check-measurement.js';
import type { Observation } from '../../domain/outcomes/participant-facts.js';
import type { Fault } from '../../domain/shared/domain-error.js';
import { rowsOf, type Row } from './rows.js';

/** Each participant's measurements, as they stand after the files that were read. */
export type Observations = Map<string, Map<string, Observation>>;

/**
 * Reads measurements.csv, or a file of corrections, on top of what was read before: a row about the same occurrence is
 * its next version. Every row passes the checks of a single measurement.
 */
export async function readMeasurements(
  folder: string,
  name: string,
  versions: readonly TermsInForce[],
  today: CivilDate,
  into: Observations,
  faults: Fault[],
): Promise<number> {
  const check = openMeasurementCheck(metricsOf(versions), instrumentsOf(versions), today);
  const rows = await rowsOf(folder, name);
  for (const row of rows) {
    const found: Fault[] = [];
    const checked = check.read(inputOf(row), found);
    if (checked === null)
      faults.push(
        ...found.map((one) => ({ ...one, at: `${row.place} ${measurementColumn(one.at)}` })),
      );
    else record(row.cell('reference'), checked, into);
  }
  return rows.length;
}

function record(
  reference: string,
  { finding, measuredOn, endedOn }: CheckedMeasurement,
  into: Observations,
): void {
  const { metric, occurrence, status, value } = finding;
  const known = into.get(reference) ?? new Map<string, Observation>();
  const key = `${metric} ${occurrence}`;
  into.set(
    reference,
    known.set(key, {
      metric,
      occurrence,
      version: (known.get(key)?.version ?? 0) + 1,
      measuredOn,
      endedOn,
      status,
      value: value === null ? null : parseFraction(value),
    }),
  );
}

const inputOf = (row: Row) => ({
  metric: row.cell('metric'),
  timePoint: row.cell('time_point'),
  event: row.cell('event'),
  measuredOn: row.cell('measured_on'),
  endedOn: row.cell('ended_on'),
  score: row.cell('score'),
  items: Object.fromEntries(
    row.columns
      .filter((name) => name.startsWith('item:'))
      .map((name) => [name.slice('item:'.length), row.cell(name)]),
  ),
  status: row.cell('status'),
  attempt: row.cell('attempt'),
  mode: row.cell('mode'),
  note: row.cell('note'),
  correctionReason: row.cell('correction_reason'),
});
