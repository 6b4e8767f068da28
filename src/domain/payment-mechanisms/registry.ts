import { z } from 'zod';
import { aggregateDifference, aggregateDifferenceSchema } from './aggregate-difference.js';
import { cohortTrigger, cohortTriggerSchema } from './cohort-trigger.js';
import { composite, compositeSchema } from './composite.js';
import type { Mechanism } from './mechanism.js';
import { perEvent, perEventSchema } from './per-event.js';
import { perPoint, perPointSchema } from './per-point.js';
import { periodRatio, periodRatioSchema } from './period-ratio.js';
import { personThreshold, personThresholdSchema } from './person-threshold.js';
import { scheduled, scheduledSchema } from './scheduled.js';
import { slidingBand, slidingBandSchema } from './sliding-band.js';
import { sustainmentLadder, sustainmentLadderSchema } from './sustainment-ladder.js';
import { tierTable, tierTableSchema } from './tier-table.js';
import { timeAvoided, timeAvoidedSchema } from './time-avoided.js';

/** The terms of every rule type; the discriminant is the mark used in the documents (R1 to R12). */
export const ruleSchema = z.discriminatedUnion('type', [
  perEventSchema,
  sustainmentLadderSchema,
  personThresholdSchema,
  perPointSchema,
  slidingBandSchema,
  cohortTriggerSchema,
  tierTableSchema,
  aggregateDifferenceSchema,
  timeAvoidedSchema,
  compositeSchema,
  periodRatioSchema,
  scheduledSchema,
]);
export type Rule = z.infer<typeof ruleSchema>;
export type RuleType = Rule['type'];

/** Every rule type has exactly one mechanism: a schema without one does not compile. */
export const MECHANISMS: { readonly [T in RuleType]: Mechanism<Extract<Rule, { type: T }>> } = {
  R1: perEvent,
  R2: sustainmentLadder,
  R3: personThreshold,
  R4: perPoint,
  R5: slidingBand,
  R6: cohortTrigger,
  R7: tierTable,
  R8: aggregateDifference,
  R9: timeAvoided,
  R10: composite,
  R11: periodRatio,
  R12: scheduled,
};

/** The mechanism of a rule, with the pairing that the registry proves. */
export const mechanismOf = <R extends Rule>(rule: R): Mechanism<R> =>
  MECHANISMS[rule.type] as unknown as Mechanism<R>;
