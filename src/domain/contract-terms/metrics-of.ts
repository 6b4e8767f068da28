import type { Metric } from '../outcomes/metric.js';
import type { TermsInForce } from './terms-in-force.js';

/**
 * The metrics that a contract records: those of every edition, as the latest that has them defines them. What an
 * amendment left out may still be corrected.
 */
export function metricsOf(versions: readonly TermsInForce[]): Metric[] {
  const metrics = new Map<string, Metric>();
  for (const { terms } of versions)
    for (const metric of terms.metrics)
      metrics.set(metric.id, merged(metrics.get(metric.id), metric));
  return [...metrics.values()];
}

/** The later definition, with the time points that only the earlier one has. */
function merged(earlier: Metric | undefined, later: Metric): Metric {
  if (earlier?.kind !== 'score' || later.kind !== 'score') return later;
  const dropped = earlier.timePoints.filter(
    ({ id }) => !later.timePoints.some((kept) => kept.id === id),
  );
  return { ...later, timePoints: [...later.timePoints, ...dropped] };
}
