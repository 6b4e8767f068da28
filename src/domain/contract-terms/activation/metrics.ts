import type { ScoreMetric } from '../../outcomes/metric.js';
import { mechanismOf } from '../../payment-mechanisms/registry.js';
import type { Fault } from '../../shared/domain-error.js';
import { allOf, checkOf, fault, repeated } from './check.js';

/** Metrics have one name each, a baseline among their time points, and are paid exactly where a clause pays on them. */
export const metrics = allOf(
  checkOf(['metrics'], ({ metrics }) => [
    ...repeated(
      metrics.map((metric) => metric.id),
      (i) => `/metrics/${i}/id`,
      'Metric',
    ),
    ...metrics.flatMap((metric, i) =>
      metric.kind === 'score' ? timePointFaults(metric, `/metrics/${i}`) : [],
    ),
  ]),

  checkOf(['metrics', 'clauses'], ({ metrics, clauses }) => {
    const paid = new Set(clauses.flatMap(({ rule }) => mechanismOf(rule).metrics(rule)));
    return metrics.flatMap((metric, i) => {
      if (metric.paid === paid.has(metric.id)) return [];
      const at = `/metrics/${i}/paid`;
      return metric.paid
        ? fault(
            at,
            'PAID_WITHOUT_CLAUSE',
            `"${metric.id}" is marked paid, but no clause pays on it.`,
          )
        : fault(
            at,
            'CLAUSE_ON_TRACKED',
            `"${metric.id}" is marked tracked only, but a clause pays on it.`,
          );
    });
  }),
);

function timePointFaults({ timePoints, baseline }: ScoreMetric, at: string): Fault[] {
  const ids = timePoints.map((point) => point.id);
  return [
    ...repeated(ids, (p) => `${at}/timePoints/${p}/id`, 'Time point'),
    ...(ids[0] === baseline
      ? []
      : [
          fault(
            `${at}/baseline`,
            'BASELINE_NOT_FIRST',
            `The baseline "${baseline}" must be the first of the time points.`,
          ),
        ]),
    ...timePoints.flatMap((point, p) => {
      const before = timePoints[p - 1];
      return before && point.months < before.months
        ? fault(
            `${at}/timePoints/${p}/months`,
            'TIME_POINTS_OUT_OF_ORDER',
            `${point.label} stands after ${before.label}, but comes earlier.`,
          )
        : [];
    }),
  ];
}
