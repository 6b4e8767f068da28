import type { Metric, RateMetric } from '../outcomes/metric.js';
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

/** The later definition, with the time points, or the definitions and groups, that only the earlier one has. */
function merged(earlier: Metric | undefined, later: Metric): Metric {
  if (earlier?.kind === 'rate' && later.kind === 'rate') return mergedRate(earlier, later);
  if (earlier?.kind !== 'score' || later.kind !== 'score') return later;
  const dropped = earlier.timePoints.filter(
    ({ id }) => !later.timePoints.some((kept) => kept.id === id),
  );
  return { ...later, timePoints: [...later.timePoints, ...dropped] };
}

function mergedRate(earlier: RateMetric, later: RateMetric): RateMetric {
  const dropped = earlier.definitions.filter(
    ({ version }) => !later.definitions.some((kept) => kept.version === version),
  );
  const inUse = [...later.definitions, ...dropped];
  return {
    ...later,
    definitions: inUse.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
    groups: [...new Set([...later.groups, ...earlier.groups])],
  };
}
