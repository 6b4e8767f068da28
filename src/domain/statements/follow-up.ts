import type { TermsDocument } from '../contract-terms/terms.schema.js';
import { fraction } from '../money/fraction.js';
import type { FollowUpCounts } from '../outcomes/follow-up-counts.js';
import { countedAs } from '../outcomes/follow-up.js';
import type { FollowUpAccount } from './statement.js';
import type { FollowUpFold } from './statement-rows.js';
import { termsFirst } from './terms-first.js';

const COUNTS = [
  'due',
  'measured',
  'late',
  'missed',
  'declined',
  'couldNotCollect',
  'excluded',
] as const satisfies readonly (keyof FollowUpCounts)[];

/**
 * Who was followed up, by clause and cohort in the order of the terms, and by time point as they fall due. Those excluded
 * are not due.
 */
export function followUpOf(
  terms: Pick<TermsDocument, 'clauses' | 'cohorts' | 'metrics'>,
  folds: readonly FollowUpFold[],
): FollowUpAccount[] {
  const titles = new Map(terms.clauses.map(({ id, title }) => [id, title]));
  const clauses = termsFirst(
    [...titles.keys()],
    folds.map(({ clause }) => clause),
  );
  const cohorts = termsFirst(
    terms.cohorts.map(({ id }) => id),
    folds.map(({ cohort }) => cohort),
  );
  const timePoints = termsFirst(
    timePointsOf(terms),
    folds.map(({ timePoint }) => timePoint),
  );
  const places = new Map<string, FollowUpFold[]>();
  for (const fold of folds) {
    const key = JSON.stringify([fold.clause, fold.cohort, fold.timePoint]);
    places.set(key, [...(places.get(key) ?? []), fold]);
  }
  return [...places.values()]
    .map(([first, ...rest]): FollowUpAccount => {
      const { clause, cohort, timePoint } = first!;
      const counts = [first!, ...rest].map(countsOf).reduce(plus);
      return {
        clause,
        title: titles.get(clause) ?? `Clause ${clause} of earlier terms`,
        cohort,
        timePoint,
        counts,
        rate: counts.due === 0 ? null : fraction(BigInt(counts.measured), BigInt(counts.due)),
      };
    })
    .sort(
      (a, b) =>
        clauses.indexOf(a.clause) - clauses.indexOf(b.clause) ||
        cohorts.indexOf(a.cohort) - cohorts.indexOf(b.cohort) ||
        timePoints.indexOf(a.timePoint) - timePoints.indexOf(b.timePoint),
    );
}

const timePointsOf = ({ metrics }: Pick<TermsDocument, 'metrics'>): string[] =>
  metrics
    .flatMap((metric) => (metric.kind === 'score' ? metric.timePoints : []))
    .sort((a, b) => a.months - b.months)
    .map(({ id }) => id);

function countsOf(fold: FollowUpFold): FollowUpCounts {
  if ('counts' in fold) return fold.counts;
  const counted = countedAs(fold.reason);
  const all = Object.fromEntries(COUNTS.map((count) => [count, 0])) as Record<
    keyof FollowUpCounts,
    number
  >;
  all[counted] = fold.participants;
  if (counted !== 'excluded') all.due = fold.participants;
  return all;
}

const plus = (a: FollowUpCounts, b: FollowUpCounts): FollowUpCounts =>
  Object.fromEntries(
    COUNTS.map((count) => [count, a[count] + b[count]]),
  ) as unknown as FollowUpCounts;
