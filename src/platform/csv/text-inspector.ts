import { isUtf8 } from 'node:buffer';
import { FileUnreadable } from './csv.errors.js';
import { FirstLine } from './first-line.js';

/** Longest record accepted, in bytes: far more than any honest row, and small enough to hold. */
export const MAX_RECORD_BYTES = 65_536;

/** A byte that makes the file unreadable. The row it stands in is worked out only then, by whoever has the file. */
export class BadByte extends Error {
  constructor(
    readonly offset: number,
    readonly refusal: (row: number) => FileUnreadable,
  ) {
    super('the file is not readable text');
  }
}

/**
 * Looks at every byte of a file before any of it is read as a table: it must be UTF-8 text in lines, the first of them
 * divided by commas. What Excel saves under other names (workbooks, UTF-16, Windows-1252, semicolons) is recognised, so
 * that the refusal says how to save it instead.
 */
export class TextInspector {
  private seen = 0;
  private sinceLineEnd = 0;
  private tail = Buffer.alloc(0);
  private readonly firstLine = new FirstLine();

  /** Throws FileUnreadable, or BadByte where the refusal names a row. */
  push(chunk: Buffer): void {
    if (this.seen === 0) refuseOtherFormats(chunk);
    const nul = chunk.indexOf(0);
    if (nul >= 0) {
      if (this.seen === 0 && looksLikeUtf16(chunk)) throw utf16();
      throw new BadByte(this.seen + nul, nulByte);
    }
    this.checkUtf8(chunk);
    this.checkLineLength(chunk);
    this.firstLine.push(chunk);
    this.seen += chunk.length;
  }

  end(): void {
    if (this.seen === 0)
      throw new FileUnreadable('FILE_EMPTY', 'The file is empty. It needs a header and rows.');
    if (this.tail.length > 0) throw new BadByte(this.seen, notUtf8);
    this.firstLine.end();
  }

  private checkUtf8(chunk: Buffer): void {
    const text = this.tail.length === 0 ? chunk : Buffer.concat([this.tail, chunk]);
    const whole = wholeCharacters(text);
    if (!isUtf8(text.subarray(0, whole)))
      throw new BadByte(this.seen - this.tail.length + firstInvalid(text), notUtf8);
    this.tail = Buffer.from(text.subarray(whole));
  }

  private checkLineLength(chunk: Buffer): void {
    const last = Math.max(chunk.lastIndexOf(0x0a), chunk.lastIndexOf(0x0d));
    this.sinceLineEnd = last < 0 ? this.sinceLineEnd + chunk.length : chunk.length - last - 1;
    if (this.sinceLineEnd <= MAX_RECORD_BYTES) return;
    throw new BadByte(this.seen + chunk.length - this.sinceLineEnd, lineTooLong);
  }
}

export const lineTooLong = (row: number) =>
  new FileUnreadable(
    'LINE_TOO_LONG',
    `Row ${row} is longer than ${MAX_RECORD_BYTES / 1024} KB. Check that its line ends where it should and that every quote is closed.`,
    row,
  );

const nulByte = (row: number) =>
  new FileUnreadable(
    'NUL_BYTE',
    `Row ${row} holds a NUL byte, so this is not a text file or it was damaged. Save it again as "CSV UTF-8".`,
    row,
  );

const notUtf8 = (row: number) =>
  new FileUnreadable(
    'ENCODING_NOT_UTF8',
    `Row ${row} holds a character that is not UTF-8; the file was probably saved as Windows-1252. Save it as "CSV UTF-8 (Comma delimited)".`,
    row,
  );

const utf16 = () =>
  new FileUnreadable(
    'ENCODING_UTF16',
    'The file is UTF-16 ("Unicode text"). Save it as "CSV UTF-8 (Comma delimited)".',
  );

const starts = (chunk: Buffer, ...bytes: number[]) => bytes.every((b, i) => chunk[i] === b);

function refuseOtherFormats(chunk: Buffer): void {
  if (starts(chunk, 0xff, 0xfe) || starts(chunk, 0xfe, 0xff)) throw utf16();
  if (starts(chunk, 0x50, 0x4b, 0x03, 0x04) || starts(chunk, 0xd0, 0xcf, 0x11, 0xe0))
    throw new FileUnreadable(
      'FILE_IS_WORKBOOK',
      'The file is a spreadsheet workbook or a ZIP, whatever its name says. Open it and save it as "CSV UTF-8 (Comma delimited)".',
    );
  if (starts(chunk, 0x25, 0x50, 0x44, 0x46))
    throw new FileUnreadable('FILE_IS_PDF', 'The file is a PDF. Send a CSV file in UTF-8.');
  if (starts(chunk, 0x1f, 0x8b))
    throw new FileUnreadable('FILE_IS_GZIP', 'The file is compressed. Send it unpacked.');
}

/** Text in UTF-16 without a mark has a NUL in about every second byte, and hardly any in those between. */
function looksLikeUtf16(chunk: Buffer): boolean {
  const sample = chunk.subarray(0, 200);
  const nuls = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) nuls[at % 2]! += 1;
  });
  const [fewer, more] = nuls.sort((a, b) => a - b);
  return more! * 3 > sample.length && fewer! * 10 < more! && sample.length > 1;
}

/** Length without a character whose last bytes are still to come. */
function wholeCharacters(text: Buffer): number {
  for (let back = 1; back <= Math.min(3, text.length); back += 1) {
    const byte = text[text.length - back]!;
    if (byte < 0x80) return text.length;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? text.length - back : text.length;
  }
  return text.length;
}

/** Offset of the first byte that breaks the encoding, found by halving. */
function firstInvalid(text: Buffer): number {
  let [good, bad] = [0, text.length];
  while (bad - good > 4) {
    const middle = good + ((bad - good) >> 1);
    const end = good + wholeCharacters(text.subarray(good, middle));
    if (end > good && isUtf8(text.subarray(good, end))) good = end;
    else bad = middle;
  }
  return good;
}
