import type { z } from 'zod';
import type { MeasureContext, MeasureSurroundings } from '../aggregate-measures/measure.js';
import type { Currency } from '../money/currency.js';
import type { KnownClauses } from '../outcomes/clause-above-faults.js';
import type { CohortOutcome, Level, Outcome } from '../outcomes/outcome.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import type { Wording } from '../outcomes/wording.js';
import type { Fault } from '../shared/domain-error.js';

/** What a clause's rule may know beside its own terms: the metrics it names, how dates and money are written. */
export interface ClauseContext extends MeasureContext {
  readonly clause: string;
  readonly currency: Currency;
  /** Whether each clause of the terms pays participants one by one or cohorts as a whole. */
  readonly levels: ReadonlyMap<string, Level>;
}

/** What terms offer a rule to check itself against. */
export interface RuleSurroundings extends MeasureSurroundings, KnownClauses {
  readonly currency: Currency;
}

/** A rule opened for one computation. Participant rules answer at once; cohort rules collect and answer at close. */
export interface ClauseWeigher {
  /**
   * `counts` is false for somebody outside the population or excluded from the clause: a participant rule answers all
   * the same, and its outcome is refused later with the reason; a cohort rule leaves the participant out.
   * `earlier` is what the clauses above found for the same participant.
   */
  weigh(facts: ParticipantFacts, counts: boolean, earlier: readonly Outcome[]): readonly Outcome[];
  /**
   * `earlier` is what the clauses above found for whole cohorts; `decided` is what earlier editions of the terms have
   * decided for this clause, which stands.
   */
  close(
    earlier: readonly CohortOutcome[],
    decided?: readonly CohortOutcome[],
  ): readonly CohortOutcome[];
}

/** One way of paying for outcomes: its terms' schema, what contradicts it, and the pure function that weighs. */
export interface Mechanism<Rule> {
  readonly schema: z.ZodType<Rule>;
  /** Whether it pays for outcomes, from which deadweight is deducted, or a fee, from which it is not. */
  readonly pays: 'outcomes' | 'fees';
  /** Whether its lines are about one participant each or about a cohort. */
  level(rule: Rule, surroundings: Pick<RuleSurroundings, 'earlierClauses'>): Level;
  /** Whether a participant's outcome can come to less than nothing, as where changes for the worse are counted. */
  nets?(rule: Rule): boolean;
  /** "pays £660.00 for each point", for term sheets. */
  inWords(rule: Rule, wording: Wording): string;
  /** The metrics that the rule pays on. */
  metrics(rule: Rule): readonly string[];
  /** Contradictions between the rule and the rest of the terms, with a path below the rule. */
  problems(rule: Rule, surroundings: RuleSurroundings): readonly Fault[];
  open(rule: Rule, context: ClauseContext): ClauseWeigher;
}

/** A weigher for a rule that needs to see only one participant at a time. */
export const perParticipant = (weigh: ClauseWeigher['weigh']): ClauseWeigher => ({
  weigh,
  close: () => [],
});
