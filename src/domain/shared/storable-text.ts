/** What PostgreSQL cannot keep and no canonical form has: a NUL character, or half of a character. */
export type Unstorable = 'NUL' | 'half';

const unstorable = (text: string): Unstorable | null =>
  text.includes('\u0000') ? 'NUL' : text.isWellFormed() ? null : 'half';

/** The first unstorable character in any text or name of a document; null when there is none. Not for deep data. */
export function unstorableIn(data: unknown): Unstorable | null {
  if (typeof data === 'string') return unstorable(data);
  if (typeof data !== 'object' || data === null) return null;
  for (const [name, value] of Object.entries(data)) {
    const found = unstorable(name) ?? unstorableIn(value);
    if (found !== null) return found;
  }
  return null;
}
