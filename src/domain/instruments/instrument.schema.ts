import { z } from 'zod';
import { ROUNDING_MODES } from '../money/rounding.js';
import { MODES } from './mode.js';

/** Lower-case, because the column "item:left_out" of an upload is read without regard to case. */
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_.-]*$/, 'Use lower-case letters, digits, hyphens and underscores.')
  .max(60);
const number = z
  .string()
  .regex(/^-?\d{1,9}(\.\d{1,4})?$/, 'Write a number as digits in quotes, such as "0" or "19.98".');

/** One answer that an item accepts. */
export const answerOptionSchema = z.strictObject({
  value: z.int().min(-999).max(9999).describe('What is written down when it is chosen.'),
  scores: z
    .int()
    .min(-999)
    .max(9999)
    .optional()
    .describe('What it counts, before any reversal; left out where that is its value.'),
  text: z.string().min(1).optional().describe('The answer in words.'),
});

/** One question of an instrument. */
export const itemSchema = z.strictObject({
  id: id.describe('Short name, used in uploads as the column item:<id>.'),
  text: z.string().min(1).optional().describe('The question; never for a score-only instrument.'),
  options: z.array(answerOptionSchema).min(2),
  reversed: z.boolean().optional().describe('Scored from the other end of its range.'),
  inTotal: z.boolean().optional().describe('false where it counts in a subscale only.'),
});

/** What becomes of a score when answers are missing. */
export const missingRuleSchema = z.strictObject({
  allowed: z.int().min(0).describe('How many items may be missing; with more there is no score.'),
  score: z
    .enum(['sum', 'prorated'])
    .describe('The plain sum of what was answered, or that sum stretched to all items.'),
  rounding: z
    .enum(ROUNDING_MODES)
    .optional()
    .describe('How a prorated score is rounded to the decimals of the score; half-up if left out.'),
});

/** Where a score may lie, and which way is better. */
const bounds = {
  min: number.describe('The lowest score.'),
  max: number.describe('The highest score.'),
  decimals: z.int().min(0).max(4).default(0).describe('Decimals of a score; 0 for whole numbers.'),
  improvement: z
    .enum(['lower', 'higher'])
    .describe('Which way a score moves when life gets better.'),
};

/** A score of some of the items, with bounds and a missing-item rule of its own. */
export const subscaleSchema = z.strictObject({
  id,
  name: z.string().min(1),
  items: z.array(z.string()).default([]).describe('The items that it sums.'),
  missing: missingRuleSchema.optional().describe('Needed where it sums items.'),
  ...bounds,
});

/** One line of a conversion table. */
export const conversionSchema = z.strictObject({
  raw: z.int().describe('The sum of the answers.'),
  score: number.describe('The score that stands for it.'),
});

const identity = {
  id,
  version: z.string().min(1).default('1').describe('Edition of this definition.'),
  name: z.string().min(1),
};

/** A questionnaire: its answers give a total, scores of subscales, or both. */
export const questionnaireSchema = z.strictObject({
  kind: z.literal('questionnaire'),
  ...identity,
  ...bounds,
  hasTotal: z
    .boolean()
    .default(true)
    .describe('false where only subscales are scored; the bounds are then those of each subscale.'),
  items: z.array(itemSchema).default([]).describe('Left out where only the score is recorded.'),
  missing: missingRuleSchema.optional().describe('Needed where items add up to a total.'),
  conversion: z
    .array(conversionSchema)
    .min(2)
    .optional()
    .describe('Where the sum of the answers stands for another score.'),
  subscales: z.array(subscaleSchema).default([]),
  respondents: z
    .array(z.enum(['participant', 'parent', 'teacher', 'worker']))
    .min(1)
    .default(['participant'])
    .describe('Who answers.'),
  modes: z
    .array(z.enum(MODES))
    .min(1)
    .default([...MODES])
    .describe('How it may be taken; a measurement taken otherwise is refused.'),
  language: z
    .string()
    .regex(
      /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
      'Write the code of a language, such as "en" or "en-GB".',
    )
    .default('en')
    .describe('Language of the wording: "en".'),
  citation: z.string().min(1).describe('Where it was validated, and whose wording it is.'),
  licence: z
    .enum(['whole', 'score-only'])
    .describe('Whether the wording may be kept here, or only numbered items and scores.'),
  loinc: z
    .string()
    .regex(/^\d{1,7}-\d$/, 'Write the code as LOINC does, such as "44249-1".')
    .optional()
    .describe('Code of the instrument in LOINC.'),
});

/** A plain measured number: a percentage of sessions attended, days in work, pounds of rent owed. */
export const plainScaleSchema = z.strictObject({
  kind: z.literal('scale'),
  ...identity,
  ...bounds,
  unit: z.string().min(1).describe('What it counts: "percent", "days", "pounds".'),
  definition: z.string().min(1).optional().describe('What exactly is measured, and over what.'),
});

/** An instrument that terms bring along, or one that is built in. */
export const instrumentSchema = z.discriminatedUnion('kind', [
  questionnaireSchema,
  plainScaleSchema,
]);
