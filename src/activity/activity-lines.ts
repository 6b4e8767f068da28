import { stringify } from 'csv-stringify/sync';
import { safeCell } from '../platform/csv/safe-cell.js';
import type { ActivityItem } from './activity-item.js';

export const ACTIVITY_FORMATS = ['csv', 'jsonl'] as const;
export type ActivityFormat = (typeof ACTIVITY_FORMATS)[number];

/** How exported acts are written: what comes first, then each page. */
export interface ActivityWriter {
  /** The format as an export's own entry calls it. */
  readonly name: string;
  readonly head: string;
  readonly page: (items: readonly ActivityItem[]) => string;
}

const COLUMNS: Readonly<Record<string, (item: ActivityItem) => string | null>> = {
  number: (item) => item.seq,
  recorded_at: (item) => item.recordedAt,
  effective_on: (item) => item.effectiveOn,
  type: (item) => item.type,
  person_id: (item) => item.personId,
  person: (item) => item.person,
  duty: (item) => item.duty,
  party: (item) => item.party,
  sentence: (item) => item.sentence,
  sealed: (item) => yesOrNo(item.sealed),
  witnessed: (item) => yesOrNo(item.witnessed),
  hash: (item) => item.hash,
};

const yesOrNo = (value: boolean): string => (value ? 'yes' : 'no');

/** RFC 4180: comma, CRLF, quotes where needed. */
const csv = (rows: readonly (readonly string[])[]): string =>
  stringify([...rows.map((row) => [...row])], { record_delimiter: 'windows' });

export const WRITERS: Readonly<Record<ActivityFormat, ActivityWriter>> = {
  csv: {
    name: 'CSV',
    head: csv([Object.keys(COLUMNS)]),
    page: (items) =>
      csv(items.map((item) => Object.values(COLUMNS).map((cell) => safeCell(cell(item) ?? '')))),
  },
  jsonl: {
    name: 'JSON Lines',
    head: '',
    page: (items) => items.map((item) => `${JSON.stringify(item)}\n`).join(''),
  },
};

/** The file in which activity is taken away. */
export const activityFile = (code: string, format: ActivityFormat) => ({
  name: `${code}-activity.${format}`,
  type:
    format === 'csv'
      ? 'text/csv; charset=utf-8; header=present'
      : 'application/jsonl; charset=utf-8',
});
