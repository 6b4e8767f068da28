import { z } from 'zod';
import { reckoningSchema } from './reckoning.schema.js';
import { roundingSchema } from './rounding.schema.js';
import { id, placeSchema, words } from './source-place.schema.js';

/** A year of prices, or that the source does not say which. */
export const priceYear = z.union([
  z.string().regex(/^\d{4}$/, 'Write a year, such as "2014", or "not stated".'),
  z.literal('not stated'),
]);

/** What one of something costs. Two prices of the same thing are both kept, and the report sets them side by side. */
export const unitCostSchema = z.strictObject({
  id,
  of: words.describe('The thing priced: "emergency admission".'),
  per: words.describe('What the amount is for: "admission", "week".'),
  amount: z.string(),
  definition: words.describe('What the price includes, as far as the source says.'),
  priceYear,
  source: placeSchema,
});
export type UnitCost = z.infer<typeof unitCostSchema>;

/** What the source itself prints, beside what the arithmetic gives. */
export const printedSchema = z.strictObject({
  value: z.string(),
  about: z.literal(true).optional().describe('The source says "about" or "c.".'),
  source: placeSchema,
});

/**
 * Whether a budget is relieved (cashable), capacity is freed (non-cashable), or lives are better (quality of life).
 * Unstated where the source gives a value and does not say: nobody's guess is written into it.
 */
export const KINDS = ['cashable', 'non-cashable', 'quality-of-life', 'unstated'] as const;
export type Kind = (typeof KINDS)[number];

export const shareSchema = z.strictObject({
  body: z.string(),
  share: z.string().describe('An exact share: "2/3", "25%", "1".'),
});

/** A value for each unit of outcome: to whom, when, of which kind. */
export const benefitSchema = z.strictObject({
  id,
  label: words,
  kind: z.enum(KINDS),
  years: z.string().describe('One of the year bands.'),
  to: z.array(shareSchema).min(1).max(50),
  amount: reckoningSchema,
  rounding: roundingSchema,
  printed: printedSchema.optional(),
  source: placeSchema,
  note: words.optional(),
});
export type Benefit = z.infer<typeof benefitSchema>;

/** A figure that stands behind a value or beside it, and is added to no total. */
export const workingSchema = z.strictObject({
  id,
  label: words,
  unit: words.describe('"money", or what is counted: "appointments".'),
  whose: z.enum(['source', 'ours']).describe('Whether the source reckons it, or we derive it.'),
  amount: reckoningSchema,
  rounding: roundingSchema,
  printed: printedSchema.optional(),
  explains: z.string().optional().describe('A working whose printed figure comes out this way.'),
  source: placeSchema,
  note: words.optional(),
});
export type Working = z.infer<typeof workingSchema>;
