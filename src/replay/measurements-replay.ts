import { Injectable } from '@nestjs/common';
import { dayNumber } from '../domain/calendar/day-number.js';
import {
  contentOfMeasurement,
  openWordsOfMeasurement,
  textOfMeasurement,
  toRecordedMeasurement,
} from '../measurements/recorded-measurement.js';
import type { Transaction } from '../platform/database/transaction.js';
import { isCommitted } from './participants-keys.js';
import type { ReplayContext } from './replay-context.js';
import { ReplayRepository, type RecordedMeasurementRow } from './replay.repository.js';

const PARTICIPANTS = 2_000;

/** Holds every stored version of every measurement against the act that recorded it, participant by participant. */
@Injectable()
export class MeasurementsReplay {
  constructor(private readonly repository: ReplayRepository) {}

  async replay(tx: Transaction, context: ReplayContext): Promise<void> {
    const { contract, acts, findings } = context;
    const due = new Set(acts.measurements.keys());
    for await (const range of this.repository.ranges(tx, contract.id, PARTICIPANTS)) {
      const rows = await this.repository.measurements(tx, contract.id, range);
      for (let from = 0, to = 0; from < rows.length; from = to) {
        while (to < rows.length && rows[to]!.participant_id === rows[from]!.participant_id) to += 1;
        checkParticipant(context, rows.slice(from, to), due);
      }
    }
    for (const seq of due) {
      const { reference, metric, occurrence } = acts.measurements.get(seq)!.payload;
      const name = `The measurement ${metric}/${occurrence} of ${reference}`;
      findings.differ('measurements', seq, `${name} by entry ${seq} is gone.`);
    }
  }
}

/** The rows of one participant in the order of metric, occurrence and version. */
function checkParticipant(
  context: ReplayContext,
  rows: readonly RecordedMeasurementRow[],
  due: Set<bigint>,
): void {
  const imported = new Map<bigint, { readonly text: string; readonly day: number }[]>();
  rows.forEach((row, at) => {
    checkVersion(context, row, rows[at - 1]);
    const seq = BigInt(row.recorded_seq);
    if (context.rowsOf(seq, 'measurements.imported') === null)
      return checkSingle(context, row, due);
    const one = committedOf(row);
    if (one === null)
      return context.findings.differ('measurements', seq, `${nameOf(row)} cannot be read.`);
    const others = imported.get(seq);
    if (others === undefined) imported.set(seq, [one]);
    else others.push(one);
  });
  for (const [seq, some] of imported)
    context.rowsOf(seq, 'measurements.imported')!.add(rows[0]!.reference, some);
}

/** What an import commits to of a row; null where it is nothing that could have been recorded. */
function committedOf(row: RecordedMeasurementRow) {
  try {
    const measurement = toRecordedMeasurement(row);
    return { text: textOfMeasurement(measurement), day: dayNumber(measurement.measuredOn) };
  } catch {
    return null;
  }
}

/** Versions follow one another, each recorded after the one before: so which counts when follows from the trail. */
function checkVersion(
  { findings }: ReplayContext,
  row: RecordedMeasurementRow,
  before: RecordedMeasurementRow | undefined,
): void {
  const isSame = before?.metric === row.metric && before.occurrence === row.occurrence;
  const follows = isSame
    ? row.version === before.version + 1 && BigInt(row.recorded_seq) > BigInt(before.recorded_seq)
    : row.version === 1;
  if (follows) return;
  const seq = BigInt(row.recorded_seq);
  findings.differ('measurements', seq, `${nameOf(row)} does not follow the version before.`);
}

function checkSingle(context: ReplayContext, row: RecordedMeasurementRow, due: Set<bigint>): void {
  const { acts, findings, keys } = context;
  const seq = BigInt(row.recorded_seq);
  const act = due.has(seq) ? acts.measurements.get(seq)! : null;
  if (act === null)
    return findings.differ(
      'measurements',
      null,
      `No entry recorded ${nameOf(row)} (it names entry ${seq}).`,
    );
  due.delete(seq);
  const { reference, metric, occurrence, version, measuredOn, status, contentHash } = act.payload;
  const said = [reference, metric, occurrence, version, measuredOn, status];
  const stored = [
    row.reference,
    row.metric,
    row.occurrence,
    row.version,
    row.measured_on,
    row.status,
  ];
  if (said.some((one, at) => one !== stored[at]))
    return findings.differ(
      'measurements',
      seq,
      `Entry ${seq} recorded ${said.join(' ')}, and stored is ${stored.join(' ')}.`,
    );
  const found = keys.of(row.reference);
  if ('why' in found) {
    if (found.isOpen) return findings.leaveOpen('measurements', found.why);
    return findings.differ('measurements', seq, `Of ${nameOf(row)}, ${found.why}.`);
  }
  const { key } = found;
  const isSame = isCommitted(key, () => {
    const opened = openWordsOfMeasurement(toRecordedMeasurement(row), key);
    const content = [contentOfMeasurement(opened), contentHash] as const;
    return 'reasonHash' in act.payload
      ? [content, [opened.correctionReason ?? '', act.payload.reasonHash]]
      : [content];
  });
  if (isSame) return findings.agree('measurements');
  findings.differ(
    'measurements',
    seq,
    `What is stored as ${nameOf(row)} is not what entry ${seq} commits to.`,
  );
}

const nameOf = ({ reference, metric, occurrence, version }: RecordedMeasurementRow): string =>
  `${metric}/${occurrence}#${version} of ${reference}`;
