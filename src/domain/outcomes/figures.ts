import { addDays, addMonths, type CivilDate } from '../calendar/civil-date.js';
import { divide, formatFraction, type Fraction } from '../money/fraction.js';
import type { ContractRecord, Figure } from './contract-record.js';
import type { Grain, Metric, RateMetric } from './metric.js';
import type { Reason } from './outcome.js';
import type { Fault } from '../shared/domain-error.js';
import { percentInWords } from '../money/number-in-words.js';

const MONTHS: Readonly<Record<Grain, number>> = { month: 1, quarter: 3, year: 12 };

/** The grain of a span of days; null where it is no whole month, quarter or year. */
export const grainOf = (from: CivilDate, to: CivilDate): Grain | null =>
  (Object.keys(MONTHS) as Grain[]).find((grain) => addMonths(from, MONTHS[grain]) === to) ?? null;

/** What keeps a measure from using a rate of these terms, or one of its groups. */
export function rateFaults(
  metrics: ReadonlyMap<string, Metric>,
  id: string,
  groups: readonly (readonly [at: string, group: string])[],
): Fault[] {
  const metric = metrics.get(id);
  if (metric?.kind !== 'rate')
    return [
      {
        at: '/metric',
        code: 'METRIC_UNKNOWN',
        detail: `"${id}" is not a rate metric of these terms.`,
      },
    ];
  return groups.flatMap(([at, group]) =>
    metric.groups.includes(group)
      ? []
      : [
          {
            at,
            code: 'GROUP_UNKNOWN',
            detail: `${metric.label} is not counted for the group "${group}". Its groups are ${metric.groups.join(', ')}.`,
          },
        ],
  );
}

/** The latest version of each figure of a group, in the order of their spans. */
export function figuresOf({ figures }: ContractRecord, metric: string, group: string): Figure[] {
  const bySpan = new Map<string, Figure>();
  for (const figure of figures) {
    if (figure.metric !== metric || figure.group !== group) continue;
    const key = `${figure.from}|${figure.to}`;
    const known = bySpan.get(key);
    if (known === undefined || figure.version > known.version) bySpan.set(key, figure);
  }
  return [...bySpan.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** The last day of a figure's span decides its period, its terms and the definition it must be counted by. */
export const decidedOn = ({ to }: Pick<Figure, 'to'>): CivilDate => addDays(to, -1);

/** Which definition is in force on a day; null before the first. */
export const definitionOn = ({ definitions }: RateMetric, on: CivilDate): string | null =>
  definitions.reduce<string | null>(
    (found, { version, from }) => (from <= on ? version : found),
    null,
  );

/** A figure read as a rate: its value, or why it has none. */
export interface ReadRate {
  readonly value: Fraction | null;
  readonly reason: Reason | null;
  /** "71% (71 of 100, counted by definition 2015) between 2017-10-01 and 2017-12-31". */
  readonly inWords: string;
}

/** Reads a figure: one counted by another definition than the one in force, or over nobody, has no value. */
export function readRate(metric: RateMetric, figure: Figure): ReadRate {
  const { numerator, denominator, definition } = figure;
  const counts = `${formatFraction(numerator)} of ${formatFraction(denominator)}`;
  const on = decidedOn(figure);
  const inForce = definitionOn(metric, on);
  const span = `between ${figure.from} and ${on}`;
  if (definition !== inForce)
    return {
      value: null,
      reason: 'other-definition',
      inWords:
        `${counts} ${span}, counted by definition ${definition}, ` +
        (inForce === null
          ? 'while no definition is in force'
          : `while definition ${inForce} is in force`),
    };
  const by = `counted by definition ${definition}`;
  if (denominator.numerator === 0n)
    return { value: null, reason: 'too-few', inWords: `${counts} ${span}, ${by}` };
  const value = divide(numerator, denominator);
  return { value, reason: null, inWords: `${percentInWords(value)} (${counts}, ${by}) ${span}` };
}
