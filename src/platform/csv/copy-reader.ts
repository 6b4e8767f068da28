import type { PoolClient } from 'pg';
import { to } from 'pg-copy-streams';

const TAB = 0x09;
const LF = 0x0a;

/** One row of COPY TO in text format, as places in a buffer that hold only until the next row. */
export interface CopyRow {
  readonly bytes: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * Reads the rows of `copy (...) to stdout` without an object for each. Texts still carry COPY's escapes; NULL is \N
 * (see copyText). What `onRow` throws is thrown once PostgreSQL has sent the rest: a connection on which nobody reads on
 * answers nothing more.
 */
export async function copyRows(
  client: PoolClient,
  statement: string,
  columns: number,
  onRow: (row: CopyRow) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let failure: { readonly error: unknown } | null = null;
  for await (const piece of client.query(to(statement)) as AsyncIterable<Buffer>) {
    if (failure !== null) continue;
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    try {
      rest = Buffer.from(bytes.subarray(readRows(bytes, columns, onRow)));
    } catch (error) {
      failure = { error };
    }
  }
  if (failure !== null) throw failure.error;
}

/** Hands over the rows of some bytes; where the last whole row ends. */
export function readRows(bytes: Buffer, columns: number, onRow: (row: CopyRow) => void): number {
  const row = { bytes, starts: new Int32Array(columns), ends: new Int32Array(columns) };
  const { starts, ends } = row;
  let rowStart = 0;
  let column = 0;
  let cellStart = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte !== TAB && byte !== LF) continue;
    starts[column] = cellStart;
    ends[column] = at;
    column += 1;
    cellStart = at + 1;
    if (byte === TAB) continue;
    onRow(row);
    column = 0;
    rowStart = cellStart;
  }
  return rowStart;
}

/** The text of a cell, unescaped; null for NULL. */
export function copyText(row: CopyRow, column: number): string | null {
  const text = row.bytes.toString('utf8', row.starts[column], row.ends[column]);
  if (text === '\\N') return null;
  return text.includes('\\')
    ? text.replace(/\\(.)/g, (_, kind: string) => UNESCAPED[kind] ?? kind)
    : text;
}

const UNESCAPED: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** A whole number in the buffer, without making a text of it. */
export function wholeNumber(bytes: Buffer, start: number, end: number): number {
  const negative = bytes[start] === 0x2d;
  let value = 0;
  for (let at = negative ? start + 1 : start; at < end; at += 1)
    value = value * 10 + bytes[at]! - 0x30;
  return negative ? -value : value;
}
