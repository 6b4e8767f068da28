import type { Metric } from '../outcomes/metric.js';
import type { Fault } from '../shared/domain-error.js';

/** What keeps a measure from comparing a time point of a score with its baseline. */
export function scorePointFaults(
  metrics: ReadonlyMap<string, Metric>,
  id: string,
  timePoint: string,
  below = '',
): Fault[] {
  const metric = metrics.get(id);
  if (metric?.kind !== 'score')
    return [
      {
        at: `${below}/metric`,
        code: 'METRIC_UNKNOWN',
        detail: `"${id}" is not a score metric of these terms.`,
      },
    ];
  const at = `${below}/timePoint`;
  if (!metric.timePoints.some((point) => point.id === timePoint))
    return [
      {
        at,
        code: 'TIME_POINT_UNKNOWN',
        detail: `"${timePoint}" is not a time point of ${metric.id}.`,
      },
    ];
  return timePoint === metric.baseline
    ? [
        {
          at,
          code: 'BASELINE_PAID',
          detail: 'The baseline is what others are compared with; it cannot be paid.',
        },
      ]
    : [];
}
