// The canonical form of RFC 8785 and the bytes of a bundle, with the end line that an attacker would write as well.
import { hexOf } from './trees.mjs';

export function canonical(value) {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(',')}}`;
}

/** Lines are objects, or texts that stand as they are. */
export function bytesOf(lines, end = true) {
  const texts = lines.map((line) => (typeof line === 'string' ? line : canonical(line)));
  const before = texts.map((text) => `${text}\n`).join('');
  if (!end) return Buffer.from(before);
  const last = canonical({ kind: 'end', lines: String(texts.length), sha256: hexOf(before) });
  return Buffer.from(`${before}${last}\n`);
}
