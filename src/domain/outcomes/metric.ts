import { z } from 'zod';
import { day } from '../calendar/civil-date.schema.js';
import { timePointSchema } from './time-point.js';

const base = {
  id: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9_-]*$/,
      'Write lower-case letters, digits, hyphens and underscores, a letter or a digit first.',
    )
    .describe('Short name used in clauses, uploads and lines.'),
  label: z.string().min(1).describe('What sentences call it: "UCLA".'),
  paid: z.boolean().describe('Whether a clause pays on it, or it is tracked only.'),
};

/** A score on an instrument, measured at time points. */
export const scoreMetricSchema = z.strictObject({
  ...base,
  kind: z.literal('score'),
  instrument: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_.-]*$/, 'Write the short name of an instrument, such as ucla-3.')
    .describe(
      'Which instrument gives the score, its bounds and its direction: a built-in one, or one of the terms.',
    ),
  subscale: z
    .string()
    .optional()
    .describe('Which subscale of the instrument is measured; left out where the total is.'),
  baseline: z.string().describe('The time point that others are compared with.'),
  timePoints: z.array(timePointSchema).min(1),
  choose: z
    .enum(['first', 'last', 'nearest'])
    .describe('Which counts when a window holds more than one measurement.'),
  outsideWindow: z
    .enum(['refuse', 'pay'])
    .describe('Whether a measurement outside its window is paid.'),
});

/** Something that happens, with evidence: a qualification, a job, a family turned around. */
export const eventMetricSchema = z.strictObject({
  ...base,
  kind: z.literal('event'),
  definition: z.string().min(1).describe('What must have happened, in the words of the contract.'),
  evidence: z.array(z.string().min(1)).min(1).describe('What proves it.'),
});

/** A spell: something that lasts from one day to another, with evidence. A tenancy, a job, days in care. */
export const spellMetricSchema = z.strictObject({
  ...base,
  kind: z.literal('spell'),
  definition: z.string().min(1).describe('What must last, in the words of the contract.'),
  evidence: z.array(z.string().min(1)).min(1).describe('What proves it.'),
});

/** The spans that a rate may be counted over. */
export const GRAINS = ['month', 'quarter', 'year'] as const;
export type Grain = (typeof GRAINS)[number];

/** A rate that a partner submits as a whole: so many of so many, by group and span, without saying who they are. */
export const rateMetricSchema = z.strictObject({
  ...base,
  kind: z.literal('rate'),
  grain: z.enum(GRAINS).describe('The span that one figure is counted over.'),
  definitions: z
    .array(
      z.strictObject({
        version: z.string().min(1).describe('The name of the definition: "2015".'),
        from: day.describe('First day on which it is counted by.'),
        numerator: z.string().min(1).describe('What is counted above the line.'),
        denominator: z.string().min(1).describe('What is counted below the line.'),
      }),
    )
    .min(1)
    .describe('Definitions in the order in which they come into use.'),
  groups: z
    .array(
      z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'Write lower-case letters, digits and hyphens.'),
    )
    .min(1)
    .default(['all'])
    .describe('Groups that are counted apart, such as deprivation quintiles or practice arms.'),
  bounded: z
    .boolean()
    .default(true)
    .describe('Whether the numerator is a part of the denominator and so may not be larger.'),
  completes: z
    .array(z.string())
    .default([])
    .describe('Other rates whose numerators, with this one, must sum to the denominator.'),
});

/** A result that an independent evaluator delivers and signs, such as a reduction against matched controls. */
export const effectMetricSchema = z.strictObject({
  ...base,
  kind: z.literal('effect'),
  unit: z.enum(['percent', 'number']).describe('How the result is written: "8.4%" or "0.69".'),
  method: z.string().min(1).describe('How it is worked out, in the words of the contract.'),
  evaluator: z.string().describe('The party that signs it.'),
});

export const metricSchema = z.discriminatedUnion('kind', [
  scoreMetricSchema,
  eventMetricSchema,
  spellMetricSchema,
  rateMetricSchema,
  effectMetricSchema,
]);
export type ScoreMetric = z.infer<typeof scoreMetricSchema>;
export type EventMetric = z.infer<typeof eventMetricSchema>;
export type SpellMetric = z.infer<typeof spellMetricSchema>;
export type RateMetric = z.infer<typeof rateMetricSchema>;
export type EffectMetric = z.infer<typeof effectMetricSchema>;
export type Metric = z.infer<typeof metricSchema>;

/** Metrics that are measured on one participant at a time; the others are about the contract as a whole. */
export type ParticipantMetric = ScoreMetric | EventMetric | SpellMetric;
export const isOfParticipants = (metric: Metric): metric is ParticipantMetric =>
  metric.kind === 'score' || metric.kind === 'event' || metric.kind === 'spell';
