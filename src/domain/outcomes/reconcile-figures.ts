import { equals, formatFraction, sum } from '../money/fraction.js';
import type { Fault } from '../shared/domain-error.js';
import type { Figure } from './contract-record.js';
import type { Metric, RateMetric } from './metric.js';

type Part = Pick<Figure, 'metric' | 'group' | 'from' | 'to' | 'numerator' | 'denominator'>;

/** A fault between several figures, with the figures that it is between. */
export interface Disagreement {
  readonly fault: Fault;
  readonly between: readonly Part[];
}

/**
 * Rates that complete one another count parts of one whole: visits on time, late and not made. Where all parts of a
 * group and span are there, they have the same denominator, and their numerators sum to it. Figures whose spans overlap
 * would count the same days twice.
 */
export function reconcileFigures(
  metrics: readonly Metric[],
  figures: readonly Part[],
): Disagreement[] {
  const rates = metrics.filter((metric) => metric.kind === 'rate');
  const labels = new Map(rates.map(({ id, label }) => [id, label]));
  const byPlace = new Map(figures.map((figure) => [placeOf(figure, figure.metric), figure]));
  const partsOf = (whole: RateMetric, figure: Part): readonly Part[] | null => {
    const parts = [whole.id, ...whole.completes].map((id) => byPlace.get(placeOf(figure, id)));
    return parts.every((part) => part !== undefined) ? parts : null;
  };
  const told = new Set<string>(); // rates may name one another, and one disagreement is told once
  const unequal = rates.flatMap((whole) =>
    whole.completes.length === 0
      ? []
      : figures.flatMap((figure) => {
          if (figure.metric !== whole.id) return [];
          const parts = partsOf(whole, figure);
          const fault = parts === null ? null : faultBetween(parts, labels);
          const together = placeOf(figure, [whole.id, ...whole.completes].sort().join(' '));
          if (fault === null || told.has(together)) return [];
          told.add(together);
          return [{ fault, between: parts! }];
        }),
  );
  return [...overlaps(figures, labels), ...unequal];
}

const placeOf = ({ group, from, to }: Part, metric: string) => `${metric}|${group}|${from}|${to}`;

function faultBetween(parts: readonly Part[], labels: ReadonlyMap<string, string>): Fault | null {
  const [{ denominator, group, from, to }] = parts as [Part];
  const where = `(group ${group}, ${from} to ${to})`;
  const named = (numbers: (part: Part) => string) =>
    parts.map((part) => `${labels.get(part.metric)} ${numbers(part)}`).join(', ');
  if (!parts.every((part) => equals(part.denominator, denominator))) {
    const each = named((part) => `of ${formatFraction(part.denominator)}`);
    const detail = `Parts of one whole have one denominator, but here they differ: ${each} ${where}.`;
    return { at: '/denominator', code: 'WHOLES_DIFFER', detail };
  }
  const total = sum(parts.map(({ numerator }) => numerator));
  if (equals(total, denominator)) return null;
  const each = named((part) => formatFraction(part.numerator));
  const detail = `The parts must sum to ${formatFraction(denominator)}, but they come to ${formatFraction(total)}: ${each} ${where}.`;
  return { at: '/numerator', code: 'PARTS_DO_NOT_SUM', detail };
}

function overlaps(figures: readonly Part[], labels: ReadonlyMap<string, string>): Disagreement[] {
  const series = new Map<string, Part[]>();
  for (const figure of figures) {
    const key = `${figure.metric}|${figure.group}`;
    const known = series.get(key);
    if (known === undefined) series.set(key, [figure]);
    else known.push(figure);
  }
  return [...series.values()].flatMap((those) => {
    const inTime = [...those].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    return inTime.flatMap((figure, index) => {
      const before = inTime[index - 1];
      if (before === undefined || before.to <= figure.from) return [];
      const label = labels.get(figure.metric) ?? figure.metric;
      const detail = `${label} would be counted twice: ${figure.from} to ${figure.to} overlaps ${before.from} to ${before.to} (group ${figure.group}).`;
      const fault = { at: '/from', code: 'SPANS_OVERLAP', detail };
      return [{ fault, between: [before, figure] }];
    });
  });
}
