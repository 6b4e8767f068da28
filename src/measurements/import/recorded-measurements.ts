import type { Finding } from '../../domain/outcomes/check-measurement.js';
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

/** What a finding says besides its score. */
type Details = Pick<Finding, 'mode' | 'note'> & { readonly items: Finding['items'] };

/** What a contract has recorded, as compactly as an import needs it: the roster, and the latest of each measurement. */
export class RecordedMeasurements {
  readonly cells: RecordedCells;
  private readonly details = new ByteTable();
  private readonly events = new ByteTable();
  private readonly isEvent: ReadonlyMap<string, boolean>;

  constructor(
    readonly roster: Roster,
    metrics: readonly Metric[],
  ) {
    this.cells = new RecordedCells(metrics);
    this.isEvent = new Map(metrics.map(({ id, kind }) => [id, kind === 'event']));
    this.details.add(Buffer.alloc(0), 0, 0); // number 0: neither answers nor mode nor note
  }

  /** Takes one version of an earlier measurement; the highest version stays. */
  load(row: CopyRow): void {
    const { bytes, starts, ends } = row;
    const number = (column: number) => wholeNumber(bytes, starts[column]!, ends[column]!);
    const participant = this.roster.numberOf(number(LOADED.participantId));
    const metric = copyText(row, LOADED.metric)!;
    if (participant < 0 || !this.cells.has(metric)) return;
    const occurrence = copyText(row, LOADED.occurrence)!;
    const isEvent = this.isEvent.get(metric)!;
    const slot = this.cells.slot(metric, isEvent ? '' : occurrence);
    const index = isEvent ? this.eventCell(participant, slot, occurrence) : participant;
    const page = pageOf(slot, index);
    const at = offsetIn(index);
    const version = number(LOADED.version);
    if (page[at + ORIGIN]! >= version) return;
    const value = bytes[starts[LOADED.value]!] === 0x5c ? NO_VALUE : number(LOADED.value);
    const status = STATUS_CODES.findIndex((code) => code === copyText(row, LOADED.status));
    page[at + DAY] = number(LOADED.day);
    page[at + VALUE] = value;
    page[at + CONTENT] = status | (this.loadedDetails(row) << 2);
    page[at + ORIGIN] = version;
  }

  /** Two findings have the same number when their answers, mode and note are the same. */
  detailNumber({ items, mode, note }: Details): number {
    if (items === null && mode === null && note === null) return 0;
    const key = Buffer.from(canonical([items as Canonical, mode, note]), 'utf8');
    return this.details.add(key, 0, key.length);
  }

  /** The cell of an event: events are told apart by participant, metric and their own reference. */
  eventCell(participant: number, slot: Slot, reference: string): number {
    const key = Buffer.from(`${participant} ${slot.number} ${reference}`, 'utf8');
    return this.events.add(key, 0, key.length);
  }

  private loadedDetails(row: CopyRow): number {
    const items = copyText(row, LOADED.items);
    return this.detailNumber({
      items: items === null ? null : (JSON.parse(items) as Record<string, number>),
      mode: copyText(row, LOADED.mode) as Finding['mode'],
      note: copyText(row, LOADED.note),
    });
  }
}
