import type { Kind } from './figures.schema.js';

/** The kinds of value as headings and sentences name them. */
export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  cashable: 'cashable',
  'non-cashable': 'not cashable',
  'quality-of-life': 'quality of life',
  unstated: 'kind not stated',
};

/** What has to stand beside a sum over several kinds; null where there is one kind only. */
export function warningOnKinds(kinds: readonly Kind[]): string | null {
  if (kinds.length < 2) return null;
  const named = kinds.map((kind) => KIND_WORDS[kind]);
  return `This adds up value of ${named.length} kinds (${named.join('; ')}). It is not an amount that anyone could spend or save.`;
}
