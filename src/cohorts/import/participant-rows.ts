import type { TermsInForce } from '../../domain/contract-terms/terms-in-force.js';
import {
  enrolmentColumn,
  openEnrolmentCheck,
  populationFault,
  termsOn,
  type CheckedEnrolment,
  type EnrolmentCircumstances,
  type EnrolmentInput,
} from '../../domain/outcomes/check-enrolment.js';
import { freeTextFault } from '../../domain/outcomes/free-text.js';
import { referenceCaseFault } from '../../domain/outcomes/participant-reference.js';
import { canonical } from '../../domain/shared/canonical.js';
import type { Fault } from '../../domain/shared/domain-error.js';
import { copyLine } from '../../platform/csv/copy-line.js';
import type { CopyWriter } from '../../platform/csv/copy-writer.js';
import { readHeader, type ColumnPlan, type Header } from '../../platform/csv/csv-header.js';
import type { CsvScanner } from '../../platform/csv/csv-scanner.js';
import { FaultList } from '../../platform/csv/fault-list.js';
import { reportEmptyFile, reportRecordFault } from '../../platform/csv/record-faults.js';
import { hasItsCells, isBlank, textOf } from '../../platform/csv/record-text.js';
import { contentOf } from '../cohorts.mapping.js';
import { sealWords } from '../enrolment-texts.js';
import type { ContractKeys } from '../keys/contract-keys.js';
import { participantErased } from '../keys/keys.errors.js';
import type { EnrolledRoster } from './enrolled-roster.js';
import { LackingAttributes } from './lacking-attributes.js';
import type { RecordedEnrolments } from './recorded-enrolments.js';

/** Who is enrolled, the keys under which words are sealed, and where rows go. */
interface RowsContext {
  readonly roster: EnrolledRoster;
  readonly keys: ContractKeys;
  readonly writer: CopyWriter;
  /** What the entry of the import will commit to. */
  readonly written: RecordedEnrolments;
}

/** Reads the rows of participants.csv: each says the whole of one enrolment. */
export class ParticipantRows {
  readonly faults = new FaultList();
  readonly counts = { rows: 0, rowsNew: 0, rowsCorrected: 0, rowsUnchanged: 0 };

  private header: Header | null = null;
  private lacking: LackingAttributes | null = null;
  private isFull = false;
  private readonly attributes: readonly string[];
  private readonly enrolledBefore: number;
  private readonly check: ReturnType<typeof openEnrolmentCheck>;
  private readonly roster: EnrolledRoster;
  private readonly keys: ContractKeys;
  private readonly writer: CopyWriter;
  private readonly written: RecordedEnrolments;

  constructor(
    private readonly terms: readonly TermsInForce[],
    circumstances: EnrolmentCircumstances,
    { roster, keys, writer, written }: RowsContext,
  ) {
    this.roster = roster;
    this.keys = keys;
    this.writer = writer;
    this.written = written;
    this.check = openEnrolmentCheck(terms, circumstances);
    this.attributes = attributesOf(terms);
    this.enrolledBefore = roster.size;
  }

  /** Takes the record that the scanner holds. */
  take(record: CsvScanner): void {
    if (record.fault !== null) return reportRecordFault(record, this.faults);
    if (this.header === null) {
      this.header = readHeader(record, planOf(this.attributes), this.faults);
      this.lacking = new LackingAttributes(this.terms, this.header, this.faults);
      return;
    }
    if (this.header.isLacking || isBlank(record)) return;
    this.counts.rows += 1;
    if (this.header.standsAgain(record, this.faults)) return;
    if (hasItsCells(record, this.header.names.length, this.faults))
      this.takeRow(record, this.header);
  }

  /** The fault of a file without rows. */
  finish(): void {
    reportEmptyFile(this.header !== null, this.counts.rows, this.faults);
  }

  private takeRow(record: CsvScanner, header: Header): void {
    const { row } = record;
    const cell = (column: string) => textOf(record, header.place(column));
    const input = inputOf(cell, this.attributes);
    const number = this.roster.find(input.reference);
    const earlier = number < 0 || this.roster.id(number) === null ? null : number;
    const reason = cell('correction_reason');
    const exception = earlier === null ? null : this.roster.exception(earlier);
    const { enrolment, faults } = this.check(input, exception);
    const told = this.lacking?.toldOfHeading(input.startedOn, faults) ?? faults;
    this.report(row, [...told, ...textFaults(input, reason)]);
    if (enrolment === null) return;
    if (this.keys.isErased(input.reference)) return this.report(row, [participantErased()]);
    if (number >= 0 && this.clashes(row, number, input.reference)) return;
    if (earlier === null) this.enrol(row, enrolment, reason);
    else this.correct(row, earlier, enrolment, reason);
  }

