/** A value that has exactly one canonical text: no floats, no undefined, no dates. */
export type Canonical =
  | string
  | boolean
  | null
  | number
  | bigint
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined };

/**
 * The one canonical encoder (RFC 8785, JSON Canonicalization Scheme): keys in UTF-16 order, no white space, so that the
 * same facts always give the same bytes. Numbers must be safe integers; a bigint is written as a string of digits, as
 * money is in every JSON of ours. A key whose value is undefined is left out.
 */
export function canonical(value: Canonical): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value === 'string') return JSON.stringify(wellFormed(value));
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value))
      throw new Error(`${value} has no canonical form: not a safe integer`);
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isRecord(value)) throw new Error('Only plain data has a canonical form');
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) parts.push(`${JSON.stringify(wellFormed(key))}:${canonical(member)}`);
  }
  return `{${parts.join(',')}}`;
}

/** A date, a map or bytes would be written as an empty record: two different facts with the same bytes. */
function isRecord(value: unknown): value is { readonly [key: string]: Canonical | undefined } {
  const prototype: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
  return prototype === null || prototype === Object.prototype;
}

function wellFormed(text: string): string {
  if (!/[\ud800-\udfff]/.test(text) || text.isWellFormed()) return text;
  throw new Error('A text with half a surrogate pair has no canonical form');
}
