import type { CivilDate } from '../../domain/calendar/civil-date.js';
import { measurementColumn, type Finding } from '../../domain/outcomes/check-measurement.js';
import {
  baselineTwice,
  differsFromRecorded,
  followUpBeforeBaseline,
  nothingToCorrect,
  occurrenceTwice,
  rowTwice,
  spellInWords,
} from '../../domain/outcomes/measurement-conflicts.js';
import type { Fault } from '../../domain/shared/domain-error.js';
import type { FaultList } from '../../platform/csv/fault-list.js';
import { dateOfDay, dayNumber } from '../../domain/calendar/day-number.js';
import {
  CONTENT,
  DAY,
  isMade,
  isRecorded,
  NO_VALUE,
  offsetIn,
  ORIGIN,
  pageIfAny,
  pageOf,
  STATUS_CODES,
  VALUE,
  type Slot,
} from './recorded-cells.js';
import type { RecordedMeasurements } from './recorded-measurements.js';

/** A finding as the cells hold it. */
export interface Placed {
  readonly slot: Slot;
  /** The event's own cell; -1 where the participant's number is the cell. */
  readonly cell: number;
  /** The number of the score, see RecordedMeasurements. */
  readonly value: number;
  readonly content: number;
}

/** A row whose date stands on the wrong side of another's; a later row of the file may still put it right. */
interface Doubt {
  readonly row: number;
  readonly participant: number;
  readonly slot: Slot;
}

/** Sets each row against what is recorded and what the file said before it. */
export class MeasurementPlacing {
  readonly counts = { rows: 0, rowsNew: 0, rowsCorrected: 0, rowsUnchanged: 0 };
  private readonly doubts: Doubt[] = [];

  constructor(
    private readonly recorded: RecordedMeasurements,
    private readonly faults: FaultList,
  ) {}

  placed(finding: Finding, participant: number, endedOn: CivilDate | null): Placed {
    const { recorded } = this;
    const slot = recorded.cells.slot(finding.metric, finding.isEvent ? '' : finding.occurrence);
    return {
      slot,
      cell: finding.isEvent ? recorded.eventCell(participant, slot, finding.occurrence) : -1,
      value:
        endedOn === null
          ? finding.value === null
            ? NO_VALUE
            : recorded.scoreNumber(finding.value)
          : dayNumber(endedOn),
      content: STATUS_CODES.indexOf(finding.status) | (recorded.detailNumber(finding) << 2),
    };
  }

  /** The version under which to write the row; 0 when it is not to be written. */
  place(
    row: number,
    participant: number,
    day: number,
    placed: Placed,
    correctionReason: string | null,
  ): number {
    const index = placed.cell < 0 ? participant : placed.cell;
    const page = pageOf(placed.slot, index);
    const at = offsetIn(index);
    const origin = page[at + ORIGIN]!;
    const same =
      page[at + DAY] === day &&
      page[at + VALUE] === placed.value &&
      page[at + CONTENT] === placed.content;
    if (origin < 0) return this.twice(row, -origin, same, placed.slot);
    if (origin > 0 && same) {
      page[at + ORIGIN] = -row;
      this.counts.rowsUnchanged += 1;
      return 0;
    }
    if (origin > 0 !== (correctionReason !== null))
      return this.contradiction(row, page, at, origin, placed);
    page[at + DAY] = day;
    page[at + VALUE] = placed.value;
    page[at + CONTENT] = placed.content;
    page[at + ORIGIN] = -row;
    if (placed.cell < 0) this.compareDates(row, participant, placed.slot);
    if (origin > 0) this.counts.rowsCorrected += 1;
    else this.counts.rowsNew += 1;
    return origin + 1;
  }

  /** Looks again at the rows whose dates were in doubt, now that the whole file has been read. */
  finish(): void {
    for (const { row, participant, slot } of this.doubts) {
      const followUps = slot.isBaseline ? slot.family : [slot];
      for (const followUp of followUps) this.refuseIfEarly(row, participant, followUp, slot);
    }
  }

  private compareDates(row: number, participant: number, slot: Slot): void {
    const { family } = slot;
    for (let index = 0; index < family.length; index += 1) {
      const other = family[index]!;
      if (other === slot || !(slot.isBaseline || other.isBaseline)) continue;
      const baseline = slot.isBaseline ? slot : other;
      const followUp = slot.isBaseline ? other : slot;
      if (isEarly(participant, followUp, baseline)) {
        this.doubts.push({ row, participant, slot });
        return;
      }
    }
  }

  private refuseIfEarly(row: number, participant: number, followUp: Slot, named: Slot): void {
    const baseline = followUp.family.find((slot) => slot.isBaseline);
    if (baseline === undefined || followUp === baseline) return;
    if (!isEarly(participant, followUp, baseline)) return;
    const at = offsetIn(participant);
    const page = pageIfAny(followUp, participant)!;
    const followUpRow = -page[at + ORIGIN]!;
    if (named.isBaseline && followUpRow > row) return; // that row was in doubt by itself
    const on = dateOfDay(page[at + DAY]!);
    const baselineOn = dateOfDay(pageIfAny(baseline, participant)![at + DAY]!);
    this.report(row, followUpBeforeBaseline(followUp.occurrence, on, baselineOn));
  }

  private twice(row: number, firstRow: number, same: boolean, slot: Slot): 0 {
    this.report(row, same ? rowTwice(firstRow) : occurrenceTwice(firstRow, slot.isBaseline));
    return 0;
  }

  private contradiction(
    row: number,
    page: Int32Array,
    at: number,
    origin: number,
    placed: Placed,
  ): 0 {
    const words = origin === 0 ? '' : this.inWords(page, at, placed.slot);
    if (origin === 0) this.report(row, nothingToCorrect());
    else if (placed.slot.isBaseline) this.report(row, baselineTwice(words));
    else this.report(row, differsFromRecorded(words));
    return 0;
  }

  private inWords(page: Int32Array, at: number, { isSpell }: Slot): string {
    const on = dateOfDay(page[at + DAY]!);
    const value = page[at + VALUE]!;
    const status = STATUS_CODES[page[at + CONTENT]! & 3]!;
    if (isSpell && status === 'recorded')
      return spellInWords(on, value === NO_VALUE ? null : dateOfDay(value));
    return `${value === NO_VALUE ? status : this.recorded.scoreOf(value)} on ${on}`;
  }

  private report(row: number, { at, code, detail }: Fault): void {
    this.faults.add(row, measurementColumn(at), code, detail);
  }
}

/** Whether a follow-up is dated before the recorded baseline. */
function isEarly(participant: number, followUp: Slot, baseline: Slot): boolean {
  const at = offsetIn(participant);
  const later = pageIfAny(followUp, participant);
  const earlier = pageIfAny(baseline, participant);
  if (!isMade(later, at) || !isRecorded(earlier, at)) return false;
  return later[at + DAY]! < earlier[at + DAY]!;
}
