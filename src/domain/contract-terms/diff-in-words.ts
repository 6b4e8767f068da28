import { canonical, type Canonical } from '../shared/canonical.js';
import type { Currency } from '../money/currency.js';
import {
  currencyOf,
  isParts,
  placeInWords,
  valueInWords,
  type Parts,
  type Plain,
  type Step,
} from './diff-places.js';

/** How a list's members are recognised from one edition to the next, instead of by their place. */
const nameOf = (member: Plain): string | null => {
  if (!isParts(member)) return null;
  for (const key of ['id', 'payer', 'period', 'type', 'name'])
    if (typeof member[key] === 'string') return member[key];
  return null;
};

/**
 * What changed between two editions of the terms, one sentence a change, in the order of the document, for people: clause
 * numbers and names instead of places in a document, days and amounts as they are written in letters. Silent exactly
 * where the editions are the same.
 */
export function diffInWords(before: unknown, after: unknown): string[] {
  return new Differ(currencyOf(after) ?? currencyOf(before)).compare(
    [],
    before as Plain,
    after as Plain,
  );
}

class Differ {
  constructor(private readonly currency: Currency | null) {}

  compare(at: readonly Step[], before: Plain, after: Plain): string[] {
    if (before === after) return [];
    const key = at.at(-1)?.key ?? '';
    if (before === undefined) return [`${placeInWords(at)} is added: ${this.shown(at, after)}.`];
    if (after === undefined)
      return [`${placeInWords(at)} is removed; it was ${this.shown(at, before)}.`];
    if (isParts(before) && isParts(after)) return this.compareParts(at, before, after);
    if (Array.isArray(before) && Array.isArray(after))
      return this.compareLists(at, before as Canonical[], after as Canonical[]);
    return canonical(before) === canonical(after) ? [] : [this.changed(at, key, before, after)];
  }

  private compareParts(at: readonly Step[], before: Parts, after: Parts): string[] {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    // attributes are members too, under the names by which they are declared
    const areMembers = at.at(-1)?.key === 'attributes';
    return keys.flatMap((key) =>
      this.compare(
        [...at, areMembers ? { key, member: after[key] ?? before[key] } : { key }],
        before[key],
        after[key],
      ),
    );
  }

  private compareLists(
    at: readonly Step[],
    before: readonly Canonical[],
    after: readonly Canonical[],
  ): string[] {
    const named = (list: readonly Canonical[]) =>
      new Map(list.map((member, index) => [nameOf(member) ?? String(index + 1), member] as const));
    const [old, now] = [named(before), named(after)];
    if (old.size !== before.length || now.size !== after.length)
      return canonical(before) === canonical(after)
        ? []
        : [this.changed(at, at.at(-1)?.key ?? '', before, after)];
    const names = [...new Set([...old.keys(), ...now.keys()])];
    const changes = names.flatMap((name) =>
      this.compare(
        [...at, { key: name, member: now.get(name) ?? old.get(name) }],
        old.get(name),
        now.get(name),
      ),
    );
    const kept = (list: Iterable<string>, other: Map<string, unknown>) =>
      [...list].filter((name) => other.has(name)).join('|');
    if (kept(old.keys(), now) !== kept(now.keys(), old))
      changes.push(`${placeInWords(at)}: the order changes to ${[...now.keys()].join(', ')}.`);
    return changes;
  }

  private changed(at: readonly Step[], key: string, before: Plain, after: Plain): string {
    const [old, now] = [before, after].map((one) => valueInWords(key, one, this.currency));
    return old === now
      ? `${placeInWords(at)} changes from ${canonical(before!)} to ${canonical(after!)}.`
      : `${placeInWords(at)} changes from ${old} to ${now}.`;
  }

  /** What is added or removed; of a worked example what it pays, because its facts would fill a page. */
  private shown(at: readonly Step[], value: Plain): string {
    const key = at.at(-1)?.key ?? '';
    if (at.at(-2)?.key === 'examples' && isParts(value))
      return `to pay ${valueInWords('expect', value['expect'], this.currency)}`;
    return valueInWords(key, value, this.currency);
  }
}
