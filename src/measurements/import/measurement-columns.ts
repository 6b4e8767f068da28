import type { MeasurementInput } from '../../domain/outcomes/check-measurement.js';
import type { ColumnPlan, Header } from '../../platform/csv/csv-header.js';
import type { CsvScanner } from '../../platform/csv/csv-scanner.js';
import { textOf } from '../../platform/csv/record-text.js';
import { IMAGE_COLUMNS, type ImageColumn } from './row-image.js';

/** The columns of measurements.csv. */
export const MEASUREMENT_COLUMNS: ColumnPlan = {
  required: ['reference', 'metric', 'measured_on'],
  optional: [
    'time_point',
    'score',
    'status',
    'event',
    'ended_on',
    'attempt',
    'mode',
    'note',
    'correction_reason',
  ],
  prefix: 'item:',
};

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
    name.startsWith('item:') ? [{ id: name.slice(5), place }] : [],
  );
  return {
    columns: header.names.length,
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
