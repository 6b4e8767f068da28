import type { z } from 'zod';
import type { CivilDate, MonthRule } from '../calendar/civil-date.js';
import type { Period } from '../calendar/period.js';
import type { Instrument } from '../instruments/instrument.js';
import type { Fraction } from '../money/fraction.js';
import type { Benchmark } from '../outcomes/benchmark.js';
import type { ContractRecord } from '../outcomes/contract-record.js';
import type { FollowUpCounts } from '../outcomes/follow-up-counts.js';
import type { Metric } from '../outcomes/metric.js';
import type { Reason } from '../outcomes/outcome.js';
import type { AttributeDeclarations } from '../outcomes/eligibility.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import type { Wording } from '../outcomes/wording.js';
import type { Fault } from '../shared/domain-error.js';

/** An intake as the terms lay it out: the days on which its participants may start, both inside. */
export interface CohortDates {
  readonly id: string;
  readonly label: string;
  readonly opensOn: CivilDate;
  readonly closesOn: CivilDate;
}

/** What a measure of many participants, or of a figure about many, may know. */
export interface MeasureContext {
  readonly metrics: ReadonlyMap<string, Metric>;
  /** Every instrument that a metric may name, by id. */
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly months: MonthRule;
  /** The first day after what is being computed. */
  readonly before: CivilDate;
  readonly periods: readonly Period[];
  readonly cohorts: readonly CohortDates[];
  /** Figures and external results about the contract as a whole. */
  readonly record: ContractRecord;
  /** What is to be expected without the service, where the terms deduct it from every change in a score. */
  readonly benchmark?: Benchmark | undefined;
}

/** What the terms offer a measure to check itself against. */
export type MeasureSurroundings = Pick<MeasureContext, 'metrics' | 'instruments' | 'cohorts'> & {
  readonly attributes: AttributeDeclarations;
};

/** One value that a measure has found, for a cohort or for all of them, with what it rests on. */
export interface MeasuredValue {
  /** A cohort, or ALL_COHORTS. */
  readonly cohort: string;
  /** Unique within clause and cohort: a time point, a period. */
  readonly occurrence: string;
  /** The day that decides its period and the terms version. */
  readonly outcomeOn: CivilDate;
  /** Null where there is none, for the reason given. A proportion is written as one: 60 % is 3/5. */
  readonly value: Fraction | null;
  readonly reason: Reason | null;
  /** How many stand behind it; what a price for each is multiplied by. */
  readonly n: bigint;
  /** What was counted above the line, where the value is one figure's rate; a price for each unit counts it. */
  readonly numerator?: Fraction;
  /** Lower bound of its interval, where an evaluator gave one. */
  readonly low: Fraction | null;
  /** How the sample came about, where participants were measured. */
  readonly followUp: FollowUpCounts | null;
  /** "UCLA fell by 0.69 on average among 812 of 900 due at 6 months". */
  readonly finding: string;
  readonly evidence: readonly string[];
}

/** A measure opened for one computation: it sees each participant once, and says its values at the end. */
export interface OpenMeasure {
  /** Only participants that the clause counts are offered. `counts` false: kept out, and counted as excluded. */
  collect(facts: ParticipantFacts, counts: boolean): void;
  values(): readonly MeasuredValue[];
}

/** One way of measuring many at once: the mean change of a cohort, a rate, a gap between groups, an external result. */
export interface Measure<Terms> {
  readonly schema: z.ZodType<Terms>;
  /** "the mean improvement in UCLA at 6 months", for term sheets. */
  inWords(terms: Terms, wording: Pick<Wording, 'metrics' | 'attributes'>): string;
  /** How its values are written in sentences: 0.69 as "0.69 points", 3/5 as "60%". */
  valueInWords(terms: Terms, value: Fraction, context: Pick<MeasureContext, 'metrics'>): string;
  metrics(terms: Terms): readonly string[];
  /** Contradictions with the rest of the terms, with a path below the measure. */
  problems(terms: Terms, surroundings: MeasureSurroundings): readonly Fault[];
  open(terms: Terms, context: MeasureContext): OpenMeasure;
}
