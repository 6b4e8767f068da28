import { civilDate } from '../../src/domain/calendar/civil-date.js';
import { formatFraction, parseFraction } from '../../src/domain/money/fraction.js';
import { formatAmount, money } from '../../src/domain/money/money.js';
import { round } from '../../src/domain/money/rounding.js';
import type {
  ContractRecord,
  EffectResult,
  Figure,
} from '../../src/domain/outcomes/contract-record.js';
import type {
  EffectMetric,
  EventMetric,
  RateMetric,
  ScoreMetric,
} from '../../src/domain/outcomes/metric.js';
import type { Outcome } from '../../src/domain/outcomes/outcome.js';
import type { ParticipantFacts } from '../../src/domain/outcomes/participant-facts.js';
import { mechanismOf, type Rule } from '../../src/domain/payment-mechanisms/registry.js';
import type { ClauseContext } from '../../src/domain/payment-mechanisms/mechanism.js';
import { aClauseContext } from './clause.builder.js';
import { score, somebody } from './record.builder.js';
import { trialTerms } from './trial-terms.js';

/** UCLA of the trial terms: a baseline, and six months within 30 days of the target. */
export const UCLA = trialTerms().metrics[0] as unknown as ScoreMetric;

export const EFFECT: EffectMetric = {
  id: 'reconvictions',
  kind: 'effect',
  label: 'Reduction in reconvictions',
  paid: true,
  unit: 'percent',
  method: 'Propensity-score matched comparison',
  evaluator: 'university',
};

export const CONVICTION: EventMetric = {
  id: 'conviction',
  kind: 'event',
  label: 'Conviction',
  paid: true,
  definition: 'A conviction in court',
  evidence: ['Record'],
};

export const aRate = (given: Partial<RateMetric> = {}): RateMetric => ({
  id: 'visits',
  kind: 'rate',
  label: 'Visits on time',
  paid: true,
  grain: 'quarter',
  definitions: [
    {
      version: '2015',
      from: civilDate('2015-01-01'),
      numerator: 'Visits within 14 days',
      denominator: 'Births',
    },
  ],
  groups: ['all'],
  bounded: true,
  completes: [],
  ...given,
});

/** A figure for a quarter from its first day. */
export const figure = (
  from: string,
  numerator: number | string,
  denominator: number | string,
  given: Partial<Omit<Figure, 'from' | 'to'>> & { to?: string } = {},
): Figure => {
  const { to, ...rest } = given;
  return {
    metric: 'visits',
    group: 'all',
    from: civilDate(from),
    to: civilDate(to ?? nextQuarter(from)),
    version: 1,
    numerator: parseFraction(String(numerator)),
    denominator: parseFraction(String(denominator)),
    definition: '2015',
    ...rest,
  };
};

const nextQuarter = (from: string): string => {
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7)) + 3];
  return month > 12
    ? `${year + 1}-${String(month - 12).padStart(2, '0')}-01`
    : `${year}-${String(month).padStart(2, '0')}-01`;
};

/** An effect as an evaluator signed it. */
export const signed = (
  cohort: string,
  value: string,
  given: Partial<Omit<EffectResult, 'low'>> & { low?: string } = {},
): EffectResult => {
  const { low, ...rest } = given;
  return {
    metric: 'reconvictions',
    cohort,
    signedOn: civilDate('2016-03-01'),
    version: 1,
    value: parseFraction(value),
    low: low === undefined ? null : parseFraction(low),
    high: null,
    n: 1000n,
    documentHash: 'ab'.repeat(32),
    ...rest,
  };
};

/** Somebody whose score was `from` at the start and is `to` six months later; null where nobody measured it. */
export const scored = (
  reference: string,
  from: number | null,
  to: number | null,
  given: Partial<ParticipantFacts> = {},
): ParticipantFacts =>
  somebody(
    [
      ...(from === null ? [] : [score('baseline', '2015-06-04', String(from))]),
      ...(to === null ? [] : [score('6m', '2015-12-04', String(to))]),
    ],
    { reference, ...given },
  );

export interface Found {
  readonly cohort: string;
  readonly occurrence: string;
  readonly outcomeOn: string;
  readonly pays: string;
  readonly quantity: string;
  readonly reason: string | null;
}

/** What a rule on many finds, in short. */
export function foundBy(
  rule: Rule,
  context: ClauseContext,
  people: readonly (readonly [ParticipantFacts, boolean])[] = [],
) {
  const weigher = mechanismOf(rule).open(rule, context);
  for (const [facts, counts] of people) weigher.weigh(facts, counts, []);
  return weigher.close([]);
}

export const inShort = (outcomes: readonly Outcome[]): Found[] =>
  outcomes.map((outcome) => ({
    cohort: (outcome as Outcome & { cohort: string }).cohort,
    occurrence: outcome.occurrence,
    outcomeOn: outcome.outcomeOn,
    pays: formatAmount(money(round(outcome.exactMinor, 'half-up'), 'GBP')),
    quantity: formatFraction(outcome.quantity),
    reason: outcome.reason,
  }));

export const recordOf = (given: Partial<ContractRecord>): ContractRecord => ({
  figures: [],
  effects: [],
  ...given,
});

/** A context with the metrics of this file and a record. */
export const aMeasureContext = (
  record: Partial<ContractRecord> = {},
  given: Partial<ClauseContext> = {},
  rates: readonly RateMetric[] = [aRate()],
): ClauseContext =>
  aClauseContext([UCLA, EFFECT, CONVICTION, ...rates], { record: recordOf(record), ...given });
