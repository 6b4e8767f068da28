import { z } from 'zod';
import { civilDate } from '../calendar/civil-date.js';
import { day } from '../calendar/civil-date.schema.js';
import { divide, parseFraction, subtract } from '../money/fraction.js';
import type { RateMetric } from '../outcomes/metric.js';
import type { Fault } from '../shared/domain-error.js';
import { figuresOf, grainOf, rateFaults, readRate } from '../outcomes/figures.js';
import { fromFigure } from './from-figure.js';
import type { Measure } from './measure.js';
import { percentInWords, pointsInWords } from '../money/number-in-words.js';

/**
 * A rate held against a historic baseline that the terms state with its two counts and its span; the value is the
 * improvement in percentage points, positive for better. A baseline counted over another grain than the rate, such as a
 * year against a quarter, is refused at activation unless the terms say that it is shown, and then every finding shows
 * it. Figures are read as for a rate: the definition in force, the latest version, the last day of the span.
 */
export const rateChangeSchema = z
  .strictObject({
    of: z.literal('rate-change'),
    metric: z.string().describe('The rate metric.'),
    group: z.string().default('all').describe('Which of its groups; "all" where it has no others.'),
    baseline: z
      .strictObject({
        numerator: z.string().describe('What was counted above the line: "18".'),
        denominator: z.string().describe('What was counted below the line: "100".'),
        from: day.describe('First day of the span it was counted over.'),
        to: day.describe('First day after that span.'),
        source: z.string().min(1).describe('Where the baseline was published.'),
      })
      .describe('The historic rate that others are compared with.'),
    better: z.enum(['higher', 'lower']).describe('Which way the rate moves when life gets better.'),
    mixedGrain: z
      .literal('shown')
      .optional()
      .describe(
        'Needed where the baseline is counted over another grain; each finding then shows it.',
      ),
  })
  .describe('The improvement of a rate on a historic baseline.');
export type RateChangeTerms = z.infer<typeof rateChangeSchema>;

const COUNT = /^\d{1,15}(\.\d{1,9})?$/;

export const rateChange: Measure<RateChangeTerms> = {
  schema: rateChangeSchema,
  inWords: ({ metric, group, baseline, better }, { metrics }) =>
    `the improvement of the rate of ${metrics.get(metric)?.label ?? metric}${group === 'all' ? '' : ` in group ${group}`} ` +
    `on ${baseline.numerator} of ${baseline.denominator} between ${baseline.from} and ${baseline.to}, in percentage ` +
    `points (${better} is better)`,
  valueInWords: (_terms, value) => pointsInWords(value),
  metrics: ({ metric }) => [metric],
  problems: (terms, { metrics }) => [
    ...rateFaults(metrics, terms.metric, [['/group', terms.group]]),
    ...baselineFaults(terms),
    ...grainFaults(terms, metrics.get(terms.metric)),
  ],
  open: (terms, { metrics, record }) => {
    const metric = metrics.get(terms.metric) as RateMetric;
    const { numerator, denominator, from, to } = terms.baseline;
    const before = divide(parseFraction(numerator), parseFraction(denominator));
    const mixed = isMixed(terms, metric)
      ? `; the baseline covers ${spanName(terms)}, each figure one ${metric.grain}`
      : '';
    const held = `${percentInWords(before)} (${numerator} of ${denominator}) from ${from} up to ${to}${mixed}`;
    const name = terms.group === 'all' ? metric.label : `${metric.label} in group ${terms.group}`;
    return {
      collect: () => undefined, // a submitted figure says nothing of who stands behind it
      values: () =>
        figuresOf(record, terms.metric, terms.group).map((figure) => {
          const read = readRate(metric, figure);
          const compared = `${name} was ${read.inWords}, against ${held}`;
          const base = fromFigure(figure);
          if (read.value === null)
            return { ...base, value: null, reason: read.reason, finding: compared };
          const value =
            terms.better === 'higher' ? subtract(read.value, before) : subtract(before, read.value);
          const finding = `${compared}: an improvement of ${pointsInWords(value)}`;
          return { ...base, value, reason: null, finding };
        }),
    };
  },
};

function baselineFaults({ baseline }: RateChangeTerms): Fault[] {
  const counts = (['numerator', 'denominator'] as const).filter(
    (part) => !COUNT.test(baseline[part]),
  );
  if (counts.length > 0)
    return counts.map((part) => ({
      at: `/baseline/${part}`,
      code: 'NOT_A_COUNT',
      detail: `"${baseline[part]}" is not a count. Write digits, such as 18.`,
    }));
  if (parseFraction(baseline.denominator).numerator === 0n)
    return [
      {
        at: '/baseline/denominator',
        code: 'NOBODY_COUNTED',
        detail: 'A baseline over nobody has no rate. Give the denominator.',
      },
    ];
  return baseline.from < baseline.to
    ? []
    : [
        {
          at: '/baseline',
          code: 'DATES_BACKWARD',
          detail: `The baseline ends on ${baseline.to}, which is not after it begins on ${baseline.from}.`,
        },
      ];
}

function grainFaults(terms: RateChangeTerms, metric: { kind: string } | undefined): Fault[] {
  if (metric?.kind !== 'rate' || terms.mixedGrain === 'shown') return [];
  const rateMetric = metric as RateMetric;
  return isMixed(terms, rateMetric)
    ? [
        {
          at: '/baseline',
          code: 'GRAIN_MIXED',
          detail:
            `The baseline covers ${spanName(terms)}, but ${rateMetric.label} is counted by the ${rateMetric.grain}. ` +
            'Compare like with like, or write mixedGrain: shown so that every line says so.',
        },
      ]
    : [];
}

const grainOfBaseline = ({ baseline: { from, to } }: RateChangeTerms) =>
  grainOf(civilDate(from), civilDate(to));
const isMixed = (terms: RateChangeTerms, { grain }: RateMetric) => grainOfBaseline(terms) !== grain;
const spanName = (terms: RateChangeTerms): string => {
  const grain = grainOfBaseline(terms);
  return grain === null ? `${terms.baseline.from} up to ${terms.baseline.to}` : `one ${grain}`;
};
