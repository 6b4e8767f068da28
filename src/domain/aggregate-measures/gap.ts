import { z } from 'zod';
import { subtract } from '../money/fraction.js';
import { figureEvidence } from '../outcomes/contract-record.js';
import type { RateMetric } from '../outcomes/metric.js';
import { figuresOf, rateFaults, readRate } from '../outcomes/figures.js';
import { fromFigure } from './from-figure.js';
import type { Measure } from './measure.js';
import { pointsInWords } from '../money/number-in-words.js';

/**
 * The gap between two groups of one rate in the same span, in signed percentage points: the rate of one group less that of
 * the group it is held against, so -12.5 where it lags by that much. Which way is better is a term, and a rule that would
 * pay for the other way is refused at activation. Both figures must be there and be counted by the definition in force;
 * n is the smaller denominator.
 */
export const gapSchema = z
  .strictObject({
    of: z.literal('gap'),
    metric: z.string().describe('The rate metric.'),
    group: z.string().describe('The group whose rate is taken.'),
    against: z.string().describe('The group whose rate is taken off it.'),
    better: z
      .enum(['higher', 'lower'])
      .describe('Whether a higher signed gap is better, as for a group that lags, or a lower one.'),
  })
  .describe('The gap between two groups of a rate, in signed percentage points.');
export type GapTerms = z.infer<typeof gapSchema>;

export const gap: Measure<GapTerms> = {
  schema: gapSchema,
  inWords: ({ metric, group, against, better }, { metrics }) =>
    `the rate of ${metrics.get(metric)?.label ?? metric} in group ${group} less that in group ${against}, in ` +
    `percentage points (${better} is better)`,
  valueInWords: (_terms, value) => pointsInWords(value),
  metrics: ({ metric }) => [metric],
  problems: ({ metric, group, against }, { metrics }) => [
    ...rateFaults(metrics, metric, [
      ['/group', group],
      ['/against', against],
    ]),
    ...(group === against
      ? [
          {
            at: '/against',
            code: 'SAME_GROUP',
            detail: `There is no gap between "${group}" and itself. Name another group.`,
          },
        ]
      : []),
  ],
  open: ({ metric: id, group, against }, { metrics, record }) => {
    const metric = metrics.get(id) as RateMetric;
    return {
      collect: () => undefined, // submitted figures say nothing of who stands behind them
      values: () => {
        const others = figuresOf(record, id, against);
        return figuresOf(record, id, group).map((figure) => {
          const [own, base] = [readRate(metric, figure), fromFigure(figure)];
          const name = `${metric.label} in group ${group} was ${own.inWords}`;
          const other = others.find(({ from, to }) => from === figure.from && to === figure.to);
          if (other === undefined) {
            const finding = `${name}, and no figure was submitted for group ${against}`;
            return { ...base, value: null, reason: 'no-result' as const, finding };
          }
          const held = readRate(metric, other);
          const n = fromFigure(other).n < base.n ? fromFigure(other).n : base.n;
          const evidence = [...base.evidence, figureEvidence(other)];
          const compared = `${name}, and in group ${against} ${held.inWords}`;
          if (own.value === null || held.value === null)
            return {
              ...base,
              n,
              evidence,
              value: null,
              reason: own.reason ?? held.reason,
              finding: compared,
            };
          const value = subtract(own.value, held.value);
          const finding = `${compared}: a gap of ${pointsInWords(value)}`;
          return { ...base, n, evidence, value, reason: null, finding };
        });
      },
    };
  },
};
