import { addMonths, type CivilDate } from '../calendar/civil-date.js';
import { compare, formatFraction, isPositive, type Fraction } from '../money/fraction.js';
import type { Fault } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import { showingInvisible } from '../shared/invisible.js';
import { freeTextFault } from './free-text.js';
import type { Grain, Metric, RateMetric } from './metric.js';
import { readDay, readPlainNumber, readStanding } from './typed-cells.js';

/** A figure as a person wrote it, in a file or in a request; a blank text is the same as absent. */
export interface FigureInput {
  readonly metric: string;
  /** Blank where the metric counts one group only. */
  readonly group: string;
  readonly from: string;
  /** The first day after the span. */
  readonly to: string;
  readonly numerator: string;
  readonly denominator: string;
  /** Blank for the definition that is in force throughout the span. */
  readonly definition: string;
  /** "yes" where it was counted by a definition that is not in force for the span. */
  readonly definitionDiffers: string;
  /** Blank, "recorded", or "void" to take a figure back. */
  readonly status: string;
  readonly correctionReason: string;
}

/** What was counted, and by which definition. */
export interface Counted {
  readonly numerator: Fraction;
  readonly denominator: Fraction;
  readonly definition: string;
}

/** A figure that broke no rule of its own; whether it fits what is recorded is checked afterwards. */
export interface CheckedFigure {
  readonly metric: string;
  readonly group: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** Null where the figure is taken back. */
  readonly counted: Counted | null;
  readonly correctionReason: string | null;
}

export interface FigureCheck {
  /** Null when there are faults, which are added to the list. */
  read(input: FigureInput, faults: Fault[]): CheckedFigure | null;
}

/** Opens the check for the metrics of a contract. `today` is the London day: a span that is not over has no figure yet. */
export function openFigureCheck(metrics: readonly Metric[], today: CivilDate): FigureCheck {
  const rates = new Map(
    metrics.flatMap((metric) => (metric.kind === 'rate' ? [[metric.id, metric] as const] : [])),
  );
  const read = (input: FigureInput, faults: Fault[]): CheckedFigure | null => {
    const before = faults.length;
    const metric = readMetric(rates, metrics, input.metric, faults);
    const status = readStanding(input.status, faults);
    const correctionReason = readReason(input.correctionReason, faults);
    if (metric === null) return null;
    const group = readGroup(metric, input.group, faults);
    const span = readSpan(metric, input, today, faults);
    const counted =
      status === 'void' ? taken(input, faults) : readCounted(metric, span, input, faults);
    if (group === null || span === null || faults.length > before) return null;
    return { metric: metric.id, group, ...span, counted, correctionReason };
  };
  return { read: (input, faults) => showingInvisible(faults, input, () => read(input, faults)) };
}

const COLUMNS: Readonly<Record<string, string>> = {
  '/definitionDiffers': 'definition_differs',
  '/correctionReason': 'correction_reason',
};

/** The column of figures.csv that a fault's path means. */
export const figureColumn = (at: string): string => COLUMNS[at] ?? at.slice(1);

function readMetric(
  rates: ReadonlyMap<string, RateMetric>,
  metrics: readonly Metric[],
  text: string,
  faults: Fault[],
): RateMetric | null {
  const metric = rates.get(text);
  if (metric !== undefined) return metric;
  const other = metrics.find(({ id }) => id === text);
  const known = [...rates.keys()].join(', ') || 'none';
  const [code, detail] =
    text === ''
      ? ['METRIC_MISSING', `Name the metric. Rates of these terms: ${known}.`]
      : other !== undefined
        ? [
            'METRIC_NOT_A_RATE',
            `${other.label} is no rate, so no figure can be submitted for it. Rates of these terms: ${known}.`,
          ]
        : [
            'METRIC_UNKNOWN',
            `The terms have no metric "${excerpt(text)}". Rates of these terms: ${known}.`,
          ];
  faults.push({ at: '/metric', code, detail });
  return null;
}

function readGroup(metric: RateMetric, text: string, faults: Fault[]): string | null {
  const [first, ...others] = metric.groups;
  if (text === '' && others.length === 0) return first!;
  if (metric.groups.includes(text)) return text;
  const known = metric.groups.join(', ');
  const [code, why] =
    text === ''
      ? ['GROUP_MISSING', `${metric.label} is counted by group. Name it`]
      : ['GROUP_UNKNOWN', `${metric.label} has no group "${excerpt(text)}"`];
  faults.push({ at: '/group', code, detail: `${why}. It has: ${known}.` });
  return null;
}

