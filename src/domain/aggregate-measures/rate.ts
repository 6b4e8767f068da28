import { z } from 'zod';
import type { RateMetric } from '../outcomes/metric.js';
import { figuresOf, rateFaults, readRate } from '../outcomes/figures.js';
import { fromFigure } from './from-figure.js';
import type { Measure } from './measure.js';
import { percentInWords } from '../money/number-in-words.js';

/**
 * A rate as a partner submitted it: so many of so many, for one group, in each span. The last day of the span decides its
 * period, and the definition in force on that day is the one it must be counted by: a figure counted by another keeps a
 * nil line that says so. n is the denominator. A span without a figure has no line until one is submitted; a figure over
 * nobody has no value.
 */
export const rateSchema = z
  .strictObject({
    of: z.literal('rate'),
    metric: z.string().describe('The rate metric.'),
    group: z.string().default('all').describe('Which of its groups; "all" where it has no others.'),
  })
  .describe('A submitted rate, span by span.');
export type RateTerms = z.infer<typeof rateSchema>;

export const rate: Measure<RateTerms> = {
  schema: rateSchema,
  inWords: ({ metric, group }, { metrics }) =>
    `the rate of ${metrics.get(metric)?.label ?? metric}${group === 'all' ? '' : ` in group ${group}`}`,
  valueInWords: (_terms, value) => percentInWords(value),
  metrics: ({ metric }) => [metric],
  problems: ({ metric, group }, { metrics }) => rateFaults(metrics, metric, [['/group', group]]),
  open: ({ metric: id, group }, { metrics, record }) => {
    const metric = metrics.get(id) as RateMetric;
    const name = group === 'all' ? metric.label : `${metric.label} in group ${group}`;
    return {
      collect: () => undefined, // a submitted figure says nothing of who stands behind it
      values: () =>
        figuresOf(record, id, group).map((figure) => {
          const { value, reason, inWords } = readRate(metric, figure);
          const finding = `${name} was ${inWords}`;
          return { ...fromFigure(figure), value, reason, finding, numerator: figure.numerator };
        }),
    };
  },
};
