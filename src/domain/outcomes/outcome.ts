import type { CivilDate } from '../calendar/civil-date.js';
import type { Fraction } from '../money/fraction.js';
import type { FollowUpCounts } from './follow-up-counts.js';

/** Why an outcome pays nothing, or less than its tariff. Stable codes; each has a sentence in reasons.ts. */
export const REASONS = [
  'no-baseline',
  'baseline-outside-window',
  'missed',
  'declined',
  'could-not-collect',
  'outside-window',
  'not-improved',
  'no-further-improvement',
  'not-reached',
  'not-held',
  'not-last',
  'not-sustained',
  'started-too-late',
  'before-start',
  'too-late',
  'nothing-avoided',
  'left-early',
  'below-floor',
  'trigger-not-met',
  'condition-not-met',
  'no-result',
  'other-definition',
  'too-few',
  'follow-up-too-low',
  'ineligible',
  'already-paid',
  'earlier-outcome-not-paid',
  'other-clause-paid',
  'participant-cap',
  'cap-reached',
  'price-is-nil',
  'deadweight',
  'reversed',
  'nothing-to-adjust',
  'withdrawn',
  'redivided',
] as const;
export type Reason = (typeof REASONS)[number];

/** Whether an outcome is one participant's or a whole cohort's. */
export type Level = 'participant' | 'cohort';

/** One ordered step of a computation and its effect. */
export interface Step {
  /** Which rule or modifier: "R4", "M3", "cap:contract". */
  readonly step: string;
  /** Minor units before and after, exact: "132000", "1/3". */
  readonly before: string;
  readonly after: string;
  readonly why: string;
}

/** One outcome as a clause has weighed it for one participant: what happened, what it is worth, or why it is worth nothing. */
export interface Outcome {
  readonly clause: string;
  /** The metric it was measured by, for caps and reports by metric. */
  readonly metric: string;
  /** Unique within clause and participant: a time point or the reference of an event. */
  readonly occurrence: string;
  /** The occurrence of the same clause that this outcome takes back, in all or in part. */
  readonly reverses?: string;
  /** The day that decides its period and the terms version. */
  readonly outcomeOn: CivilDate;
  /** What is paid for: 2 points, 1 claim. */
  readonly quantity: Fraction;
  readonly unit: string;
  readonly rateMinor: bigint;
  /** Quantity times rate after the steps so far; exact minor units. */
  readonly exactMinor: Fraction;
  /** What a cap per participant has cut off; exact minor units. */
  readonly cutMinor: Fraction;
  readonly reason: Reason | null;
  /** "UCLA fell from 8 to 6 between 2015-06-02 and 2015-12-10 (window 2015-11-04 to 2016-01-03)". */
  readonly finding: string;
  /** "50% of £100,000.00", where quantity at rate would not say how the worth came about. */
  readonly reckoning?: string;
  readonly steps: readonly Step[];
  /** The measurement versions it rests on. */
  readonly evidence: readonly string[];
}

/** Stands for the cohort where an outcome is about all of them; no cohort can have this name. */
export const ALL_COHORTS = '*';

/** An outcome of a whole cohort, or of all cohorts together, from a rule that weighs participants together. */
export interface CohortOutcome extends Outcome {
  readonly cohort: string;
  /** How many stand behind it, where the rule says so. */
  readonly n?: bigint;
  /** How many were due and measured, where the outcome rests on a sample of participants. */
  readonly followUp?: FollowUpCounts;
  /** The cohorts that an outcome about all of them pays for, where the rule pays each cohort once. */
  readonly covers?: readonly string[];
}
