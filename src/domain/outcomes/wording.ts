import type { Currency } from '../money/currency.js';
import type { AttributeDeclarations } from './eligibility.js';
import type { Metric } from './metric.js';

/** What terms offer a rule or a step to speak of itself in words: how money is written, and what things are called. */
export interface Wording {
  readonly currency: Currency;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly attributes: AttributeDeclarations;
}

/** What a metric is called in sentences; its id where the terms have none of the name. */
export const labelOf = (id: string, metrics: Wording['metrics']): string =>
  metrics.get(id)?.label ?? id;

/** What time points of a score metric are called: "6 months and 18 months"; those it does not have go by their ids. */
export function timePointsInWords(
  id: string,
  timePoints: readonly string[],
  metrics: Wording['metrics'],
): string {
  const metric = metrics.get(id);
  const known = metric?.kind === 'score' ? metric.timePoints : [];
  return timePoints
    .map((name) => known.find((point) => point.id === name)?.label ?? name)
    .join(' and ');
}
