import { parseFraction } from '../../money/fraction.js';
import type { ScoreMetric } from '../../outcomes/metric.js';
import { DomainError, type Fault } from '../../shared/domain-error.js';
import type { TermsDocument } from '../terms.schema.js';
import { allOf, checkOf, fault } from './check.js';

type Figures = NonNullable<NonNullable<TermsDocument['comparison']['benchmark']>['figures']>;
const AT = '/comparison/benchmark';

/** A benchmark's figures are about follow-ups of the terms, in order of date; one that is deducted is complete. */
export const benchmark = allOf(
  checkOf(['comparison', 'metrics'], ({ comparison, metrics }) => {
    const scores = metrics.filter((metric) => metric.kind === 'score');
    const figures = comparison.benchmark?.figures ?? [];
    return figures.flatMap((figure, f) => figureFaults(figures, f, scores, `${AT}/figures/${f}`));
  }),

  checkOf(['comparison', 'metrics', 'effective'], ({ comparison, metrics, effective }) => {
    if (comparison.benchmark?.use !== 'deducted') return [];
    const figures = comparison.benchmark.figures ?? [];
    const paid = metrics.filter((metric) => metric.kind === 'score' && metric.paid);
    if (paid.length === 0)
      return [
        fault(`${AT}/use`, 'BENCHMARK_UNUSED', 'No score is paid from which it could be deducted.'),
      ];
    return (paid as ScoreMetric[]).flatMap((metric) => gaps(metric, figures, effective.from));
  }),

  checkOf(['comparison', 'clauses'], ({ comparison, clauses }) =>
    comparison.benchmark?.use === 'deducted'
      ? clauses.flatMap(({ rule }, i) =>
          rule.type === 'R3' && rule.threshold.kind === 'level'
            ? fault(
                `/clauses/${i}/rule/threshold/kind`,
                'BENCHMARK_NOT_FOR_LEVEL',
                'A benchmark is deducted from a change, and this clause pays for a level. Pay for a change, or show the benchmark only.',
              )
            : [],
        )
      : [],
  ),
);

function figureFaults(
  figures: Figures,
  index: number,
  scores: readonly ScoreMetric[],
  at: string,
): Fault[] {
  const { metric: id, timePoint, from, improvement } = figures[index]!;
  const metric = scores.find((one) => one.id === id);
  if (metric === undefined)
    return [
      fault(`${at}/metric`, 'METRIC_UNKNOWN', `"${id}" is not a score metric of these terms.`),
    ];
  const faults: Fault[] = [];
  const isFollowUp = metric.timePoints.some(({ id: point }) => point === timePoint);
  if (!isFollowUp || timePoint === metric.baseline)
    faults.push(
      fault(`${at}/timePoint`, 'TIME_POINT_UNKNOWN', `"${timePoint}" is not a follow-up of ${id}.`),
    );
  const before = figures
    .slice(0, index)
    .findLast((one) => one.metric === id && one.timePoint === timePoint);
  if (before !== undefined && before.from >= from)
    faults.push(
      fault(
        `${at}/from`,
        'DATES_BACKWARD',
        `The figure from ${from} stands after the one from ${before.from}. List figures by date.`,
      ),
    );
  try {
    parseFraction(improvement);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    faults.push(fault(`${at}/improvement`, error.code, error.message));
  }
  return faults;
}

/** Follow-ups of a paid score for which a figure is missing, or begins after the contract does. */
const gaps = (metric: ScoreMetric, figures: Figures, start: string): Fault[] =>
  metric.timePoints
    .filter(({ id }) => id !== metric.baseline)
    .flatMap(({ id, label }) => {
      const first = figures.find((one) => one.metric === metric.id && one.timePoint === id);
      if (first !== undefined && first.from <= start) return [];
      const detail = `${metric.label} at ${label} has no figure from ${start} on, the contract's first day. Add it.`;
      return fault(`${AT}/figures`, 'BENCHMARK_INCOMPLETE', detail);
    });
