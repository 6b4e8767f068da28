import type { Metric, ScoreMetric } from '../outcomes/metric.js';
import type { Fault } from '../shared/domain-error.js';

/** What keeps a rule from paying on a score: no such metric, or time points that it cannot pay at or names out of order. */
export function scoreRuleFaults(
  { metric: id, timePoints }: { readonly metric: string; readonly timePoints: readonly string[] },
  metrics: ReadonlyMap<string, Metric>,
): Fault[] {
  const metric = metrics.get(id);
  if (metric?.kind !== 'score')
    return [
      {
        at: '/metric',
        code: 'METRIC_UNKNOWN',
        detail: `"${id}" is not a score metric of these terms.`,
      },
    ];
  return timePoints.flatMap((point, index) => timePointFaults(metric, timePoints, point, index));
}

function timePointFaults(
  metric: ScoreMetric,
  timePoints: readonly string[],
  id: string,
  index: number,
): Fault[] {
  const order = metric.timePoints.map((point) => point.id);
  const at = `/timePoints/${index}`;
  const faults: Fault[] = [];
  if (!order.includes(id))
    faults.push({
      at,
      code: 'TIME_POINT_UNKNOWN',
      detail: `"${id}" is not a time point of ${metric.id}.`,
    });
  if (id === metric.baseline)
    faults.push({
      at,
      code: 'BASELINE_PAID',
      detail: 'The baseline is what others are compared with; it cannot be paid.',
    });
  if (order.includes(id) && order.indexOf(id) <= order.indexOf(timePoints[index - 1] ?? ''))
    faults.push({
      at,
      code: 'TIME_POINTS_OUT_OF_ORDER',
      detail: 'Name each paid time point once, in the order of the schedule.',
    });
  return faults;
}
