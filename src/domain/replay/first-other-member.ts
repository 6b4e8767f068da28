/** Where two documents first differ. */
export interface OtherMember {
  /** As a JSON pointer. */
  readonly at: string;
  readonly stored: unknown;
  readonly rebuilt: unknown;
}

type Json = unknown;
const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null;

/**
 * The first member of which two JSON documents say otherwise, in the order of the rebuilt one; null where they say the
 * same. Members whose names are in `words` are passed over: they are the program's own sentences.
 */
export function firstOtherMember(
  stored: Json,
  rebuilt: Json,
  words: ReadonlySet<string>,
  at = '',
): OtherMember | null {
  if (!isObject(stored) || !isObject(rebuilt) || Array.isArray(stored) !== Array.isArray(rebuilt))
    return Object.is(stored, rebuilt) ? null : { at: at || '/', stored, rebuilt };
  for (const name of new Set([...Object.keys(rebuilt), ...Object.keys(stored)])) {
    if (words.has(name)) continue;
    const other = firstOtherMember(stored[name], rebuilt[name], words, `${at}/${name}`);
    if (other !== null) return other;
  }
  return null;
}