  private clashes(row: number, number: number, reference: string): boolean {
    const spelling = this.roster.spelling(number);
    const first = this.roster.row(number);
    if (spelling !== reference) this.report(row, [referenceCaseFault(spelling)]);
    else if (first > 0)
      this.faults.add(
        row,
        'reference',
        'PARTICIPANT_TWICE',
        `Row ${first} has this participant too. Keep one of them.`,
      );
    else return false;
    return true;
  }

  private enrol(row: number, enrolment: CheckedEnrolment, reason: string): void {
    if (reason !== '')
      return this.faults.add(
        row,
        'correction_reason',
        'NOTHING_TO_CORRECT',
        'This participant is not enrolled yet, so there is nothing to correct. Leave the correction reason blank.',
      );
    this.roster.add(enrolment.reference, row);
    this.counts.rowsNew += 1;
    this.refuseFullPopulation(row, enrolment);
    this.write(row, null, 1, enrolment, null, null);
  }

  private correct(row: number, number: number, enrolment: CheckedEnrolment, reason: string): void {
    this.roster.given(number, row);
    if (this.roster.says(number, contentOf(enrolment))) {
      this.counts.rowsUnchanged += 1;
      return;
    }
    if (reason === '')
      return this.faults.add(
        row,
        'correction_reason',
        'DIFFERS_FROM_RECORDED',
        'The enrolment differs from what is recorded. If this is right, say why in the correction reason.',
      );
    this.counts.rowsCorrected += 1;
    const version = this.roster.version(number) + 1;
    const { exceptionBy } = this.roster.exception(number);
    this.write(row, this.roster.id(number), version, enrolment, exceptionBy, reason);
  }

  private refuseFullPopulation(row: number, enrolment: CheckedEnrolment): void {
    if (this.isFull) return;
    const { maximum } = termsOn(this.terms, enrolment.startedOn).population;
    const fault = populationFault(maximum, this.enrolledBefore, this.counts.rowsNew);
    if (fault === null) return;
    this.isFull = true;
    this.report(row, [fault]);
  }

  private write(
    row: number,
    id: string | null,
    version: number,
    enrolment: CheckedEnrolment,
    exceptionBy: string | null,
    reason: string | null,
  ): void {
    if (this.faults.count > 0) return;
    const { exitReason, exceptionReason } = enrolment;
    const words = { exitReason, exceptionReason, correctionReason: reason };
    const hasWords = exitReason !== null || exceptionReason !== null || reason !== null;
    const admittedBy = enrolment.exceptionReason === null ? null : exceptionBy;
    this.written.add(id, enrolment, admittedBy);
    const sealed = hasWords ? sealWords(words, this.keys.ensure(enrolment.reference)) : words;
    this.writer.append(
      copyLine([
        row,
        id,
        enrolment.reference,
        version,
        enrolment.cohort,
        enrolment.startedOn,
        enrolment.exitedOn,
        sealed.exitReason,
        canonical(enrolment.attributes),
        admittedBy,
        sealed.exceptionReason,
        sealed.correctionReason,
      ]),
    );
  }

  private report(row: number, faults: readonly Fault[]): void {
    for (const { at, code, detail } of faults) this.faults.add(row, columnOf(at), code, detail);
  }
}

/** The column that a fault is about; ineligibility is about the row. */
function columnOf(at: string): string | null {
  if (at === '/attributes') return null;
  return at === '/correctionReason' ? 'correction_reason' : enrolmentColumn(at);
}

const planOf = (attributes: readonly string[]): ColumnPlan => ({
  required: ['reference', 'cohort', 'started_on'],
  optional: ['exited_on', 'exit_reason', 'exception_reason', 'correction_reason', ...attributes],
});

/** The attributes that any edition of the terms declares. */
const attributesOf = (terms: readonly TermsInForce[]): string[] => [
  ...new Set(terms.flatMap(({ terms: { population } }) => Object.keys(population.attributes))),
];

function inputOf(cell: (column: string) => string, attributes: readonly string[]): EnrolmentInput {
  return {
    reference: cell('reference'),
    cohort: cell('cohort'),
    startedOn: cell('started_on'),
    exitedOn: cell('exited_on'),
    exitReason: cell('exit_reason'),
    exceptionReason: cell('exception_reason'),
    attributes: Object.fromEntries(attributes.map((id) => [id, cell(id)])),
  };
}

function textFaults(input: EnrolmentInput, reason: string): Fault[] {
  const texts: [string, string][] = [
    ['/exitReason', input.exitReason ?? ''],
    ['/exceptionReason', input.exceptionReason ?? ''],
    ['/correctionReason', reason],
  ];
  return texts.flatMap(([at, text]) => freeTextFault(at, text) ?? []);
}
