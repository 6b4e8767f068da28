import { z } from 'zod';
import type { PayerSplit } from './payer-split.js';
import { divisionBy, payersOf, shareFaults, sharesInWords, sharesSchema } from './shares.js';

/** S3, by metric: each payer carries the outcomes it is responsible for; what no entry names is divided by `others`. */
export const byMetricSchema = z
  .strictObject({
    type: z.literal('S3'),
    metrics: z
      .array(z.strictObject({ metric: z.string(), shares: sharesSchema }))
      .min(1)
      .describe('Shares of lines measured by a metric.'),
    others: sharesSchema.describe('Shares of every other line.'),
  })
  .describe('S3: by metric.');
export type ByMetric = z.infer<typeof byMetricSchema>;

const payers = ({ metrics, others }: ByMetric): string[] =>
  payersOf(...metrics.map(({ shares }) => shares), others);

export const byMetric: PayerSplit<ByMetric> = {
  schema: byMetricSchema,
  followsFacts: true,
  inWords: ({ metrics, others }) =>
    [
      ...metrics.map(({ metric, shares }) => `${metric}: ${sharesInWords(shares)}`),
      `everything else: ${sharesInWords(others)}`,
    ].join('; '),
  limits: () => [],
  payers,
  problems: ({ metrics, others }, { metrics: known }) => [
    ...metrics.flatMap(({ metric, shares }, m) => [
      ...(known.includes(metric)
        ? []
        : [
            {
              at: `/metrics/${m}/metric`,
              code: 'METRIC_UNKNOWN',
              detail: `There is no metric "${metric}".`,
            },
          ]),
      ...(metrics.findIndex((other) => other.metric === metric) === m
        ? []
        : [
            {
              at: `/metrics/${m}/metric`,
              code: 'NAMED_TWICE',
              detail: `Metric "${metric}" stands twice. Keep one of them.`,
            },
          ]),
      ...shareFaults(shares, `/metrics/${m}/shares`),
    ]),
    ...shareFaults(others, '/others'),
  ],
  open(terms) {
    const all = payers(terms);
    const byMetric = new Map(terms.metrics.map((one) => [one.metric, divisionBy(one.shares, all)]));
    const otherwise = divisionBy(terms.others, all);
    return (amountMinor, { metric }) => (byMetric.get(metric) ?? otherwise)(amountMinor);
  },
};
