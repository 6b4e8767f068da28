import { z } from 'zod';
import { timePointSchema } from './time-point.js';

const base = {
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]*$/)
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
    .regex(/^[a-z0-9][a-z0-9_.-]*$/)
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

export const metricSchema = z.discriminatedUnion('kind', [scoreMetricSchema, eventMetricSchema]);
export type ScoreMetric = z.infer<typeof scoreMetricSchema>;
export type EventMetric = z.infer<typeof eventMetricSchema>;
export type Metric = z.infer<typeof metricSchema>;
