import { z } from 'zod';
import { MONTH_RULES } from '../calendar/civil-date.js';
import { day } from '../calendar/civil-date.schema.js';
import { periodCalendarSchema } from '../calendar/period-calendar.js';
import { instrumentSchema } from '../instruments/instrument.schema.js';
import { CURRENCIES, type Currency } from '../money/currency.js';
import { ROUNDING_MODES } from '../money/rounding.js';
import { modifierSchema } from '../modifiers/registry.js';
import { attributeSchema, eligibilitySchema } from '../outcomes/eligibility.js';
import { metricSchema } from '../outcomes/metric.js';
import { splitSchema } from '../payer-splits/registry.js';
import { ruleSchema } from '../payment-mechanisms/registry.js';
import { exampleSchema } from './example.schema.js';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'Write lower-case letters, digits and hyphens.')
  .describe('Short name: lower-case letters, digits and hyphens.');
const amount = z
  .string()
  .regex(/^-?\d{1,24}(\.\d{1,9})?$/, 'Write an amount as digits, such as 660.00.');

/** The roles a party may have in a contract. */
export const PARTY_ROLES = [
  'provider',
  'commissioner',
  'top-up-fund',
  'verifier',
  'investor',
  'fund-manager',
  'observer',
] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];

export const partySchema = z.strictObject({
  id,
  name: z.string().min(1),
  role: z.enum(PARTY_ROLES),
});

export const cohortSchema = z.strictObject({
  id,
  label: z.string().min(1),
  opensOn: day.describe('First day on which a participant may start.'),
  closesOn: day.describe('Last day on which a participant may start.'),
});

export const clauseSchema = z.strictObject({
  id: z
    .string()
    .regex(
      /^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$/,
      'Write letters and digits, with single dots, such as "4.1".',
    )
    .describe('The clause number in the agreement: "4.1".'),
  title: z.string().min(1),
  rule: ruleSchema,
  modifiers: z
    .array(modifierSchema)
    .default([])
    .describe('Steps in the order in which they apply.'),
  verifiedBy: z.string().describe('The party that checks the evidence.'),
  examples: z.array(exampleSchema).default([]),
});

/** A limit over more than one line (M4, and M3 across clauses). They bite in the order in which they stand. */
export const capSchema = z.discriminatedUnion('scope', [
  z.strictObject({
    id,
    scope: z.literal('participant'),
    amount,
    clauses: z.array(z.string()).min(1).optional(),
  }),
  z.strictObject({
    id,
    scope: z.literal('mix'),
    clauses: z.array(z.string()).min(1).describe('Clauses that may not make up more than this.'),
    percent: z.string().describe('The most they may make up of what all clauses pay: "40%".'),
    over: z
      .enum(['period', 'contract'])
      .describe('Reckoned in each period by itself, or over the contract up to the end of each.'),
  }),
  z.strictObject({ id, scope: z.literal('clause'), amount, clause: z.string() }),
  z.strictObject({ id, scope: z.literal('metric'), amount, metric: z.string() }),
  z.strictObject({ id, scope: z.literal('period'), amount }),
  z.strictObject({ id, scope: z.literal('payer'), amount, payer: z.string() }),
  z.strictObject({ id, scope: z.literal('contract'), amount }),
]);

/** What a result may be compared with, and how that is known. */
export const COMPARISON_METHODS = [
  'own-baseline',
  'historic-baseline',
  'external-benchmark',
  'matched-control',
  'projection',
  'signed-external-effect',
  'none-for-events',
] as const;

export const comparisonSchema = z.strictObject({
  method: z
    .enum(COMPARISON_METHODS)
    .describe(
      'What results are compared with: each one’s own baseline, earlier years, an outside series, matched controls, a projection, a result signed by an evaluator, or nothing because only events are paid.',
    ),
  deadweightPercent: z
    .string()
    .describe(
      'What would have happened anyway, deducted from every clause that says nothing of its own (M5): "0%" where nothing is.',
    ),
  benchmark: z
    .strictObject({
      source: z.string().min(1),
      use: z.enum(['shown', 'deducted']),
      figures: z
        .array(
          z.strictObject({
            metric: z.string().describe('A score metric.'),
            timePoint: z.string().describe('The time point of the follow-up.'),
            from: day.describe('First day of follow-ups for which the figure holds.'),
            improvement: z
              .string()
              .describe('Points of improvement to be expected without the service: "0.2".'),
          }),
        )
        .optional()
        .describe('The series, by metric, time point and date; needed where it is deducted.'),
    })
    .optional()
    .describe('An outside series, such as ELSA, shown beside the result or deducted from it.'),
  note: z.string().optional(),
});

