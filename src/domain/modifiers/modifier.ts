import type { z } from 'zod';
import type { Period } from '../calendar/period.js';
import type { Currency } from '../money/currency.js';
import type { AttributeDeclarations } from '../outcomes/eligibility-faults.js';
import type { Outcome } from '../outcomes/outcome.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import type { Fault } from '../shared/domain-error.js';

/** What a modifier may know: the participant, the periods, and what earlier clauses found for the same participant. */
export interface ModifierContext {
  readonly currency: Currency;
  readonly facts: ParticipantFacts;
  readonly periods: readonly Period[];
  readonly earlier: readonly Outcome[];
}

/** What terms offer a modifier to check itself against. */
export interface ModifierSurroundings {
  readonly currency: Currency;
  readonly attributes: AttributeDeclarations;
  readonly earlierClauses: readonly string[];
}

/** An ordered step on a clause's outcomes for one participant: outcomes in, the same outcomes out, each with its effect recorded. */
export interface Modifier<Terms> {
  readonly schema: z.ZodType<Terms>;
  inWords(terms: Terms, currency: Currency): string;
  problems(terms: Terms, surroundings: ModifierSurroundings): readonly Fault[];
  apply(terms: Terms, outcomes: readonly Outcome[], context: ModifierContext): readonly Outcome[];
}
