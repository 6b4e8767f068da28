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

interface Row {
  readonly what: RowText;
  readonly day: number;
}

/**
 * What an import has recorded, in twelve bytes a row beside the texts: enough to commit to all of it once the file has been
 * read, participant by participant, in whatever order the file had them.
 */
export class RecordedRows {
  private readonly last: Int32Array;
  private readonly pages: Int32Array[] = [];
  private readonly texts = new ByteTable();
  private readonly kept: RowText[] = [];
  private readonly beyond = new Map<number, RowText>();
  private size = 0;

  constructor(private readonly roster: Roster) {
    this.last = new Int32Array(roster.size).fill(-1);
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
  }

  /** Commits to every row, in the order of the participants' ids. */
  commit(salt: Uint8Array): RowsCommitted {
    const commitment = new RowsCommitment(salt, () => this.beyond.clear());
    const rows: Row[] = [];
    for (let participant = 0; participant < this.last.length; participant += 1) {
      if (this.last[participant]! < 0) continue;
      commitment.subject(this.roster.reference(participant)); // which may begin a block, and forget texts
      this.collect(participant, rows);
      for (const { what, day } of rows) commitment.row(what, day);
    }
    return commitment.finish();
  }

  /** The rows of one participant, in the order of their texts. */
  private collect(participant: number, rows: Row[]): void {
    rows.length = 0;
    for (let row = this.last[participant]!; row >= 0;) {
      const page = this.pages[row >> PAGE_BITS]!;
      const at = (row & MASK) * WIDTH;
      rows.push({ what: this.textOf(page[at + WHAT]!), day: page[at + DAY]! });
      row = page[at + NEXT]!;
    }
    if (rows.length > 1) rows.sort(byText);
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

const byText = (a: Row, b: Row): number =>
  a.what.text < b.what.text ? -1 : a.what.text > b.what.text ? 1 : 0;