export const planSchema = z.strictObject({
  period: z.string(),
  outcomes: z.int().min(0).describe('Outcomes planned for the period.'),
  amount: amount.describe('Payments planned for the period.'),
});

/** A dated index, such as a price index, that an indexation step multiplies by. */
export const indexSchema = z.strictObject({
  id,
  source: z.string().min(1).describe('Who publishes it.'),
  values: z
    .array(z.strictObject({ from: day, value: z.string().describe('An exact number: "107.3".') }))
    .min(1)
    .describe('Each value is in force from its day until the next one.'),
});

/** One edition of a contract's terms. Everything that changes the money has a place here and none may be left blank at activation. */
export const termsSchema = z
  .strictObject({
    format: z.literal('outturn-terms/1'),
    code: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Write lower-case letters, digits and single hyphens.')
      .max(60)
      .describe('Short name of the contract, used in addresses and line references.'),
    title: z.string().min(1),
    standing: z
      .enum(['real', 'illustrative'])
      .describe(
        'Real for a contract by its own terms. Illustrative for one that stands in for a contract whose terms are not public; every output then says so.',
      ),
    sources: z.array(z.string().min(1)).default([]).describe('Where the figures come from.'),
    currency: z.enum(Object.keys(CURRENCIES) as [Currency, ...Currency[]]),
    effective: z.strictObject({ from: day, to: day.describe('First day after the contract.') }),
    unitKind: z.enum(['person', 'household', 'practice', 'area']),
    parties: z.array(partySchema).min(1),
    population: z.strictObject({
      description: z.string().min(1),
      maximum: z.int().min(1),
      attributes: z
        .record(
          z
            .string()
            .regex(
              /^[a-z][a-z0-9_]*$/,
              'Name it by lower-case letters, digits and underscores, a letter first.',
            ),
          attributeSchema,
        )
        .default({}),
      eligibility: eligibilitySchema
        .optional()
        .describe('Who may be enrolled; leave out only where everyone referred is served.'),
    }),
    cohorts: z.array(cohortSchema).min(1),
    instruments: z
      .array(instrumentSchema)
      .optional()
      .describe('Instruments of this contract alone, beside those that are built in.'),
    metrics: z.array(metricSchema).min(1),
    comparison: comparisonSchema,
    indices: z.array(indexSchema).default([]),
    clauses: z.array(clauseSchema).min(1),
    caps: z.array(capSchema).default([]),
    split: splitSchema,
    periods: periodCalendarSchema,
    plan: z.array(planSchema).default([]),
    review: z.strictObject({
      days: z.int().min(1).max(365).describe('Working days in which the payer decides a claim.'),
      samplePercent: z.int().min(0).max(100),
      secondApproverAbove: amount.optional(),
    }),
    rounding: z.strictObject({
      mode: z.enum(ROUNDING_MODES).default('half-up'),
      stage: z
        .enum(['line', 'step'])
        .default('line')
        .describe('Once, at the final amount of the line; or each step as it is reckoned.'),
      to: amount
        .optional()
        .describe('What amounts are whole multiples of, such as 1 or 1000; a penny if left out.'),
      remainder: z.literal('largest-remainder').default('largest-remainder'),
      months: z.enum(MONTH_RULES).default('corresponding-date'),
    }),
    vat: z
      .enum(['outside-scope', 'exempt', 'included', 'added'])
      .optional()
      .describe(
        'How amounts stand to value added tax; shown wherever they are, and never reckoned with.',
      ),
    investment: z.strictObject({ committed: amount, note: z.string().min(1) }).optional(),
  })
  .describe('Terms of an outcomes contract.');

export type TermsDocument = z.infer<typeof termsSchema>;
export type Clause = TermsDocument['clauses'][number];
export type Cap = TermsDocument['caps'][number];
export type Party = TermsDocument['parties'][number];

/**
 * The terms as far as a draft has got: every part may be absent, whatever is present has its proper shape. What is
 * missing is listed at activation.
 */
export const draftSchema = termsSchema
  .partial()
  .required({ format: true, code: true, title: true });
export type TermsDraft = z.infer<typeof draftSchema>;
