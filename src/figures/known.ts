import { isCivilDate } from '../domain/calendar/civil-date.js';
import { CursorMalformed } from '../platform/http/malformed-request.js';

/** Beyond the last entry of any trail: all that is known now. */
export const EVERYTHING = 9_223_372_036_854_775_807n;

/** Refuses a cursor that no list of ours made: its last part is a version and, where there is one, another is a day. */
export function refuseForeignCursor(after: readonly string[] | null, dayAt: number | null): void {
  if (after === null) return;
  const isVersion = /^[1-9]\d{0,8}$/.test(after.at(-1) ?? '');
  const isDay = dayAt === null || isCivilDate(after[dayAt] ?? '');
  if (!isVersion || !isDay) throw new CursorMalformed();
}
