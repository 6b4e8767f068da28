const COMMA = 0x2c;
const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;

/** More columns than any upload of ours has; a row with more is cut here and refused for its number of cells. */
export const MAX_COLUMNS = 1024;

/** What makes a record unreadable. */
export type RecordFault = 'quote-misplaced' | 'quote-unclosed' | 'too-long';

/**
 * Reads CSV (RFC 4180; lines may end in CRLF, LF or CR) from blocks of bytes, one record at a time, without making an
 * object or a string: after next() the cells of the record are bytes[starts[i]..ends[i]], unquoted and without spaces
 * at either end. They hold until the following next() or buffer(). csv-parse, which the tests compare this with, takes
 * longer to hand over the rows of a million participants than PostgreSQL takes to store them.
 */
export class CsvScanner {
  readonly bytes: Buffer;
  readonly starts = new Int32Array(MAX_COLUMNS);
  readonly ends = new Int32Array(MAX_COLUMNS);
  /** Cells in the record now held. */
  cells = 0;
  /** Records met so far, blank lines included: the row number that a spreadsheet shows. */
  row = 0;
  fault: RecordFault | null = null;

  private position = 0;
  private limit = 0;
  private final = false;
  private afterCr = false;
  private stopped = false;
  private readonly escaped: number[] = [];

  constructor(
    readonly maxRecordBytes: number,
    blockBytes: number,
  ) {
    this.bytes = Buffer.allocUnsafeSlow(maxRecordBytes + blockBytes);
  }

  /** Where the next block goes: read into it, then call filled(). What was not yet a whole record is kept. */
  buffer(): Buffer {
    this.bytes.copyWithin(0, this.position, this.limit);
    this.limit -= this.position;
    this.position = 0;
    return this.bytes.subarray(this.limit);
  }

  /** Says how many bytes were put into buffer(); none means that the file is at its end. */
  filled(bytes: number): void {
    this.limit += bytes;
    if (bytes === 0) this.final = true;
  }

  /** Whether nothing more is read, because a record does not end. */
  get hasStopped(): boolean {
    return this.stopped;
  }

  /** Skips a byte order mark at the start of the file. */
  skip(bytes: number): void {
    this.position += bytes;
  }

  /** Whether a record is held. False means that more bytes are needed, or that there are none. */
  next(): boolean {
    if (this.afterCr && this.position < this.limit) {
      if (this.bytes[this.position] === LF) this.position += 1;
      this.afterCr = false;
    }
    if (this.stopped || this.position >= this.limit) return false;
    this.cells = 0;
    this.fault = null;
    this.escaped.length = 0;
    const end = this.scan();
    if (end < 0) return this.incomplete();
    this.row += 1;
    this.position = end;
    for (const cell of this.escaped) this.unescape(cell);
    return true;
  }

  /** Finds the cells of one record; where the next begins, or -1 when the record is not whole yet. */
  private scan(): number {
    const { bytes, limit } = this;
    let at = this.position;
    for (;;) {
      if (at < limit && bytes[at] === QUOTE && this.fault === null) {
        at = this.quotedCell(at);
        if (at < 0) return -1;
      } else {
        const start = at;
        while (at < limit) {
          const byte = bytes[at]!;
          if (byte === COMMA || byte === LF || byte === CR) break;
          if (byte === QUOTE) this.fault = 'quote-misplaced';
          at += 1;
        }
        if (at >= limit && !this.final) return -1;
        this.keep(start, at);
      }
      if (at >= limit) return at;
      const byte = bytes[at]!;
      at += 1;
      if (byte === COMMA) continue;
      if (byte === CR) this.afterCr = true;
      return this.afterCr && at < limit ? this.overLf(at) : at;
    }
  }

  private overLf(at: number): number {
    this.afterCr = false;
    return this.bytes[at] === LF ? at + 1 : at;
  }

  /** Reads a cell in quotes; where its separator stands, or -1 when the closing quote has not come yet. */
  private quotedCell(opening: number): number {
    const { bytes, limit } = this;
    let at = opening + 1;
    let doubled = false;
    for (;;) {
      at = bytes.indexOf(QUOTE, at);
      if (at < 0 || at >= limit) return this.unclosed();
      if (at + 1 >= limit && !this.final) return -1;
      if (at + 1 >= limit || bytes[at + 1] !== QUOTE) break;
      doubled = true;
      at += 2;
    }
    if (doubled) this.escaped.push(this.cells);
    this.keep(opening + 1, at);
    at += 1;
    while (at < limit && bytes[at] !== COMMA && bytes[at] !== LF && bytes[at] !== CR) {
      this.fault = 'quote-misplaced';
      at += 1;
    }
    return at >= limit && !this.final ? -1 : at;
  }

  private unclosed(): -1 {
    if (this.final) this.fault = 'quote-unclosed';
    return -1;
  }

  /** A record that does not end: too long to be one, or a quote that nobody closed. Reading stops there. */
  private incomplete(): boolean {
    const tooLong = this.limit - this.position > this.maxRecordBytes;
    if (!tooLong && !this.final) return false;
    this.fault = tooLong ? 'too-long' : 'quote-unclosed';
    this.row += 1;
    this.cells = 0;
    this.stopped = true;
    return true;
  }

  private keep(start: number, end: number): void {
    if (this.cells < MAX_COLUMNS) {
      const { bytes } = this;
      while (start < end && bytes[start] === SPACE) start += 1;
      while (end > start && bytes[end - 1] === SPACE) end -= 1;
      this.starts[this.cells] = start;
      this.ends[this.cells] = end;
    }
    this.cells += 1;
  }

  /** Makes each doubled quote one, in place: the record is whole, so its bytes are not read again. */
  private unescape(cell: number): void {
    if (cell >= MAX_COLUMNS) return;
    const { bytes } = this;
    const end = this.ends[cell]!;
    let write = this.starts[cell]!;
    for (let read = write; read < end; read += 1, write += 1) {
      bytes[write] = bytes[read]!;
      if (bytes[read] === QUOTE) read += 1;
    }
    this.ends[cell] = write;
  }
}
