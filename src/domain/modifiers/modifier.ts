import type { z } from 'zod';
import type { CivilDate, MonthRule } from '../calendar/civil-date.js';
import type { Period } from '../calendar/period.js';
import type { Currency } from '../money/currency.js';
import type { Fraction } from '../money/fraction.js';
import type { KnownClauses } from '../outcomes/clause-above-faults.js';
import type { ContractRecord } from '../outcomes/contract-record.js';
import type { AttributeDeclarations } from '../outcomes/eligibility.js';
import type { FollowUpCounts } from '../outcomes/follow-up-counts.js';
import type { Metric } from '../outcomes/metric.js';
import type { CohortOutcome, Level, Outcome } from '../outcomes/outcome.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import type { Wording } from '../outcomes/wording.js';
import type { Fault } from '../shared/domain-error.js';

/** What every modifier of a clause may know. */
export interface ClauseSurroundings {
  readonly clause: string;
  readonly currency: Currency;
  readonly months: MonthRule;
  readonly periods: readonly Period[];
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly attributes: AttributeDeclarations;
  /** Dated index series of the terms, by id. */
  readonly indices: ReadonlyMap<string, readonly IndexValue[]>;
  readonly record: ContractRecord;
  /** The first day after what is being computed. */
  readonly before: CivilDate;
  /** What an exact amount is rounded to on its line. */
  readonly rounded: (exactMinor: Fraction) => bigint;
}

/** One value of a dated index, in force from its day until the next one's. */
export interface IndexValue {
  readonly from: string;
  readonly value: string;
}

/** What a modifier may know beside: the participant, and what earlier clauses found for the same participant. */
export interface ModifierContext extends ClauseSurroundings {
  /** Null where the outcome is a whole cohort's. */
  readonly facts: ParticipantFacts | null;
  readonly earlier: readonly Outcome[];
  /** Who was due and who was measured, in the participant's cohort or behind the cohort's outcome. */
  followUpOf(outcome: Outcome): FollowUpCounts | null;
}

/** What terms offer a modifier to check itself against. */
export interface ModifierSurroundings extends KnownClauses {
  readonly currency: Currency;
  readonly attributes: AttributeDeclarations;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly indices: ReadonlyMap<string, readonly IndexValue[]>;
  /** The rule of the clause: whether it pays participants or cohorts, and on which metrics. */
  readonly level: Level;
  readonly ruleMetrics: readonly string[];
}

/**
 * A step that can only be reckoned over all outcomes of a clause together, such as a volume band. It sees them as they
 * pass, in any order, and answers at the end with adjusting outcomes, one for each period.
 */
export interface Collective {
  see(outcomes: readonly Outcome[]): void;
  close(): readonly CohortOutcome[];
}

/** An ordered step on a clause's outcomes: outcomes in, the same outcomes out, each with its effect recorded. */
export interface Modifier<Terms> {
  readonly schema: z.ZodType<Terms>;
  /** The outcomes it can be a step of; activation refuses it on any other. */
  readonly levels: readonly Level[];
  inWords(terms: Terms, wording: Wording): string;
  problems(terms: Terms, surroundings: ModifierSurroundings): readonly Fault[];
  apply(terms: Terms, outcomes: readonly Outcome[], context: ModifierContext): readonly Outcome[];
  /** Whether a cohort rule must leave the participant out. */
  excludes?(terms: Terms, facts: ParticipantFacts): boolean;
  /** Whether it asks for the follow-up of a cohort before the first of its participants is paid. */
  readonly surveys?: true;
  /** Opened where the step adjusts all outcomes together; such a step stands last in its clause. */
  collective?(terms: Terms, surroundings: ClauseSurroundings): Collective;
}
