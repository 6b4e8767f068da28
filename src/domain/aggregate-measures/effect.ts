import { z } from 'zod';
import { addDays } from '../calendar/civil-date.js';
import type { Fraction } from '../money/fraction.js';
import { effectEvidence, type EffectResult } from '../outcomes/contract-record.js';
import type { EffectMetric, Metric } from '../outcomes/metric.js';
import { ALL_COHORTS } from '../outcomes/outcome.js';
import type { Measure, MeasureContext, MeasuredValue } from './measure.js';
import { numberInWords, percentInWords } from '../money/number-in-words.js';
import { cohortName } from './places.js';

/**
 * A result that an independent evaluator worked out, such as a reduction against matched controls: for each cohort, or
 * pooled over all of them, which is a signed result of its own. It is taken as signed and never reckoned again; a later
 * version supersedes an earlier one, and the day of the first signing decides the period. A contract may ask that the lower bound
 * of the interval, not the result itself, reaches what is paid. A result that has not been delivered when the last period
 * ends, and one without the bound that is asked for, is no result.
 */
export const effectSchema = z
  .strictObject({
    of: z.literal('effect'),
    metric: z.string().describe('The effect metric that the evaluator reports.'),
    cohorts: z
      .enum(['each', 'pooled'])
      .default('each')
      .describe('A result for each cohort, or one signed result for all cohorts pooled.'),
    test: z
      .enum(['point', 'lower-bound'])
      .default('point')
      .describe('Whether the result itself counts, or the lower bound of its interval.'),
  })
  .describe('A result that an evaluator signs.');
export type EffectTerms = z.infer<typeof effectSchema>;

export const effect: Measure<EffectTerms> = {
  schema: effectSchema,
  inWords: ({ metric, cohorts, test }, { metrics }) =>
    `${test === 'point' ? 'the signed result' : 'the lower bound of the signed result'} for ` +
    `${metrics.get(metric)?.label ?? metric} of ${cohorts === 'each' ? 'each cohort' : 'all cohorts pooled'}`,
  valueInWords: ({ metric }, value, { metrics }) => effectInWords(metrics.get(metric), value),
  metrics: ({ metric }) => [metric],
  problems: ({ metric }, { metrics }) =>
    metrics.get(metric)?.kind === 'effect'
      ? []
      : [
          {
            at: '/metric',
            code: 'METRIC_UNKNOWN',
            detail: `"${metric}" is not an effect metric of these terms.`,
          },
        ],
  open: (terms, context) => ({
    collect: () => undefined, // the evaluator saw the participants; nothing is counted twice
    values: () =>
      (terms.cohorts === 'pooled' ? [ALL_COHORTS] : context.cohorts.map(({ id }) => id)).flatMap(
        (cohort) => effectOf(terms, cohort, context),
      ),
  }),
};

/** An effect as the metric writes it: "8.4%" or "0.69". */
export const effectInWords = (metric: Metric | undefined, value: Fraction): string =>
  metric?.kind === 'effect' && metric.unit === 'percent'
    ? percentInWords(value)
    : numberInWords(value);

/** The latest signed result for a cohort, or that there was none when the last period ended. */
export function effectOf(
  { metric: id, test }: EffectTerms,
  cohort: string,
  context: MeasureContext,
): MeasuredValue[] {
  const metric = context.metrics.get(id) as EffectMetric;
  const place = cohortName(cohort, context.cohorts);
  const base = { cohort, occurrence: 'result', followUp: null };
  const found = latest(
    context.record.effects.filter((e) => e.metric === id && e.cohort === cohort),
  );
  if (found === null) {
    const end = context.periods.at(-1)?.to;
    if (end === undefined) return [];
    const finding = `No result for ${metric.label} of ${place} was delivered`;
    const none = { value: null, reason: 'no-result' as const, n: 0n, low: null, evidence: [] };
    return [{ ...base, ...none, outcomeOn: addDays(end, -1), finding }];
  }
  const value = test === 'point' ? found.value : found.low;
  const bound =
    found.low === null ? 'no lower bound' : `lower bound ${effectInWords(metric, found.low)}`;
  const interval = found.low === null && test === 'point' ? '' : `, ${bound}`;
  return [
    {
      ...base,
      outcomeOn: found.firstSignedOn ?? found.signedOn,
      value,
      reason: value === null ? 'no-result' : null,
      n: found.n,
      low: found.low,
      finding:
        `${metric.label} of ${place} was ${effectInWords(metric, found.value)}${interval} over ${found.n} treated, ` +
        `as signed on ${found.signedOn} (version ${found.version}${firstInWords(found)})`,
      evidence: [effectEvidence(found)],
    },
  ];
}

const firstInWords = ({ signedOn, firstSignedOn = signedOn }: EffectResult): string =>
  firstSignedOn === signedOn ? '' : `, first signed on ${firstSignedOn}`;

const latest = (results: readonly EffectResult[]): EffectResult | null =>
  results.reduce<EffectResult | null>(
    (best, one) => (best === null || one.version > best.version ? one : best),
    null,
  );
