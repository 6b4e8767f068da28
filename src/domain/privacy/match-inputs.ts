import type { Identifier, Identifiers } from './identifiers.js';

/** Identifiers that together single a person out, each set by itself. */
const SETS: readonly (readonly Identifier[])[] = [
  ['nhsNumber'],
  ['name', 'dateOfBirth', 'postcode'],
];

/** Whether any set that singles a person out is among what may be held; without one, no token can be made. */
export const canBeMatched = (allowed: readonly Identifier[]): boolean =>
  SETS.some((set) => set.every((identifier) => allowed.includes(identifier)));

/**
 * The texts of which match tokens are made, one for each set that is complete. They are folded further than what is
 * held: letters only and without accents for names, so that two spellings of one name meet. They identify the person and
 * leave this process only under a keyed hash.
 */
export function matchInputs(identifiers: Identifiers): readonly string[] {
  return SETS.flatMap((set) => {
    const parts = set.map((identifier) => identifiers[identifier]);
    if (parts.some((part) => part === undefined)) return [];
    return [set.map((identifier) => `${identifier}=${folded(identifiers[identifier]!)}`).join('&')];
  });
}

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
