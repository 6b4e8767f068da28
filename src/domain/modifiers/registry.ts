import { z } from 'zod';
import { categoryUplift, categoryUpliftSchema } from './category-uplift.js';
import { claimFrequency, claimFrequencySchema } from './claim-frequency.js';
import { deadweight, deadweightSchema } from './deadweight.js';
import { indexation, indexationSchema } from './indexation.js';
import type { Modifier } from './modifier.js';
import { onlyFor, onlyForSchema } from './only-for.js';
import { participantCap, participantCapSchema } from './participant-cap.js';
import { reversal, reversalSchema } from './reversal.js';

/** The terms of every clause modifier; the discriminant is the mark used in the documents (M1 to M9). */
export const modifierSchema = z.discriminatedUnion('type', [
  onlyForSchema,
  claimFrequencySchema,
  participantCapSchema,
  deadweightSchema,
  categoryUpliftSchema,
  reversalSchema,
  indexationSchema,
]);
export type ModifierTerms = z.infer<typeof modifierSchema>;
export type ModifierType = ModifierTerms['type'];

/** Every modifier type has exactly one implementation: a schema without one does not compile. */
export const MODIFIERS: {
  readonly [T in ModifierType]: Modifier<Extract<ModifierTerms, { type: T }>>;
} = {
  M1: onlyFor,
  M2: claimFrequency,
  M3: participantCap,
  M5: deadweight,
  M7: categoryUplift,
  M9: reversal,
  indexation,
};

export const modifierOf = <M extends ModifierTerms>(terms: M): Modifier<M> =>
  MODIFIERS[terms.type] as unknown as Modifier<M>;
