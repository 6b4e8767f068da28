import { z } from 'zod';
import { day } from '../calendar/civil-date.schema.js';

/** As many participants as one example may have, those repeated counted each. */
export const MOST_PARTICIPANTS = 10_000;

const attributes = z.record(z.string(), z.union([z.string(), z.int(), z.boolean()]));

const count = z.union([z.string(), z.int()]);

const observationSchema = z.strictObject({
  metric: z.string(),
  occurrence: z
    .string()
    .describe('The time point ("6m"), or the reference of an event or a spell ("J-1").'),
  measuredOn: day.describe('The day of the measurement or event; the first day of a spell.'),
  endedOn: day.optional().describe('The first day after a spell; left out while it lasts.'),
  value: z.string().optional().describe('The score; left out for what has none.'),
  status: z
    .enum(['recorded', 'declined', 'could-not-collect'])
    .optional()
    .describe('Left out where it was recorded.'),
});

const participantSchema = z
  .strictObject({
    reference: z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/,
        'Write at most 60 letters, digits, dots, hyphens and underscores.',
      )
      .optional()
      .describe('Left out, they are numbered.'),
    cohort: z.string().optional().describe('May be left out where the terms have one only.'),
    startedOn: day,
    exitedOn: day.optional(),
    attributes: attributes
      .default({})
      .describe('Who is served is decided by them, as in the contract.'),
    exceptionApproved: z
      .boolean()
      .default(false)
      .describe('Whether a payer approved somebody whom the terms would not serve.'),
    observations: z.array(observationSchema).default([]),
    times: z
      .int()
      .min(1)
      .max(MOST_PARTICIPANTS)
      .default(1)
      .describe('How many participants are exactly like this one.'),
  })
  .describe('A participant of a worked example.');

const figureSchema = z
  .strictObject({
    metric: z.string(),
    group: z.string().optional(),
    from: day,
    to: day.describe('First day after the span.'),
    numerator: count,
    denominator: count,
    definition: z.string().optional(),
    definitionDiffers: z.boolean().default(false),
  })
  .describe('A figure about the contract as a whole.');

const effectSchema = z
  .strictObject({
    metric: z.string(),
    cohort: z.string().optional().describe('Left out, or "*", where all cohorts were pooled.'),
    value: z.string().describe('As the metric is written: "8.4%" or "0.69".'),
    low: z.string().optional(),
    high: z.string().optional(),
    n: z.int().min(1).describe('How many were treated.'),
    signedOn: day,
  })
  .describe('A result that the evaluator has signed.');

/**
 * A worked example: what is recorded, and the amount that the clause must give for it. One participant can be written in
 * short (startedOn, attributes, observations); many, or none, are listed, beside figures and signed results.
 */
export const exampleSchema = z.strictObject({
  name: z.string().min(1),
  startedOn: day
    .optional()
    .describe('In short: the start of the one participant, who is taken to be served.'),
  exitedOn: day.optional().describe('In short: the day of leaving, where the participant left.'),
  attributes: attributes.default({}).describe('In short: what is known of the one participant.'),
  observations: z
    .array(observationSchema)
    .optional()
    .describe('In short: what is recorded of the one participant.'),
  participants: z.array(participantSchema).optional(),
  figures: z.array(figureSchema).default([]),
  effects: z.array(effectSchema).default([]),
  before: day
    .optional()
    .describe('First day that has not come yet; left out, every window has closed.'),
  expect: z
    .string()
    .regex(/^-?\d{1,24}(\.\d{1,9})?$/, 'Write an amount as digits, such as 660.00.')
    .describe('What the clause must pay in all.'),
});
export type Example = z.infer<typeof exampleSchema>;
export type ExampleParticipant = z.infer<typeof participantSchema>;
export type ExampleObservation = z.infer<typeof observationSchema>;

/** What is tried without a promise of what it comes to. */
export const trialSchema = exampleSchema.partial({ name: true, expect: true });
export type Trial = z.infer<typeof trialSchema>;
