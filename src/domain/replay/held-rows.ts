import { firstOtherBlock, RowsCommitment } from '../log/rows-commitment.js';
import type { RowsImport } from './recorded-acts.js';
import type { Findings, Part } from './report.js';

/** What is kept beside an import to check its rows: null of an import from before entries committed to rows. */
export interface KeptOfRows {
  readonly salt: Uint8Array;
  readonly blocks: Uint8Array;
}

/** The rows of one import as they are stored now, held against what its entry commits to. */
export class HeldRows {
  private rows = 0;
  private readonly commitment: RowsCommitment | null;
  /** The first and the last reference of each block. */
  private readonly subjects: { readonly first: string; last: string }[] = [];

  constructor(
    private readonly act: RowsImport,
    private readonly kept: KeptOfRows | null,
  ) {
    const isCommitted = act.payload.rowsHash !== undefined && kept !== null;
    this.commitment = isCommitted ? new RowsCommitment(kept.salt) : null;
  }

  /** Rows of one subject that the import recorded, in any order. */
  add(reference: string, rows: readonly { readonly text: string; readonly day: number }[]): void {
    this.rows += rows.length;
    if (this.commitment === null) return;
    this.commitment.subject(reference);
    const block = this.subjects[this.commitment.current];
    if (block === undefined) this.subjects.push({ first: reference, last: reference });
    else block.last = reference;
    const inOrder = rows.length === 1 ? rows : [...rows].sort((a, b) => order(a.text, b.text));
    for (const { text, day } of inOrder) this.commitment.say(text, day);
  }

  /** Says what came of it, once every row was seen. */
  conclude(findings: Findings, part: Part): void {
    const { seq, payload } = this.act;
    const recorded = payload.rowsNew + payload.rowsCorrected;
    const counts = `${recorded} were recorded and ${this.rows} are there`;
    const differs = (what: string) =>
      findings.differ(part, seq, `Of the ${part} imported by entry ${seq}, ${what}; ${counts}.`);
    if (payload.rowsHash === undefined) {
      if (this.rows === recorded) return findings.leaveOpen(part, FILE_ONLY, this.rows);
      return differs('there are not as many as were recorded');
    }
    if (this.commitment === null) return differs('the salt that opens the commitment is gone');
    const { rowsHash, blocks } = this.commitment.finish();
    if (rowsHash === payload.rowsHash) return findings.agree(part, this.rows);
    differs(this.where(blocks));
  }

  private where(blocks: Uint8Array): string {
    const block = firstOtherBlock(this.kept!.blocks, this.act.payload.rowsHash!, blocks);
    if (block < 0) return 'some differ, and what would tell which was altered too';
    const subjects = this.subjects[block];
    if (subjects === undefined) return 'rows are missing at the end';
    const { first, last } = subjects;
    return first === last
      ? `the first that differs is of ${first}`
      : `the first that differs is between ${first} and ${last}`;
  }
}

const FILE_ONLY =
  'imported when an entry committed to the file alone: their number agrees, and what was paid on them is checked with the computations';
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
