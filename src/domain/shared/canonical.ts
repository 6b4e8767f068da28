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
    return String(value === 0 ? 0 : value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const record = value as { readonly [key: string]: Canonical | undefined };
  const parts: string[] = [];
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member !== undefined) parts.push(`${JSON.stringify(key)}:${canonical(member)}`);
  }
  return `{${parts.join(',')}}`;
}

function wellFormed(text: string): string {
  if (!/[\ud800-\udfff]/.test(text) || text.isWellFormed()) return text;
  throw new Error('A text with half a surrogate pair has no canonical form');
}
