import { z } from 'zod';
import { categoryUplift, categoryUpliftSchema } from './category-uplift.js';
import { claimFrequency, claimFrequencySchema } from './claim-frequency.js';
import { deadweight, deadweightSchema } from './deadweight.js';
import { exclusive, exclusiveSchema } from './exclusive.js';
import { followUpGate, followUpGateSchema } from './follow-up-gate.js';
import { indexation, indexationSchema } from './indexation.js';
import type { Modifier } from './modifier.js';
import { onlyFor, onlyForSchema } from './only-for.js';
import { participantCap, participantCapSchema } from './participant-cap.js';
import { reversal, reversalSchema } from './reversal.js';
import { sampledError, sampledErrorSchema } from './sampled-error.js';
import { volumeBands, volumeBandsSchema } from './volume-bands.js';

/** The terms of every clause modifier; the discriminant is the mark used in the documents (M1 to M9). Two marks are two: "M2-exclusive" lets one clause exclude another, "M9-sample" extrapolates a sampled error rate. */
export const modifierSchema = z.discriminatedUnion('type', [
  onlyForSchema,
  claimFrequencySchema,
  exclusiveSchema,
  participantCapSchema,
  deadweightSchema,
  volumeBandsSchema,
  categoryUpliftSchema,
  followUpGateSchema,
  reversalSchema,
  sampledErrorSchema,
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
  'M2-exclusive': exclusive,
  M3: participantCap,
  M5: deadweight,
  M6: volumeBands,
  M7: categoryUplift,
  M8: followUpGate,
  M9: reversal,
  'M9-sample': sampledError,
  indexation,
};

export const modifierOf = <M extends ModifierTerms>(terms: M): Modifier<M> =>
  MODIFIERS[terms.type] as unknown as Modifier<M>;
