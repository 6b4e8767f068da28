import type { Item } from '../instrument.js';

/** What a file says of an instrument: its items with what each answer counts, and where they come from. */
export interface FoundInstrument {
  /** What the file calls it; not yet a name that terms can use. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly language: string | null;
  /** Whose wording it is, where the file says so. */
  readonly copyright: string | null;
  readonly loinc: string | null;
  readonly items: readonly Item[];
  /** What stands in the file and is not taken over, in sentences. */
  readonly remarks: readonly string[];
}

/**
 * What no file says reliably and nobody may guess, because it changes the money: which way is better, whether the wording
 * may be kept, and how many answers may be missing.
 */
export interface ImportChoices {
  readonly improvement: 'lower' | 'higher';
  readonly licence: 'whole' | 'score-only';
  readonly missingAllowed: number;
  /** What becomes of the rest where answers may be missing; the plain sum if not said. */
  readonly missingScore?: 'sum' | 'prorated';
  /** Id in the terms; made from the name in the file if not said. */
  readonly id?: string;
  readonly citation?: string;
  /** Items that the file does not score the other way round itself. */
  readonly reversed?: readonly string[];
  /** Sum of the answers to score, where the sum itself is not the score. */
  readonly conversion?: readonly { readonly raw: number; readonly score: string }[];
}

/** An instrument ready to be put into terms, and what was left out of it. */
export interface ImportedInstrument<Definition> {
  readonly instrument: Definition;
  readonly remarks: readonly string[];
}

/** A name in lower-case letters without accents, digits and hyphens, or null where nothing of it is left. */
export function slug(name: string): string | null {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_.]+/g, '-')
    .replace(/^[-_.]+|[-_.]+$/g, '')
    .slice(0, 60);
  return words === '' ? null : words;
}
