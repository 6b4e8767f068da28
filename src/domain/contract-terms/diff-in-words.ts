import { canonical, type Canonical } from '../shared/canonical.js';

type Plain = Canonical | undefined;
const isRecord = (value: Plain): value is { readonly [key: string]: Canonical | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How a list's members are recognised from one edition to the next, instead of by their place. */
const nameOf = (member: Plain): string | null => {
  if (!isRecord(member)) return null;
  for (const key of ['id', 'payer', 'period', 'type', 'name'])
    if (typeof member[key] === 'string') return member[key];
  return null;
};

/** What changed between two editions of the terms, one sentence a change, in the order of the document. */
export function diffInWords(before: unknown, after: unknown): string[] {
  return compare('the terms', before as Plain, after as Plain);
}

function compare(place: string, before: Plain, after: Plain): string[] {
  if (before === after) return [];
  if (before === undefined) return [`${place} is added: ${shown(after)}.`];
  if (after === undefined) return [`${place} is removed; it was ${shown(before)}.`];
  if (isRecord(before) && isRecord(after)) return compareMembers(place, before, after);
  if (Array.isArray(before) && Array.isArray(after))
    return compareLists(place, before as Canonical[], after as Canonical[]);
  return canonical(before) === canonical(after)
    ? []
    : [`${place} changes from ${shown(before)} to ${shown(after)}.`];
}

function compareMembers(
  place: string,
  before: Record<string, Plain>,
  after: Record<string, Plain>,
): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => compare(`${place} › ${key}`, before[key], after[key]));
}

function compareLists(
  place: string,
  before: readonly Canonical[],
  after: readonly Canonical[],
): string[] {
  const named = (list: readonly Canonical[]) =>
    new Map(list.map((member, index) => [nameOf(member) ?? String(index + 1), member] as const));
  const [old, now] = [named(before), named(after)];
  if (old.size !== before.length || now.size !== after.length)
    return canonical(before) === canonical(after)
      ? []
      : [`${place} changes from ${shown(before)} to ${shown(after)}.`];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const changes = names.flatMap((name) =>
    compare(`${place} › ${name}`, old.get(name), now.get(name)),
  );
  const kept = (list: Iterable<string>, other: Map<string, unknown>) =>
    [...list].filter((name) => other.has(name)).join('|');
  if (kept(old.keys(), now) !== kept(now.keys(), old))
    changes.push(`The order of ${place} changes to ${[...now.keys()].join(', ')}.`);
  return changes;
}

const shown = (value: Plain): string =>
  typeof value === 'string' ? `"${value}"` : value === undefined ? 'nothing' : canonical(value);
