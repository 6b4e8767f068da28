import { Injectable } from '@nestjs/common';
import {
  contentOfEnrolment,
  openWordsOfEnrolment,
  textOfEnrolment,
  toEnrolledParticipant,
} from '../cohorts/recorded-enrolment.js';
import { civilDate } from '../domain/calendar/civil-date.js';
import { dayNumber } from '../domain/calendar/day-number.js';
import type { Transaction } from '../platform/database/transaction.js';
import { isCommitted } from './participants-keys.js';
import type { ReplayContext } from './replay-context.js';
import { ReplayRepository, type RecordedEnrolmentRow } from './replay.repository.js';

const PARTICIPANTS = 5_000;

/** Holds every stored version of every enrolment against the act that recorded it. */
@Injectable()
export class EnrolmentsReplay {
  constructor(private readonly repository: ReplayRepository) {}

  async replay(tx: Transaction, context: ReplayContext): Promise<void> {
    const { contract, acts, findings } = context;
    const due = new Set(acts.enrolments.keys());
    const last = new Map<string, { readonly version: number; readonly seq: bigint }>();
    for await (const row of this.rows(tx, contract.id)) {
      checkVersion(context, row, last.get(row.participant_id) ?? NEVER);
      if (row.version > 1)
        last.set(row.participant_id, { version: row.version, seq: BigInt(row.recorded_seq) });
      check(context, row, due);
    }
    const strays = await this.repository.notEnrolled(tx, contract.id);
    if (strays > 0)
      findings.differ('enrolments', null, `${strays} participants have no enrolment.`);
    for (const seq of due) {
      const { reference } = acts.enrolments.get(seq)!.payload;
      findings.differ('enrolments', seq, `The enrolment of ${reference} by entry ${seq} is gone.`);
    }
  }

  /** In the order in which an import commits to them: whoever is new, then corrections. */
  private async *rows(tx: Transaction, contractId: string): AsyncGenerator<RecordedEnrolmentRow> {
    for (const areCorrections of [false, true])
      for await (const range of this.repository.ranges(tx, contractId, PARTICIPANTS))
        yield* await this.repository.enrolments(tx, contractId, range, areCorrections);
  }
}

const NEVER = { version: 1, seq: 0n };

/** Versions follow one another, each recorded after the one before: so which counts when follows from the trail. */
function checkVersion(
  { findings }: ReplayContext,
  row: RecordedEnrolmentRow,
  before: { readonly version: number; readonly seq: bigint },
): void {
  const isNext = row.version === 1 || row.version === before.version + 1;
  if (isNext && (row.version === 1 || BigInt(row.recorded_seq) > before.seq)) return;
  findings.differ(
    'enrolments',
    BigInt(row.recorded_seq),
    `Version ${row.version} of the enrolment of ${row.reference} does not follow the one before.`,
  );
}

function check(context: ReplayContext, row: RecordedEnrolmentRow, due: Set<bigint>): void {
  const seq = BigInt(row.recorded_seq);
  const enrolment = toEnrolledParticipant(row);
  const rows = context.rowsOf(seq, 'participants.imported');
  if (rows !== null) {
    const day = dayNumber(civilDate(row.started_on));
    return rows.add(row.reference, [{ text: textOfEnrolment(enrolment), day }]);
  }
  const { acts, findings, keys } = context;
  const act = due.has(seq) ? acts.enrolments.get(seq)! : null;
  const name = `version ${row.version} of the enrolment of ${row.reference}`;
  if (act === null || act.payload.reference !== row.reference)
    return findings.differ(
      'enrolments',
      null,
      `No entry recorded ${name} (it names entry ${seq}).`,
    );
  due.delete(seq);
  const found = keys.of(row.reference);
  if ('why' in found) {
    if (found.isOpen) return findings.leaveOpen('enrolments', found.why);
    return findings.differ('enrolments', seq, `Of ${name}, ${found.why}.`);
  }
  const { key } = found;
  const isSame = isCommitted(key, () => {
    const opened = { ...enrolment, ...openWordsOfEnrolment(enrolment, key) };
    const content = [contentOfEnrolment(opened), act.payload.contentHash] as const;
    return 'reasonHash' in act.payload
      ? [content, [opened.correctionReason ?? '', act.payload.reasonHash]]
      : [content];
  });
  // who admitted by exception stands beside the reason, which is committed to
  if (isSame && (row.exception_by === null) === (row.exception_reason === null))
    return findings.agree('enrolments');
  findings.differ(
    'enrolments',
    seq,
    `What is stored as ${name} is not what entry ${seq} commits to.`,
  );
}
