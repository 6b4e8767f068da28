/** Part of a section: sentences one below the other, numbered steps, or a table. */
export type Block =
  | { readonly kind: 'sentences'; readonly items: readonly string[] }
  | { readonly kind: 'steps'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** Terms as people read them: a title, how real they are, and sections in the order in which contracts are read. */
export interface TermSheet {
  readonly title: string;
  /** "Illustrative: ..." wherever the real terms are not public (ruling 9); null for a real contract. */
  readonly standing: string | null;
  readonly sections: readonly Section[];
}

export const sentences = (...items: readonly (string | null)[]): Block => ({
  kind: 'sentences',
  items: items.filter((item) => item !== null),
});
export const steps = (items: readonly string[]): Block => ({ kind: 'steps', items });
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  head,
  rows,
});

/** A section without blocks that say nothing. */
export const section = (heading: string, ...blocks: readonly Block[]): Section => ({
  heading,
  blocks: blocks.filter((block) => (block.kind === 'table' ? block.rows : block.items).length > 0),
});
