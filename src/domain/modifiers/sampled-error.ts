import { z } from 'zod';
import { decidedOn, figuresOf, rateFaults, readRate } from '../outcomes/figures.js';
import { percentInWords } from '../money/number-in-words.js';
import { contains, type Period } from '../calendar/period.js';
import {
  add,
  compare,
  fraction,
  multiply,
  negate,
  parseFraction,
  subtract,
  sum,
  ZERO,
  divide,
  type Fraction,
} from '../money/fraction.js';
import { formatMoney, money } from '../money/money.js';
import { round } from '../money/rounding.js';
import { figureEvidence, type Figure } from '../outcomes/contract-record.js';
import type { RateMetric } from '../outcomes/metric.js';
import type { Outcome } from '../outcomes/outcome.js';
import { labelOf } from '../outcomes/wording.js';
import type { Fault } from '../shared/domain-error.js';
import { adjustedOn, adjustingOutcome, periodOf } from './adjusting-outcome.js';
import type { ClauseSurroundings, Collective, Modifier } from './modifier.js';

/**
 * M9, extrapolation of a sampled error rate: a check of a sample found so many errors, submitted as a rate; where their
 * share is above a tolerance, the share is taken off what the clause pays in the period, as one line below nil. Whether
 * the whole share or only what is above the tolerance is taken off is a term. A figure belongs to the period in which its
 * span ends, and several in one period are added up. Nothing is taken off at the tolerance, nor where the clause pays nothing; a period that pays without a figure keeps
 * a nil line that says so. It is reckoned before caps, over what the steps above it left, as the lines of it are rounded.
 */
export const sampledErrorSchema = z
  .strictObject({
    type: z.literal('M9-sample'),
    metric: z.string().describe('The rate metric of errors found over claims sampled.'),
    group: z.string().default('all').describe('Which of its groups; "all" where it has no others.'),
    tolerancePercent: z.string().describe('The share of errors that takes nothing off: "5%".'),
    takesOff: z
      .enum(['whole-rate', 'above-tolerance'])
      .describe(
        'Whether the whole share of errors is taken off, or only what is above the tolerance.',
      ),
  })
  .describe('M9: a sampled error rate is extrapolated.');
export type SampledError = z.infer<typeof sampledErrorSchema>;

export const sampledError: Modifier<SampledError> = {
  schema: sampledErrorSchema,
  levels: ['participant', 'cohort'],
  inWords: ({ metric, tolerancePercent, takesOff }, { metrics }) =>
    `where the rate of ${labelOf(metric, metrics)} is above ${tolerancePercent}, ` +
    `${takesOff === 'whole-rate' ? 'that rate' : 'what is above it'} is taken off what the clause pays in the period`,
  problems: ({ metric, group, tolerancePercent }, { metrics }) => [
    ...rateFaults(metrics, metric, [['/group', group]]),
    ...boundedFaults(metrics.get(metric)),
    ...toleranceFaults(tolerancePercent),
  ],
  apply: (_terms, outcomes) => outcomes,
  collective: openSampledError,
};

const boundedFaults = (metric: { kind: string } | undefined): Fault[] =>
  metric?.kind === 'rate' && !(metric as RateMetric).bounded
    ? [
        {
          at: '/metric',
          code: 'RATE_UNBOUNDED',
          detail:
            'Errors are a part of what was sampled. Name a rate whose numerator is part of its denominator.',
        },
      ]
    : [];

const toleranceFaults = (text: string): Fault[] =>
  /^\d{1,2}(\.\d{1,9})?%$/.test(text)
    ? []
    : [
        {
          at: '/tolerancePercent',
          code: 'NOT_A_PERCENTAGE',
          detail: `"${text}" is not a tolerance. Write 0% or more and less than 100%, such as 5%.`,
        },
      ];

function openSampledError(terms: SampledError, surroundings: ClauseSurroundings): Collective {
  const { clause, currency, periods, metrics, record } = surroundings;
  const metric = metrics.get(terms.metric) as RateMetric;
  const tolerance = parseFraction(terms.tolerancePercent);
  const paid = new Map<string, { worth: Fraction; metric: string }>();
  const pounds = (value: Fraction) => formatMoney(money(round(value, 'half-up'), currency));

  function see(outcomes: readonly Outcome[]): void {
    for (const { outcomeOn, exactMinor, metric: of } of outcomes) {
      const worth = fraction(surroundings.rounded(exactMinor));
      const period = worth.numerator === 0n ? null : periodOf(surroundings, outcomeOn);
      if (period === null) continue;
      const known = paid.get(period.id) ?? { worth: ZERO, metric: of };
      paid.set(period.id, {
        worth: add(known.worth, worth),
        metric: known.metric < of ? known.metric : of,
      });
    }
  }

  function adjust(period: Period, worth: Fraction, of: string) {
    const figures = figuresOf(record, terms.metric, terms.group).filter((figure) =>
      contains(period, decidedOn(figure)),
    );
    const found = errorsIn(metric, figures);
    const over = found.rate === null ? ZERO : excess(found.rate);
    const off = compare(worth, ZERO) > 0 ? negate(multiply(worth, over)) : ZERO;
    const taken = `${percentInWords(over)} of ${pounds(worth)}`;
    return adjustingOutcome({
      clause,
      metric: of,
      occurrence: `sampled-error/${period.id}`,
      outcomeOn: adjustedOn(surroundings, period),
      step: 'M9-sample',
      before: worth,
      exactMinor: off,
      after: add(worth, off),
      reason: found.rate === null ? found.reason : 'nothing-to-adjust',
      finding: `${metric.label} in ${period.id}: ${found.inWords}`,
      reckoning: `${taken} taken off`,
      why:
        found.rate === null
          ? 'there is no error rate to extrapolate'
          : over.numerator === 0n
            ? `not above the tolerance of ${terms.tolerancePercent}`
            : `above the tolerance of ${terms.tolerancePercent}: ${taken} is taken off`,
      evidence: figures.map(figureEvidence),
    });
  }

  const excess = (rate: Fraction): Fraction => {
    if (compare(rate, tolerance) <= 0) return ZERO;
    return terms.takesOff === 'whole-rate' ? rate : subtract(rate, tolerance);
  };

  return {
    see,
    close: () =>
      periods.flatMap((period) => {
        const found = paid.get(period.id);
        return found === undefined ? [] : [adjust(period, found.worth, found.metric)];
      }),
  };
}

/** The error rate over all figures of a period together; none where one of them cannot be read. */
function errorsIn(metric: RateMetric, figures: readonly Figure[]) {
  if (figures.length === 0)
    return { rate: null, reason: 'no-result' as const, inWords: 'no figure was submitted' };
  const read = figures.map((figure) => readRate(metric, figure));
  const inWords = read.map((one) => one.inWords).join('; ');
  const unread = read.find(({ value }) => value === null);
  if (unread !== undefined) return { rate: null, reason: unread.reason!, inWords };
  const [errors, sampled] = [
    sum(figures.map(({ numerator }) => numerator)),
    sum(figures.map(({ denominator }) => denominator)),
  ];
  return { rate: divide(errors, sampled), reason: null, inWords };
}
