import type { MeasurementInput } from '../../domain/outcomes/check-measurement.js';
import { isOfParticipants, type Metric } from '../../domain/outcomes/metric.js';
import type { ColumnPlan, Header, NeededColumn } from '../../platform/csv/csv-header.js';
import type { CsvScanner } from '../../platform/csv/csv-scanner.js';
import { textOf } from '../../platform/csv/record-text.js';
import { IMAGE_COLUMNS, type ImageColumn } from './row-image.js';

const OPTIONAL = [
  'time_point',
  'score',
  'status',
  'event',
  'ended_on',
  'attempt',
  'mode',
  'note',
  'correction_reason',
];

/** The columns of measurements.csv, in a contract that has these metrics. */
export const measurementColumns = (metrics: readonly Metric[]): ColumnPlan => ({
  required: ['reference', 'metric', 'measured_on'],
  optional: OPTIONAL,
  prefix: 'item:',
  needed: (names) => neededColumns(names, metrics),
});

const TIME_POINT: NeededColumn = {
  column: 'time_point',
  why: 'It says at which time point each score was taken.',
};
const SCORE: NeededColumn = {
  column: 'score',
  why: 'It holds the scores; a column for each answer ("item:...") would do as well.',
};
const EVENT: NeededColumn = {
  column: 'event',
  why: 'It holds the reference of each event or spell.',
};
/** Columns that only the rows of events and spells, or only those of scores, have a use for. */
const OF_SPELLS = ['ended_on'];
const OF_SCORES = ['time_point', 'score', 'status', 'attempt', 'mode'];

/** What a heading lacks without which no row could be right, neither of a score nor of an event or spell. */
function neededColumns(names: readonly string[], metrics: readonly Metric[]): NeededColumn[] {
  const kinds = metrics.filter(isOfParticipants).map(({ kind }) => kind);
  const hasScores = kinds.includes('score');
  const hasEvents = kinds.some((kind) => kind !== 'score');
  const forScores = neededForScores(names);
  const forEvents = names.includes('event') ? [] : [EVENT];
  if (!hasEvents) return hasScores ? forScores : [];
  if (!hasScores) return forEvents;
  if (forScores.length === 0 || forEvents.length === 0) return [];
  const isOfSpells = names.some((name) => OF_SPELLS.includes(name));
  const isOfScores = names.some((name) => OF_SCORES.includes(name) || isItem(name));
  if (isOfSpells && !isOfScores) return forEvents;
  return isOfScores ? forScores : [...forScores, ...forEvents].map(orTheOthers);
}

/** The score may be given by its answers; where there is none, a status says why. */
function neededForScores(names: readonly string[]): NeededColumn[] {
  const hasScore = names.some((name) => ['score', 'status'].includes(name) || isItem(name));
  return [...(names.includes('time_point') ? [] : [TIME_POINT]), ...(hasScore ? [] : [SCORE])];
}

const isItem = (name: string) => name.startsWith('item:');

/** Where the heading does not tell whether the file is of scores, or of events or spells. */
const orTheOthers = ({ column, why }: NeededColumn): NeededColumn => ({
  column,
  why: `${why} A file of ${column === 'event' ? 'scores' : 'events or spells'} can be without it.`,
});

/** What is sent of a row only where its file has this column; all else is sent always. */
const SENT_WITH: Readonly<Partial<Record<ImageColumn, string>>> = {
  mode: 'mode',
  status: 'status',
  version: 'correction_reason',
  note: 'note',
  ended_on: 'ended_on',
  correction_reason: 'correction_reason',
};

/** Where the columns of one file stand. */
export interface MeasurementPlaces {
  readonly columns: number;
  readonly header: Header;
  readonly reference: number;
  readonly measuredOn: number;
  /** Columns whose text is nearly always another: a row that has one is read by the long way. */
  readonly particular: readonly number[];
  /** All others, which together say what was found. */
  readonly common: readonly number[];
  /** What the rows of the file may need to be sent with. */
  readonly sent: readonly ImageColumn[];
  /** Reads the record that the scanner holds. */
  input(record: CsvScanner): MeasurementInput;
}

export function placesOf(header: Header): MeasurementPlaces {
  const at = (column: string) => header.place(column);
  const particular = ['event', 'ended_on', 'note', 'correction_reason']
    .map(at)
    .filter((place) => place >= 0);
  const apart = new Set([at('reference'), at('measured_on'), ...particular]);
  const all = header.names.map((_, place) => place);
  const items = header.names.flatMap((name, place) =>
    isItem(name) ? [{ id: name.slice(5), place }] : [],
  );
  return {
    columns: header.names.length,
    header,
    reference: at('reference'),
    measuredOn: at('measured_on'),
    particular,
    common: all.filter((place) => !apart.has(place)),
    sent: IMAGE_COLUMNS.filter((column) => {
      const own = SENT_WITH[column];
      return column === 'items' ? items.length > 0 : own === undefined || at(own) >= 0;
    }),
    input: (record) => ({
      metric: textOf(record, at('metric')),
      timePoint: textOf(record, at('time_point')),
      event: textOf(record, at('event')),
      measuredOn: textOf(record, at('measured_on')),
      endedOn: textOf(record, at('ended_on')),
      score: textOf(record, at('score')),
      items: Object.fromEntries(items.map(({ id, place }) => [id, textOf(record, place)])),
      status: textOf(record, at('status')),
      attempt: textOf(record, at('attempt')),
      mode: textOf(record, at('mode')),
      note: textOf(record, at('note')),
      correctionReason: textOf(record, at('correction_reason')),
    }),
  };
}
