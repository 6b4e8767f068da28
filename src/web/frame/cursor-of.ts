import { CursorMalformed } from '../../platform/http/malformed-request.js';

/** A cursor as an address names it: once, or not at all. Refuses CursorMalformed. */
export function cursorOf(given: unknown): string | null {
  if (given === undefined) return null;
  if (typeof given !== 'string') throw new CursorMalformed();
  return given;
}
