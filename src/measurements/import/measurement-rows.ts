import type { ContractKeys } from '../../cohorts/keys/contract-keys.js';
import { sealText } from '../../cohorts/keys/personal-key.js';
import {
  measurementColumn,
  type CheckedMeasurement,
  type MeasurementCheck,
} from '../../domain/outcomes/check-measurement.js';
import type { Metric } from '../../domain/outcomes/metric.js';
import { participantUnknown } from '../../domain/outcomes/measurement-conflicts.js';
import { referenceFault } from '../../domain/outcomes/participant-reference.js';
import type { Fault } from '../../domain/shared/domain-error.js';
import { showingInvisible } from '../../domain/shared/invisible.js';
import { ByteTable } from '../../platform/csv/byte-table.js';
import type { CopyWriter } from '../../platform/csv/copy-writer.js';
import { readHeader, type ColumnPlan } from '../../platform/csv/csv-header.js';
import type { CsvScanner } from '../../platform/csv/csv-scanner.js';
import { FaultList } from '../../platform/csv/fault-list.js';
import { reportEmptyFile, reportRecordFault } from '../../platform/csv/record-faults.js';
import { hasItsCells, isBlank, textOf } from '../../platform/csv/record-text.js';
import type { ClosedRecords } from './closed-records.js';
import { dayNumber } from '../../domain/calendar/day-number.js';
import { measurementColumns, placesOf, type MeasurementPlaces } from './measurement-columns.js';
import { MeasurementPlacing, type Placed } from './measurement-placing.js';
import type { RecordedMeasurements } from './recorded-measurements.js';
import type { RecordedRows } from './recorded-rows.js';
import { COPY_HEADER, putRow, rowImages, type ImageColumn, type RowImages } from './row-image.js';

/** Distinct findings whose image is kept. A file with more (a long questionnaire) is read by the long way. */
const MAX_KNOWN = 20_000;
const NO_DAY = -2147483648;
/** Longest run of cells that is looked up as one finding. */
const MAX_KEY_BYTES = 512;

/** Where rows go, the keys under which their words are sealed, and of whom nothing more may be recorded. */
interface RowsContext {
  readonly open: (columns: readonly ImageColumn[]) => CopyWriter;
  /** What the entry of the import will commit to. */
  readonly written: RecordedRows;
  readonly keys: ContractKeys;
  readonly closed: ClosedRecords;
  /** What the contract measures, by which the heading of the file is judged. */
  readonly metrics: readonly Metric[];
}

/**
 * Reads the rows of measurements.csv. The rows of a large file say the same few things about very many participants, so
 * what a row found (metric, time point, score, answers) is read and checked once for each way of saying it, by the same
 * check as a single measurement, and recognised by its bytes from then on. Anything not recognised takes the long way
 * through that check. Then the row is set against what is recorded, and written unless the file has a fault.
 */
export class MeasurementRows {
  readonly faults = new FaultList();
  /** Where the rows go, from when the header has told which columns they may need. */
  writer: CopyWriter | null = null;
  private readonly placing: MeasurementPlacing;
  private readonly open: (columns: readonly ImageColumn[]) => CopyWriter;
  private readonly written: RecordedRows;
  private readonly keys: ContractKeys;
  private readonly closed: ClosedRecords;
  private readonly columns: ColumnPlan;

  private places: MeasurementPlaces | null = null;
  /** Whether no row can be right, so that none is read. */
  private isLacking = false;
  private imageOf: RowImages = noHeader;
  private readonly days = new ByteTable();
  private dayOf = new Int32Array(1024);
  private readonly known = new ByteTable();
  private readonly findings: Placed[] = [];
  private readonly images: Buffer[] = [];
  /** What each image says, by its number in `written`. */
  private readonly whats: number[] = [];
  private readonly key = Buffer.alloc(MAX_KEY_BYTES);

  constructor(
    private readonly check: MeasurementCheck,
    private readonly recorded: RecordedMeasurements,
    private readonly recordedSeq: bigint,
    { open, written, keys, closed, metrics }: RowsContext,
  ) {
    this.open = open;
    this.written = written;
    this.keys = keys;
    this.closed = closed;
    this.columns = measurementColumns(metrics);
    this.placing = new MeasurementPlacing(recorded, this.faults);
  }

  /** Rows read, and what became of them. */
  get counts() {
    return this.placing.counts;
  }

  /** Takes the record that the scanner holds. */
  take(record: CsvScanner): void {
    if (record.fault !== null) return reportRecordFault(record, this.faults);
    if (this.places === null) {
      this.places = placesOf(readHeader(record, this.columns, this.faults));
      this.isLacking = this.places.header.isLacking;
      this.imageOf = rowImages(this.recordedSeq, this.places.sent);
      this.writer = this.open(this.places.sent);
      this.writer.append(COPY_HEADER);
      return;
    }
    if (this.isLacking) return;
    if (record.cells === this.places.columns && this.takeKnown(record, this.places)) return;
    if (!isBlank(record)) this.takeAny(record, this.places);
  }

  /** The faults that only the whole file shows: dates in the wrong order, or no rows at all. */
  finish(): void {
    reportEmptyFile(this.places !== null, this.counts.rows, this.faults);
    this.placing.finish();
  }

