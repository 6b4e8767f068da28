import { mechanismOf } from '../../payment-mechanisms/registry.js';
import { fault, repeated, type ActivationCheck } from './check.js';

/** Metrics have one name each, a baseline among their time points, and are paid exactly where a clause pays on them. */
export const metrics: ActivationCheck = (terms) => {
  const paid = new Set(terms.clauses.flatMap(({ rule }) => mechanismOf(rule).metrics(rule)));
  return [
    ...repeated(
      terms.metrics.map((metric) => metric.id),
      (i) => `/metrics/${i}/id`,
      'Metric',
    ),
    ...terms.metrics.flatMap((metric, i) => {
      const at = `/metrics/${i}`;
      const faults = [];
      if (metric.paid !== paid.has(metric.id))
        faults.push(
          metric.paid
            ? fault(
                `${at}/paid`,
                'PAID_WITHOUT_CLAUSE',
                `"${metric.id}" is marked paid, but no clause pays on it.`,
              )
            : fault(
                `${at}/paid`,
                'CLAUSE_ON_TRACKED',
                `"${metric.id}" is marked tracked only, but a clause pays on it.`,
              ),
        );
      if (metric.kind === 'score') {
        const ids = metric.timePoints.map((point) => point.id);
        faults.push(...repeated(ids, (p) => `${at}/timePoints/${p}/id`, 'Time point'));
        if (ids[0] !== metric.baseline)
          faults.push(
            fault(
              `${at}/baseline`,
              'BASELINE_NOT_FIRST',
              `The baseline "${metric.baseline}" must be the first of the time points.`,
            ),
          );
        metric.timePoints.slice(1).forEach((point, p) => {
          if (point.months < metric.timePoints[p]!.months)
            faults.push(
              fault(
                `${at}/timePoints/${p + 1}/months`,
                'TIME_POINTS_OUT_OF_ORDER',
                `${point.label} stands after ${metric.timePoints[p]!.label}, but comes earlier.`,
              ),
            );
        });
      }
      return faults;
    }),
  ];
};
