import type { Metric } from '../../domain/outcomes/metric.js';
import type { ObservationStatus } from '../../domain/outcomes/participant-facts.js';

/** Cells are kept in pages of so many participants, made when first written. */
const PAGE_BITS = 12;
const PAGE = 1 << PAGE_BITS;
const MASK = PAGE - 1;

/** Whole numbers that make one cell. */
export const DAY = 0;
/** The number of the score, see RecordedMeasurements; the number of the day on which a spell ended, which has no score. */
export const VALUE = 1;
/** Status in the low two bits, and above them the number of the answers, mode and note. */
export const CONTENT = 2;
/** 0: nothing. Above: the version recorded. Below: minus the row of this file that gave it. */
export const ORIGIN = 3;
const WIDTH = 4;

/** The value of a cell that has none: no score, or a spell that lasts. */
export const NO_VALUE = -2147483648;

export const STATUS_CODES: readonly ObservationStatus[] = [
  'recorded',
  'declined',
  'could-not-collect',
  'void',
];

/** One metric at one occurrence: a column of cells, one for each participant. */
export interface Slot {
  readonly number: number;
  readonly metric: string;
  readonly occurrence: string;
  readonly isBaseline: boolean;
  readonly isSpell: boolean;
  /** The slots of the same metric, among them this one. */
  readonly family: Slot[];
  readonly pages: (Int32Array | undefined)[];
}

/**
 * The latest version of every measurement of a contract, in whole numbers: what is recorded when the import begins, and
 * then what the file says. Sixteen bytes for each measurement.
 */
export class RecordedCells {
  private readonly slots = new Map<string, Slot>();
  private readonly families = new Map<
    string,
    { baseline: string; isSpell: boolean; slots: Slot[] }
  >();

  constructor(metrics: readonly Metric[]) {
    for (const metric of metrics) {
      const baseline = metric.kind === 'score' ? metric.baseline : '';
      this.families.set(metric.id, { baseline, isSpell: metric.kind === 'spell', slots: [] });
    }
  }

  has(metric: string): boolean {
    return this.families.has(metric);
  }

  /** The slot of a metric and occurrence; all events or spells of a metric share one, under the occurrence ''. */
  slot(metric: string, occurrence: string): Slot {
    const key = `${metric}\n${occurrence}`;
    const known = this.slots.get(key);
    if (known !== undefined) return known;
    const family = this.families.get(metric)!;
    const slot: Slot = {
      number: this.slots.size,
      metric,
      occurrence,
      isBaseline: occurrence !== '' && occurrence === family.baseline,
      isSpell: family.isSpell,
      family: family.slots,
      pages: [],
    };
    family.slots.push(slot);
    this.slots.set(key, slot);
    return slot;
  }

  all(): Iterable<Slot> {
    return this.slots.values();
  }
}

/** The page that holds a cell, made if need be; the cell begins at offsetIn(index). */
export function pageOf(slot: Slot, index: number): Int32Array {
  const page = pageIfAny(slot, index);
  if (page !== undefined) return page;
  while (slot.pages.length <= index >> PAGE_BITS) slot.pages.push(undefined);
  return (slot.pages[index >> PAGE_BITS] = new Int32Array(PAGE * WIDTH));
}

/** The page that holds a cell, if anything near it was ever written. Reading past an array's end undoes V8's compiling. */
export const pageIfAny = ({ pages }: Slot, index: number): Int32Array | undefined =>
  index >> PAGE_BITS < pages.length ? pages[index >> PAGE_BITS] : undefined;

export const offsetIn = (index: number): number => (index & MASK) * WIDTH;

/** Whether a cell holds a measurement that counts as made: not void, not absent. */
export function isMade(page: Int32Array | undefined, offset: number): page is Int32Array {
  return page !== undefined && page[offset + ORIGIN] !== 0 && (page[offset + CONTENT]! & 3) !== 3;
}

/** Whether a cell holds a measurement with status recorded. */
export function isRecorded(page: Int32Array | undefined, offset: number): page is Int32Array {
  return page !== undefined && page[offset + ORIGIN] !== 0 && (page[offset + CONTENT]! & 3) === 0;
}
