import type { MeasuredValue } from '../aggregate-measures/measure.js';
import { measureOf, type MeasureTerms } from '../aggregate-measures/registry.js';
import { formatFraction, fraction, ZERO, type Fraction } from '../money/fraction.js';
import type { CohortOutcome, Reason } from '../outcomes/outcome.js';
import type { Fault } from '../shared/domain-error.js';
import type { ClauseContext, ClauseWeigher, RuleSurroundings } from './mechanism.js';

/** What a rule makes of one value: how much is paid for, at what rate, and how that came about. */
export interface Worth {
  readonly quantity: Fraction;
  readonly unit: string;
  readonly rateMinor: bigint;
  readonly exactMinor: Fraction;
  readonly reason: Reason | null;
  /** "50% of £100,000.00". */
  readonly reckoning: string;
  readonly why: string;
}

/** Opens a rule that pays on a measure of many: the measure collects, and each of its values is worth what the rule says. */
export function perMeasure(
  step: string,
  terms: MeasureTerms,
  context: ClauseContext,
  worthOf: (value: Fraction, measured: MeasuredValue) => Worth,
): ClauseWeigher {
  const measure = measureOf(terms).open(terms, context);
  const [metric] = measureOf(terms).metrics(terms);
  return {
    weigh(facts, counts) {
      measure.collect(facts, counts);
      return [];
    },
    close: () =>
      measure
        .values()
        .map((measured) =>
          outcomeOf(step, context.clause, metric!, measured, worthOrRefusal(measured, worthOf)),
        )
        .sort(byPlace),
  };
}

function worthOrRefusal(
  measured: MeasuredValue,
  worthOf: (value: Fraction, measured: MeasuredValue) => Worth,
): Worth {
  const { value, reason } = measured;
  if (value !== null) return worthOf(value, measured);
  return nothing(reason ?? 'no-result', 'there is no value to pay for');
}

/** Nothing, for a reason. */
export const nothing = (reason: Reason, why: string): Worth => ({
  quantity: ZERO,
  unit: 'result',
  rateMinor: 0n,
  exactMinor: ZERO,
  reason,
  reckoning: why,
  why,
});

/** The outcome of one value, with the counts of its sample. */
export function outcomeOf(
  step: string,
  clause: string,
  metric: string,
  { cohort, occurrence, outcomeOn, n, followUp, finding, evidence }: MeasuredValue,
  worth: Worth,
): CohortOutcome {
  const { quantity, unit, rateMinor, exactMinor, reason, reckoning, why } = worth;
  return {
    clause,
    metric,
    cohort,
    occurrence,
    outcomeOn,
    quantity,
    unit,
    rateMinor,
    exactMinor,
    cutMinor: ZERO,
    reason,
    finding,
    reckoning,
    steps: [{ step, before: '0', after: formatFraction(exactMinor), why }],
    evidence,
    n,
    ...(followUp === null ? {} : { followUp }),
  };
}

/** Cohort by cohort, day by day: who was seen first changes nothing. */
function byPlace(a: CohortOutcome, b: CohortOutcome): number {
  const [left, right] = [a, b].map((o) => [o.cohort, o.outcomeOn, o.occurrence] as const);
  for (const [index, part] of left!.entries())
    if (part !== right![index]) return part < right![index]! ? -1 : 1;
  return 0;
}

/** The measure's own contradictions, below the rule. */
export const measureFaults = (measure: MeasureTerms, surroundings: RuleSurroundings): Fault[] =>
  measureOf(measure)
    .problems(measure, surroundings)
    .map((fault) => ({ ...fault, at: `/measure${fault.at}` }));

/** A rule that pays more for a higher value cannot pay on a gap of which less is better. */
export const directionFaults = (measure: MeasureTerms): Fault[] =>
  measure.of === 'gap' && measure.better === 'lower'
    ? [
        {
          at: '/measure/better',
          code: 'DIRECTION_CONTRADICTS',
          detail:
            'This rule pays more for a higher value, but a lower gap is said to be better. Swap the groups, or use R7 or R11.',
        },
      ]
    : [];

export const people = (n: bigint): Fraction => fraction(n);
