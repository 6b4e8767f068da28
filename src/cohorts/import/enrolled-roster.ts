import { createHash } from 'node:crypto';
import { foldReference } from '../../domain/outcomes/participant-reference.js';
import { ByteTable } from '../../platform/csv/byte-table.js';

/** Who is enrolled before the file is read; exceptions are rare and kept apart. */
export interface EnrolledAlready {
  readonly id: string;
  readonly reference: string;
  readonly version: number;
  /** The canonical text of the enrolment. */
  readonly content: string;
  readonly exceptionReason: string | null;
  readonly exceptionBy: string | null;
}

interface Exception {
  readonly exceptionReason: string | null;
  readonly exceptionBy: string | null;
}

const DIGEST_BYTES = 32;
const NONE: Exception = { exceptionReason: null, exceptionBy: null };

/**
 * The participants of a contract, and those whom the file adds, numbered from 0. What an enrolment says is kept as its
 * digest: enough to tell whether a row repeats it, at some 100 bytes a participant.
 */
export class EnrolledRoster {
  private readonly folded = new ByteTable();
  private readonly spellings = new ByteTable();
  private readonly ids: string[] = [];
  private readonly versions: number[] = [];
  private readonly rows: number[] = [];
  private digests = Buffer.alloc(DIGEST_BYTES * 1024);
  private readonly exceptions = new Map<number, Exception>();

  get size(): number {
    return this.folded.size;
  }

  /** Takes a participant who is enrolled already. */
  load(enrolled: EnrolledAlready): void {
    const number = this.add(enrolled.reference, 0);
    this.ids[number] = enrolled.id;
    this.versions[number] = enrolled.version;
    this.keep(number, enrolled.content);
    const { exceptionReason, exceptionBy } = enrolled;
    if (exceptionReason !== null) this.exceptions.set(number, { exceptionReason, exceptionBy });
  }

  /** The number of a reference however it is capitalised, or -1. */
  find(reference: string): number {
    const bytes = Buffer.from(foldReference(reference), 'utf8');
    return this.folded.find(bytes, 0, bytes.length);
  }

  /** Takes a participant whom the file adds. */
  add(reference: string, row: number): number {
    const bytes = Buffer.from(foldReference(reference), 'utf8');
    const number = this.folded.add(bytes, 0, bytes.length);
    const spelling = Buffer.from(reference, 'utf8');
    this.spellings.add(spelling, 0, spelling.length);
    this.versions[number] = 0;
    this.rows[number] = row;
    return number;
  }

  spelling(number: number): string {
    return this.spellings.text(number);
  }

  /** The database id; null for whom the file adds. */
  id(number: number): string | null {
    return this.ids[number] ?? null;
  }

  version(number: number): number {
    return this.versions[number]!;
  }

  /** The row of the file that gave this participant, or 0. */
  row(number: number): number {
    return this.rows[number]!;
  }

  given(number: number, row: number): void {
    this.rows[number] = row;
  }

  exception(number: number): Exception {
    return this.exceptions.get(number) ?? NONE;
  }

  /** Whether what is recorded says the same. */
  says(number: number, content: string): boolean {
    const at = number * DIGEST_BYTES;
    return this.digests.subarray(at, at + DIGEST_BYTES).equals(digest(content));
  }

  private keep(number: number, content: string): void {
    const at = number * DIGEST_BYTES;
    if (at + DIGEST_BYTES > this.digests.length) {
      const wider = Buffer.alloc(this.digests.length * 2);
      this.digests.copy(wider);
      this.digests = wider;
    }
    digest(content).copy(this.digests, at);
  }
}

const digest = (content: string): Buffer => createHash('sha256').update(content).digest();
