import { CursorMalformed } from './malformed-request.js';

/** A page of a list in a fixed order, and where the next one starts. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; null on the last page. */
  readonly next: string | null;
}

/** Packs the key of the last row of a page. Whoever receives it must not rely on what is inside. */
export const encodeCursor = (...key: readonly (string | number | bigint)[]): string =>
  Buffer.from(JSON.stringify(key.map(String)), 'utf8').toString('base64url');

/** Unpacks a cursor of as many parts as the order has; null when there is none. Refuses CursorMalformed. */
export function decodeCursor(cursor: string | undefined | null, parts: number): string[] | null {
  if (cursor === undefined || cursor === null || cursor === '') return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const isKey = Array.isArray(key) && key.length === parts;
    if (isKey && key.every(isPart)) return key;
  } catch {
    // answered below
  }
  throw new CursorMalformed();
}

/** Cuts a page from rows read with a limit of one more than the page holds. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => T,
  keyOf: (row: Row) => readonly (string | number | bigint)[],
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? encodeCursor(...keyOf(last)) : null;
  return { items: shown.map(present), next };
}

/** PostgreSQL takes neither NUL nor half a character for a text. */
const isPart = (part: unknown): part is string =>
  typeof part === 'string' && part.isWellFormed() && !part.includes('\u0000');

/** Unpacks a cursor whose only part is a whole number; null when there is none. Refuses CursorMalformed. */
export function decodeNumberCursor(cursor: string | undefined | null): bigint | null {
  const [part] = decodeCursor(cursor, 1) ?? [];
  if (part === undefined) return null;
  if (!/^\d{1,18}$/.test(part)) throw new CursorMalformed();
  return BigInt(part);
}
