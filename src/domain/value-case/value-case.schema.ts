import { z } from 'zod';
import { CURRENCIES, type Currency } from '../money/currency.js';
import {
  benefitSchema,
  priceYear,
  shareSchema,
  unitCostSchema,
  workingSchema,
} from './figures.schema.js';
import { id, placeSchema, sourceSchema, words } from './source-place.schema.js';

export const bodySchema = z.strictObject({
  id,
  name: words,
  group: words.optional().describe('Bodies of one group are also shown together.'),
});
export type Body = z.infer<typeof bodySchema>;

/** A span of years after the outcome. Without years: the source does not say when. */
export const bandSchema = z.strictObject({
  id,
  label: words,
  years: z
    .strictObject({ first: z.int().min(0).max(100), last: z.int().min(0).max(100) })
    .optional(),
});
export type Band = z.infer<typeof bandSchema>;

/** One way in which the price of an outcome may fall on those who pay it. */
export const alternativeSchema = z.strictObject({
  id,
  label: words,
  whose: z.enum(['source', 'ours']),
  note: words.optional(),
  shares: z.array(shareSchema).min(1).max(50),
});

/** What is paid for a unit of outcome, as the value is weighed against it. No payment is ever computed from here. */
export const priceSchema = z.strictObject({
  amount: z.string(),
  source: placeSchema,
  alternatives: z.array(alternativeSchema).min(1).max(20),
});

/**
 * A value case: why an outcome is worth its price, to whom and when, with every figure's source. It stands apart from
 * the terms: what is paid is never computed from what it is worth.
 */
export const valueCaseSchema = z.strictObject({
  format: z.literal('value-case/1'),
  code: id,
  title: words,
  standing: z.enum(['real', 'illustrative']),
  currency: z.enum(Object.keys(CURRENCIES) as [Currency, ...Currency[]]),
  priceYear,
  mixedPriceYears: z
    .literal('shown')
    .optional()
    .describe('Prices of several years stand side by side, and the report says so.'),
  priceIndex: z
    .strictObject({
      name: words,
      source: placeSchema,
      values: z.record(
        z.string().regex(/^\d{4}$/, 'Name each value by its year, such as "2014".'),
        z.string(),
      ),
    })
    .optional()
    .describe('Brings unit costs of other years to the price year.'),
  discounting: z
    .strictObject({
      amounts: z.enum(['present-values', 'undiscounted', 'not stated']),
      rate: z.string().optional(),
      note: words,
    })
    .describe('Whether amounts are present values, as the source states them.'),
  outcome: z
    .strictObject({ unit: words, expected: z.int().min(1).max(1_000_000_000), source: placeSchema })
    .optional(),
  sources: z.array(sourceSchema).min(1).max(200),
  bodies: z.array(bodySchema).max(200).default([]),
  yearBands: z.array(bandSchema).max(50).default([]),
  unitCosts: z.array(unitCostSchema).max(500).default([]),
  benefits: z.array(benefitSchema).max(500).default([]),
  price: priceSchema.optional(),
  workings: z.array(workingSchema).max(500).default([]),
  remarks: z
    .array(z.strictObject({ text: words, source: placeSchema }))
    .max(200)
    .default([])
    .describe('What in the source is doubtful though no sum shows it.'),
});
export type ValueCase = z.infer<typeof valueCaseSchema>;
