import type { z } from 'zod';
import type { CivilDate, MonthRule } from '../calendar/civil-date.js';
import type { Instrument } from '../instruments/instrument.js';
import type { Currency } from '../money/currency.js';
import type { Metric } from '../outcomes/metric.js';
import type { CohortOutcome, Outcome } from '../outcomes/outcome.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import type { Fault } from '../shared/domain-error.js';

/** What a clause's rule may know beside its own terms: the metrics it names, how dates and money are written. */
export interface ClauseContext {
  readonly clause: string;
  readonly currency: Currency;
  readonly months: MonthRule;
  readonly metrics: ReadonlyMap<string, Metric>;
  /** Every instrument that a metric may name, by id. */
  readonly instruments: ReadonlyMap<string, Instrument>;
  /** The first day after what is being computed: a window that closed before it and holds nothing was missed. */
  readonly before: CivilDate;
}

/** A rule opened for one computation. Participant rules answer at once; cohort rules collect and answer at close. */
export interface ClauseWeigher {
  weigh(facts: ParticipantFacts): readonly Outcome[];
  close(): readonly CohortOutcome[];
}

/** One way of paying for outcomes: its terms' schema, what contradicts it, and the pure function that weighs. */
export interface Mechanism<Rule> {
  readonly schema: z.ZodType<Rule>;
  /** "pays £660.00 for each point", for term sheets. */
  inWords(rule: Rule, context: Pick<ClauseContext, 'currency' | 'metrics'>): string;
  /** The metrics that the rule pays on. */
  metrics(rule: Rule): readonly string[];
  /** Contradictions between the rule and the rest of the terms, with a path below the rule. */
  problems(rule: Rule, context: Pick<ClauseContext, 'currency' | 'metrics'>): readonly Fault[];
  open(rule: Rule, context: ClauseContext): ClauseWeigher;
}

/** A weigher for a rule that needs to see only one participant at a time. */
export const perParticipant = (weigh: ClauseWeigher['weigh']): ClauseWeigher => ({
  weigh,
  close: () => [],
});
