import type { CivilDate } from '../calendar/civil-date.js';
import { addDays } from '../calendar/civil-date.js';
import { contains, type Period } from '../calendar/period.js';
import { formatFraction, ZERO, type Fraction } from '../money/fraction.js';
import { ALL_COHORTS, type CohortOutcome, type Outcome } from '../outcomes/outcome.js';
import type { ClauseSurroundings } from './modifier.js';

/** What a step over many outcomes adds to a period, or takes off it: about all cohorts, and counted as no outcome itself. */
export interface Adjustment {
  readonly clause: string;
  readonly metric: string;
  readonly occurrence: string;
  readonly outcomeOn: CivilDate;
  readonly step: string;
  /** What the period came to before it. */
  readonly before: Fraction;
  readonly exactMinor: Fraction;
  readonly after: Fraction;
  readonly finding: string;
  readonly reckoning: string;
  readonly why: string;
  readonly reason?: Outcome['reason'];
  readonly evidence?: readonly string[];
}

export const adjustingOutcome = (given: Adjustment): CohortOutcome => ({
  clause: given.clause,
  metric: given.metric,
  cohort: ALL_COHORTS,
  occurrence: given.occurrence,
  outcomeOn: given.outcomeOn,
  quantity: ZERO,
  unit: 'adjustment',
  rateMinor: 0n,
  exactMinor: given.exactMinor,
  cutMinor: ZERO,
  reason: given.exactMinor.numerator === 0n ? (given.reason ?? 'nothing-to-adjust') : null,
  finding: given.finding,
  reckoning: given.reckoning,
  steps: [
    {
      step: given.step,
      before: formatFraction(given.before),
      after: formatFraction(given.after),
      why: given.why,
    },
  ],
  evidence: given.evidence ?? [],
});

type Window = Pick<ClauseSurroundings, 'periods' | 'before'>;

/**
 * The period that an outcome is adjusted in; null where it is in none. In a period that what is computed ends within, an
 * outcome that is not computed yet is left out.
 */
export function periodOf({ periods, before }: Window, on: CivilDate): Period | null {
  const found = periods.find((period) => contains(period, on)) ?? null;
  if (found === null) return null;
  return on >= before && contains(found, before) && found.from !== before ? null : found;
}

/** The last day of a period, or the last that is computed where that ends within it. */
export const adjustedOn = ({ before }: Pick<Window, 'before'>, period: Period): CivilDate =>
  addDays(period.from < before && before < period.to ? before : period.to, -1);
