import { z } from 'zod';
import { subtract } from '../money/fraction.js';
import { figureEvidence, type Figure } from '../outcomes/contract-record.js';
import type { RateMetric } from '../outcomes/metric.js';
import { decidedOn, figuresOf, rateFaults, readRate } from '../outcomes/figures.js';
import { fromFigure } from './from-figure.js';
import type { Measure, MeasuredValue } from './measure.js';
import { pointsInWords } from '../money/number-in-words.js';

/**
 * The gap between two groups of one rate in the same span, in signed percentage points: the rate of one group less that of
 * the group it is held against, so -12.5 where it lags by that much. Which way is better is a term, and a rule that would
 * pay for the other way is refused at activation. Both figures must be there and be counted by the definition in force; one
 * without the other has no value, whichever of them it is. n is the smaller denominator.
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
  open: (terms, { metrics, record }) => {
    const { metric: id, group, against } = terms;
    const metric = metrics.get(id) as RateMetric;
    return {
      collect: () => undefined, // submitted figures say nothing of who stands behind them
      values: () => {
        const [own, others] = [figuresOf(record, id, group), figuresOf(record, id, against)];
        const spans = new Map(others.map((figure) => [spanOf(figure), figure]));
        const alone = others.filter(
          (other) => !own.some((figure) => spanOf(figure) === spanOf(other)),
        );
        const found = own.map((figure) => {
          const [read, base] = [readRate(metric, figure), fromFigure(figure)];
          const name = `${metric.label} in group ${group} was ${read.inWords}`;
          const other = spans.get(spanOf(figure));
          if (other === undefined) {
            const finding = `${name}, and no figure was submitted for group ${against}`;
            return { ...base, value: null, reason: 'no-result' as const, finding };
          }
          const held = readRate(metric, other);
          const n = fromFigure(other).n < base.n ? fromFigure(other).n : base.n;
          const evidence = [...base.evidence, figureEvidence(other)];
          const compared = `${name}, and in group ${against} ${held.inWords}`;
          if (read.value === null || held.value === null)
            return {
              ...base,
              n,
              evidence,
              value: null,
              reason: read.reason ?? held.reason,
              finding: compared,
            };
          const value = subtract(read.value, held.value);
          const finding = `${compared}: a gap of ${pointsInWords(value)}`;
          return { ...base, n, evidence, value, reason: null, finding };
        });
        return [...found, ...alone.map((other) => withoutCounterpart(terms, metric, other))];
      },
    };
  },
};

const spanOf = ({ from, to }: Figure): string => `${from}|${to}`;

/** The figure of the group held against, where the group itself has none for the span. */
function withoutCounterpart(
  { group, against }: GapTerms,
  { label }: RateMetric,
  other: Figure,
): MeasuredValue {
  const finding = `${label} in group ${against} was submitted between ${other.from} and ${decidedOn(other)}, and no figure for group ${group}`;
  return { ...fromFigure(other), value: null, reason: 'no-result', finding };
}
