import type { ContractKeys } from '../../cohorts/keys/contract-keys.js';
import { openText } from '../../cohorts/keys/personal-key.js';
import type { Finding } from '../../domain/outcomes/check-measurement.js';
import type { Score } from '../../domain/instruments/scale.js';
import type { Metric } from '../../domain/outcomes/metric.js';
import { canonical, type Canonical } from '../../domain/shared/canonical.js';
import { ByteTable } from '../../platform/csv/byte-table.js';
import { copyText, wholeNumber, type CopyRow } from '../../platform/csv/copy-reader.js';
import {
  CONTENT,
  DAY,
  NO_VALUE,
  offsetIn,
  ORIGIN,
  pageOf,
  RecordedCells,
  STATUS_CODES,
  VALUE,
  type Slot,
} from './recorded-cells.js';
import type { Roster } from './roster.js';

/** The columns that a row of earlier measurements is loaded with, in order. */
export const LOADED = {
  participantId: 0,
  metric: 1,
  occurrence: 2,
  version: 3,
  day: 4,
  status: 5,
  value: 6,
  items: 7,
  mode: 8,
  note: 9,
} as const;

/** The initials of the statuses, in the order of their codes. */
const STATUS_INITIALS = Buffer.from(STATUS_CODES.map((code) => code[0]).join(''));
/** Distinct answers that are remembered as they were loaded. */
const MAX_TEXTS = 20_000;

/** What a finding says besides its score. */
type Details = Pick<Finding, 'mode' | 'note'> & { readonly items: Finding['items'] };

/** What a contract has recorded, as compactly as an import needs it: the roster, and the latest of each measurement. */
export class RecordedMeasurements {
  readonly cells: RecordedCells;
  private readonly details = new ByteTable();
  private readonly events = new ByteTable();
  private readonly scores = new ByteTable();
  private readonly pairs = new ByteTable();
  private readonly slotOfPair: Slot[] = [];
  private readonly loadedTexts = new ByteTable();
  private readonly detailOfText: number[] = [];
  /** Metrics whose measurements have time points; those of all others have references of their own. */
  private readonly isScore: ReadonlyMap<string, boolean>;

  constructor(
    readonly roster: Roster,
    metrics: readonly Metric[],
    private readonly keys: ContractKeys,
  ) {
    this.cells = new RecordedCells(metrics);
    this.isScore = new Map(metrics.map(({ id, kind }) => [id, kind === 'score']));
    this.details.add(Buffer.alloc(0), 0, 0); // number 0: neither answers nor mode nor note
  }

  /** Takes one version of an earlier measurement; the highest version stays. */
  load(row: CopyRow): void {
    const { bytes, starts, ends } = row;
    const number = (column: number) => wholeNumber(bytes, starts[column]!, ends[column]!);
    const participant = this.roster.numberOf(number(LOADED.participantId));
    const slot = this.slotOf(row);
    if (participant < 0 || slot === null) return;
    const index =
      slot.occurrence === ''
        ? this.eventCell(participant, slot, copyText(row, LOADED.occurrence)!)
        : participant;
    const page = pageOf(slot, index);
    const at = offsetIn(index);
    const version = number(LOADED.version);
    if (page[at + ORIGIN]! >= version) return;
    const value = this.loadedValue(row, slot);
    const status = STATUS_INITIALS.indexOf(bytes[starts[LOADED.status]!]!);
    page[at + DAY] = number(LOADED.day);
    page[at + VALUE] = value;
    page[at + CONTENT] = status | (this.loadedDetails(row, participant) << 2);
    page[at + ORIGIN] = version;
  }

  /** Two findings have the same number when their answers, mode and note are the same. */
  detailNumber({ items, mode, note }: Details): number {
    if (items === null && mode === null && note === null) return 0;
    const key = Buffer.from(canonical([items as Canonical, mode, note]), 'utf8');
    return this.details.add(key, 0, key.length);
  }

  /** Scores are exact decimals of any fineness, so a cell holds their number: the same for the same text. */
  scoreNumber(score: Score): number {
    const key = Buffer.from(score, 'utf8');
    return this.scores.add(key, 0, key.length);
  }

  /** The score that has the number. */
  scoreOf(number: number): Score {
    return this.scores.text(number);
  }

  /** The cell of an event or spell: they are told apart by participant, metric and their own reference. */
  eventCell(participant: number, slot: Slot, reference: string): number {
    const key = Buffer.from(`${participant} ${slot.number} ${reference}`, 'utf8');
    return this.events.add(key, 0, key.length);
  }

  /** The slot of a loaded row, by the bytes of its metric; for a score with those of its time point. */
  private slotOf(row: CopyRow): Slot | null {
    const { bytes, starts, ends } = row;
    const start = starts[LOADED.metric]!;
    const known = this.pairs.find(bytes, start, ends[LOADED.occurrence]!);
    if (known >= 0) return this.slotOfPair[known]!;
    const metric = copyText(row, LOADED.metric)!;
    if (!this.cells.has(metric)) return null;
    if (!this.isScore.get(metric)!) return this.cells.slot(metric, '');
    const slot = this.cells.slot(metric, copyText(row, LOADED.occurrence)!);
    this.slotOfPair[this.pairs.add(bytes, start, ends[LOADED.occurrence]!)] = slot;
    return slot;
  }

  /** The number of a score, or the day on which a spell ended. */
  private loadedValue({ bytes, starts, ends }: CopyRow, { isSpell }: Slot): number {
    const [start, end] = [starts[LOADED.value]!, ends[LOADED.value]!];
    if (bytes[start] === 0x5c) return NO_VALUE;
    return isSpell ? wholeNumber(bytes, start, end) : this.scores.add(bytes, start, end);
  }

  private loadedDetails(row: CopyRow, participant: number): number {
    const { bytes, starts, ends } = row;
    const [start, end] = [starts[LOADED.items]!, ends[LOADED.note]!];
    const known = this.loadedTexts.find(bytes, start, end);
    if (known >= 0) return this.detailOfText[known]!;
    const detail = this.readDetails(row, participant);
    // notes are each their own, and are not worth remembering
    if (copyText(row, LOADED.note) === null && this.loadedTexts.size < MAX_TEXTS)
      this.detailOfText[this.loadedTexts.add(bytes, start, end)] = detail;
    return detail;
  }

  private readDetails(row: CopyRow, participant: number): number {
    const note = copyText(row, LOADED.note);
    const key = note === null ? null : this.keys.find(this.roster.reference(participant));
    const items = copyText(row, LOADED.items);
    return this.detailNumber({
      items: items === null ? null : (JSON.parse(items) as Record<string, number>),
      mode: copyText(row, LOADED.mode) as Finding['mode'],
      note: openText(key, 'note', note),
    });
  }
}