  /** The short way: every part of the row has been seen before. False when some part has not. */
  private takeKnown(record: CsvScanner, places: MeasurementPlaces): boolean {
    const { bytes, starts, ends } = record;
    const { reference, measuredOn, particular } = places;
    for (let index = 0; index < particular.length; index += 1) {
      const place = particular[index]!;
      if (starts[place] !== ends[place]) return false;
    }
    const participant = this.recorded.roster.find(bytes, starts[reference]!, ends[reference]!);
    if (participant < 0 || this.closed.has(participant)) return false;
    const length = this.keyOf(record, places);
    if (length < 0) return false;
    const known = this.known.find(this.key, 0, length);
    if (known < 0) return false;
    const day = this.knownDay(bytes, starts[measuredOn]!, ends[measuredOn]!);
    if (day === NO_DAY) return false;
    this.counts.rows += 1;
    const placed = this.findings[known]!;
    const version = this.placing.place(record.row, participant, day, placed, null);
    if (version === 1) this.write(this.images[known]!, participant, day, this.whats[known]!);
    return true;
  }

  /** The long way: as a single measurement would be read, telling every fault of the row. */
  private takeAny(record: CsvScanner, places: MeasurementPlaces): void {
    this.counts.rows += 1;
    if (places.header.standsAgain(record, this.faults)) return;
    if (!hasItsCells(record, places.columns, this.faults)) return;
    const faults: Fault[] = [];
    const participant = this.readParticipant(record, places, faults);
    const input = places.input(record);
    const checked = this.check.read(input, faults);
    for (const { at, code, detail } of faults)
      this.faults.add(record.row, measurementColumn(at), code, detail);
    if (checked === null || participant < 0) return;
    const { finding, measuredOn, endedOn, correctionReason } = checked;
    const closed = this.closed.fault(participant, !finding.isEvent, measuredOn);
    if (closed !== null)
      return this.faults.add(record.row, measurementColumn(closed.at), closed.code, closed.detail);
    const day = dayNumber(measuredOn);
    const placed = this.placing.placed(finding, participant, endedOn);
    const version = this.placing.place(record.row, participant, day, placed, correctionReason);
    if (version === 0) return this.learn(record, places, placed, checked, null);
    const image = this.imageOf(this.sealed(checked, participant), version);
    this.write(image, participant, day, this.written.what({ ...finding, endedOn }));
    if (version === 1) this.learn(record, places, placed, checked, image);
  }

  /** With its words sealed under the participant's key; nearly every row has none, and needs none. */
  private sealed(checked: CheckedMeasurement, participant: number): CheckedMeasurement {
    const { finding, correctionReason } = checked;
    if (finding.note === null && correctionReason === null) return checked;
    const key = this.keys.ensure(this.recorded.roster.reference(participant));
    return {
      ...checked,
      finding: { ...finding, note: sealText(key, 'note', finding.note) },
      correctionReason: sealText(key, 'correction-reason', correctionReason),
    };
  }

  private readParticipant(record: CsvScanner, places: MeasurementPlaces, faults: Fault[]): number {
    const place = places.reference;
    const number = this.recorded.roster.find(
      record.bytes,
      record.starts[place]!,
      record.ends[place]!,
    );
    if (number >= 0) return number;
    const text = textOf(record, place);
    showingInvisible(faults, { reference: text }, () =>
      faults.push(referenceFault(text) ?? participantUnknown(text)),
    );
    return -1;
  }

  /** Remembers a finding that depends on nothing but its common cells. */
  private learn(
    record: CsvScanner,
    places: MeasurementPlaces,
    placed: Placed,
    checked: CheckedMeasurement,
    image: Buffer | null,
  ): void {
    const { finding } = checked;
    if (finding.isEvent || finding.note !== null || finding.status === 'void') return;
    if (places.particular.some((place) => textOf(record, place) !== '')) return;
    const length = this.keyOf(record, places);
    if (length < 0 || this.known.size >= MAX_KNOWN) return;
    const entry = this.known.add(this.key, 0, length);
    if (entry < this.findings.length) return;
    this.findings.push(placed);
    this.images.push(image ?? this.imageOf(checked, 1));
    this.whats.push(this.written.what({ ...finding, endedOn: checked.endedOn }));
  }

  /** The number of the day that the bytes write; a day that is written for the first time is checked and kept. */
  private knownDay(bytes: Buffer, start: number, end: number): number {
    const known = this.days.find(bytes, start, end);
    if (known >= 0) return this.dayOf[known]!;
    const date = this.check.readDate(bytes.toString('utf8', start, end), []);
    if (date === null) return NO_DAY;
    const entry = this.days.add(bytes, start, end);
    if (entry === this.dayOf.length) {
      const wider = new Int32Array(entry * 2);
      wider.set(this.dayOf);
      this.dayOf = wider;
    }
    return (this.dayOf[entry] = dayNumber(date));
  }

  /** Puts the common cells into `key`, each after its length; how long that is, or -1 when it is too long. */
  private keyOf(record: CsvScanner, places: MeasurementPlaces): number {
    const { bytes, starts, ends } = record;
    const { key } = this;
    const { common } = places;
    let length = 0;
    for (let index = 0; index < common.length; index += 1) {
      const place = common[index]!;
      const end = ends[place]!;
      let at = starts[place]!;
      if (end - at > 255 || length + 1 + end - at > MAX_KEY_BYTES) return -1;
      key[length++] = end - at;
      while (at < end) key[length++] = bytes[at++]!;
    }
    return length;
  }

  private write(image: Buffer, participant: number, day: number, what: number): void {
    const { writer } = this;
    if (writer === null || this.faults.count > 0) return;
    writer.reserve(image.length);
    putRow(writer.chunk, writer.length, image, this.recorded.roster.id(participant), day);
    writer.length += image.length;
    this.written.add(participant, day, what);
  }
}

const noHeader: RowImages = () => {
  throw new Error('A row came before the header');
};