interface Span {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

const MONTHS: Readonly<Record<Grain, number>> = { month: 1, quarter: 3, year: 12 };

/** A whole month, quarter or year, from the first of a month; a quarter or year may begin in any month. */
function readSpan(
  metric: RateMetric,
  input: FigureInput,
  today: CivilDate,
  faults: Fault[],
): Span | null {
  const from = readDay('/from', input.from, 'Give the first day of the span.', faults);
  const to = readDay('/to', input.to, 'Give the first day after the span.', faults);
  if (from === null || to === null) return null;
  if (!from.endsWith('-01')) {
    const detail = `${metric.label} is counted over a whole ${metric.grain}, which begins on the first of a month, not on ${from}.`;
    faults.push({ at: '/from', code: 'SPAN_NOT_WHOLE', detail });
    return null;
  }
  const end = addMonths(from, MONTHS[metric.grain]);
  if (to !== end) {
    const detail = `${metric.label} is counted over a whole ${metric.grain}. The first day after the one that begins on ${from} is ${end}, not ${to}.`;
    faults.push({ at: '/to', code: 'SPAN_NOT_WHOLE', detail });
    return null;
  }
  if (to > today) {
    const detail = `The ${metric.grain} that begins on ${from} is not over yet. Submit its figure from ${to} on.`;
    faults.push({ at: '/to', code: 'SPAN_NOT_OVER', detail });
    return null;
  }
  return { from, to };
}

function readCounted(
  metric: RateMetric,
  span: Span | null,
  input: FigureInput,
  faults: Fault[],
): Counted | null {
  const numerator = readPlainNumber('/numerator', input.numerator, 'numerator', faults);
  const denominator = readPlainNumber('/denominator', input.denominator, 'denominator', faults);
  const definition = span === null ? null : readDefinition(metric, span, input, faults);
  if (denominator !== null && !isPositive(denominator)) {
    const detail =
      'The denominator is nought, and a rate of nothing has no value. Submit no figure for this span.';
    faults.push({ at: '/denominator', code: 'DENOMINATOR_NOUGHT', detail });
    return null;
  }
  if (numerator === null || denominator === null) return null;
  if (metric.bounded && compare(numerator, denominator) > 0) {
    const detail = `${formatFraction(numerator)} of ${formatFraction(denominator)}: the part is larger than the whole. Check both.`;
    faults.push({ at: '/numerator', code: 'PART_LARGER_THAN_WHOLE', detail });
    return null;
  }
  return definition === null ? null : { numerator, denominator, definition };
}

/** The definition named, if it is in force on some day of the span or is said to differ; blank takes the only one. */
function readDefinition(
  metric: RateMetric,
  span: Span,
  { definition: text, definitionDiffers }: FigureInput,
  faults: Fault[],
): string | null {
  const refuse = (at: string, code: string, detail: string) => {
    faults.push({ at, code, detail });
    return null;
  };
  const differs = definitionDiffers.toLowerCase();
  if (!['', 'no', 'yes'].includes(differs))
    return refuse('/definitionDiffers', 'NOT_YES_OR_NO', 'Leave it blank, or write yes or no.');
  const inForce = definitionsDuring(metric, span);
  if (text === '') {
    const throughout = inForce.length === 1 && metric.definitions[0]!.from <= span.from;
    if (throughout && differs !== 'yes') return inForce[0]!;
    const known = metric.definitions.map(({ version }) => version).join(', ');
    return refuse(
      '/definition',
      'DEFINITION_MISSING',
      `Name the definition that ${metric.label} was counted by: ${known}.`,
    );
  }
  const named = metric.definitions.find(({ version }) => version === text);
  if (named === undefined) {
    const known = metric.definitions.map(({ version }) => version).join(', ');
    return refuse(
      '/definition',
      'DEFINITION_UNKNOWN',
      `${metric.label} has no definition "${excerpt(text)}". It has: ${known}.`,
    );
  }
  if (inForce.includes(text) || differs === 'yes') return text;
  return refuse(
    '/definition',
    'DEFINITION_NOT_IN_FORCE',
    `Definition "${text}" is not in force between ${span.from} and ${span.to}${inForce.length === 0 ? '' : ` ("${inForce.join('", "')}" is)`}. If it was counted by it all the same, write yes for the definition differing.`,
  );
}

/** Definitions in force on some day of the span, in their order. */
function definitionsDuring(metric: RateMetric, { from, to }: Span): string[] {
  return metric.definitions
    .filter((one, index) => {
      const next = metric.definitions[index + 1];
      return one.from < to && (next === undefined || next.from > from);
    })
    .map(({ version }) => version);
}

/** A figure that is taken back says why, and nothing else. */
function taken(input: FigureInput, faults: Fault[]): null {
  if (input.numerator !== '' || input.denominator !== '') {
    const detail = 'The figure is taken back, so it has no numbers. Leave one of them blank.';
    faults.push({ at: '/numerator', code: 'NUMBERS_NOT_FOR_VOID', detail });
  }
  if (input.correctionReason === '') {
    const detail = 'To take a figure back, say why in the correction reason.';
    faults.push({ at: '/correctionReason', code: 'VOID_NEEDS_REASON', detail });
  }
  return null;
}

function readReason(text: string, faults: Fault[]): string | null {
  if (text === '') return null;
  const fault = freeTextFault('/correctionReason', text);
  if (fault !== null) faults.push(fault);
  return text;
}
