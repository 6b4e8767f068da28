import {
  RowsCommitment,
  rowText,
  type RowsCommitted,
  type RowText,
} from '../../domain/log/rows-commitment.js';
import { ByteTable } from '../../platform/csv/byte-table.js';
import { recordedText, type CommittedContent } from '../recorded-text.js';
import type { Roster } from './roster.js';

/** Rows are kept in pages, so that nothing is copied while their number grows. */
const PAGE_BITS = 16;
const PAGE = 1 << PAGE_BITS;
const MASK = PAGE - 1;
const WIDTH = 3;
const NEXT = 0;
const DAY = 1;
const WHAT = 2;
/** Texts that are told apart by their number without being read again. */
const KEPT_MAX = 65_536;

/** Up to so many rows of one participant are put in order while they are gathered. */
const FEW = 16;

/**
 * What an import has recorded, in twelve bytes a row beside the texts: enough to commit to all of it, participant by
 * participant, in whatever order the file had them. As long as the file keeps the roster's order, which it nearly always
 * does, that is done on the way, while PostgreSQL takes in what it was sent; else from the beginning once all is read.
 */
export class RecordedRows {
  private readonly last: Int32Array;
  private readonly pages: Int32Array[] = [];
  private readonly texts = new ByteTable();
  private readonly kept: RowText[] = [];
  private readonly beyond = new Map<number, RowText>();
  private size = 0;
  /** The place among all of each text there was when they were last put in order. */
  private ranks = new Int32Array(0);
  /** The rows of the participant at hand. */
  private readonly whats: number[] = [];
  private readonly days: number[] = [];

  private commitment: RowsCommitment;
  /** Everybody before is committed to. */
  private next = 0;
  /** The last in the roster who has rows: more of them may follow. */
  private furthest = 0;
  private isInOrder = true;

  constructor(
    private readonly roster: Roster,
    private readonly salt: Uint8Array,
  ) {
    this.last = new Int32Array(roster.size).fill(-1);
    this.commitment = this.begin();
  }

  /** The number of what a row says. */
  what(content: CommittedContent): number {
    const bytes = Buffer.from(recordedText(content), 'utf8');
    return this.texts.add(bytes, 0, bytes.length);
  }

  add(participant: number, day: number, what: number): void {
    const row = this.size;
    if ((row & MASK) === 0) this.pages.push(new Int32Array(PAGE * WIDTH));
    const page = this.pages[row >> PAGE_BITS]!;
    const at = (row & MASK) * WIDTH;
    page[at + NEXT] = this.last[participant]!;
    page[at + DAY] = day;
    page[at + WHAT] = what;
    this.last[participant] = row;
    this.size = row + 1;
    if (participant < this.next) this.isInOrder = false;
    else if (participant > this.furthest) this.furthest = participant;
  }

  /** Commits to everybody of whom no more rows will come if the file keeps the roster's order. */
  advance(): void {
    if (this.isInOrder) this.commitBefore(this.furthest);
  }

  /** Commits to every row, in the order of the participants' ids. */
  commit(): RowsCommitted {
    if (!this.isInOrder) {
      this.kept.length = 0; // they say where the commitment that is given up has them
      this.beyond.clear();
      this.commitment = this.begin();
      this.next = 0;
    }
    this.commitBefore(this.last.length);
    return this.commitment.finish();
  }

  private begin(): RowsCommitment {
    return new RowsCommitment(this.salt, () => this.beyond.clear());
  }

  private commitBefore(end: number): void {
    const { commitment } = this;
    if (this.texts.size >= this.ranks.length * 2 && this.texts.size <= KEPT_MAX) this.rank();
    for (let participant = this.next; participant < end; participant += 1) {
      if (this.last[participant]! < 0) continue;
      // which may begin a block, and forget texts
      this.roster.withReference(participant, commitment.subjectIn);
      const count = this.collect(participant);
      for (let row = 0; row < count; row += 1)
        commitment.row(this.textOf(this.whats[row]!), this.days[row]!);
    }
    this.next = Math.max(this.next, end);
  }

  /** Gathers the rows of one participant, in the order of their texts; gives how many there are. */
  private collect(participant: number): number {
    const { whats, days } = this;
    let count = 0;
    for (let row = this.last[participant]!; row >= 0; count += 1) {
      const page = this.pages[row >> PAGE_BITS]!;
      const at = (row & MASK) * WIDTH;
      const what = page[at + WHAT]!;
      let place = count;
      // nearly everybody has a handful of rows, and of those nearly all come in order
      for (; count < FEW && place > 0 && this.isBefore(what, whats[place - 1]!); place -= 1) {
        whats[place] = whats[place - 1]!;
        days[place] = days[place - 1]!;
      }
      whats[place] = what;
      days[place] = page[at + DAY]!;
      row = page[at + NEXT]!;
    }
    if (count > FEW) this.sortAll(count);
    return count;
  }

  private sortAll(count: number): void {
    const rows = Array.from(
      { length: count },
      (_, at) => [this.whats[at]!, this.days[at]!] as const,
    );
    rows.sort(([a], [b]) => (a === b ? 0 : this.isBefore(a, b) ? -1 : 1));
    rows.forEach(([what, day], at) => {
      this.whats[at] = what;
      this.days[at] = day;
    });
  }

  private isBefore(a: number, b: number): boolean {
    const { ranks } = this;
    return a < ranks.length && b < ranks.length
      ? ranks[a]! < ranks[b]!
      : this.textOf(a).text < this.textOf(b).text;
  }

  /** Puts the texts in order; done anew when they have doubled, so that it costs little however many there will be. */
  private rank(): void {
    const numbers = Array.from({ length: this.texts.size }, (_, number) => number);
    this.ranks = new Int32Array(numbers.length);
    numbers
      .sort((a, b) => (this.textOf(a).text < this.textOf(b).text ? -1 : 1))
      .forEach((number, rank) => (this.ranks[number] = rank));
  }

  private textOf(number: number): RowText {
    if (number < KEPT_MAX) return (this.kept[number] ??= rowText(this.texts.text(number)));
    const known = this.beyond.get(number);
    if (known !== undefined) return known;
    const made = rowText(this.texts.text(number));
    this.beyond.set(number, made);
    return made;
  }
}
