import type { CivilDate } from '../calendar/civil-date.js';
import { formatFraction, parseFraction, type Fraction } from '../money/fraction.js';

/** How far an outside series says that a score improves without the service, by metric and time point, from a day on. */
export interface Benchmark {
  readonly source: string;
  readonly figures: readonly {
    readonly metric: string;
    readonly timePoint: string;
    readonly from: string;
    /** In points, positive for better: "0.2". */
    readonly improvement: string;
  }[];
}

/** What is deducted from one improvement, and on whose word. */
export interface Expected {
  readonly improvement: Fraction;
  readonly source: string;
}

/** Looks up what is to be expected of a metric without the service, on the day of a follow-up. */
export function openBenchmark(benchmark: Benchmark, metric: string) {
  const series = new Map<string, { from: string; expected: Expected }[]>();
  for (const figure of benchmark.figures) {
    if (figure.metric !== metric) continue;
    const known = series.get(figure.timePoint) ?? [];
    const improvement = parseFraction(figure.improvement);
    known.push({ from: figure.from, expected: { improvement, source: benchmark.source } });
    series.set(figure.timePoint, known);
  }
  return (timePoint: string, day: CivilDate): Expected | null => {
    const known = series.get(timePoint);
    if (known === undefined) return null;
    return (known.findLast(({ from }) => from <= day) ?? known[0]!).expected;
  };
}

/** "0.2 points were to be expected without the service (ELSA)". */
export function expectedInWords({ improvement, source }: Expected): string {
  const points = formatFraction(improvement);
  const were = points === '1' || points === '-1' ? 'point was' : 'points were';
  return `${points} ${were} to be expected without the service (${source})`;
}
