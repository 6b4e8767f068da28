import { fraction, type Fraction } from '../money/fraction.js';
import { isShowable, publishedCount, rounded } from './count.js';

/** Why somebody who was due was not measured in time. */
export const NOT_MEASURED = ['late', 'missed', 'declined', 'couldNotCollect'] as const;
export type NotMeasured = (typeof NOT_MEASURED)[number];

/** How many were followed up of one clause, time point and cohort: exact counts. */
export interface FollowUpCell extends Readonly<Record<NotMeasured, number>> {
  readonly clause: string;
  readonly timePoint: string;
  readonly cohort: string;
  readonly measured: number;
  readonly excluded: number;
}

/** The same as it is published. Every count is a multiple of 5, or null where it is of 0 to 7 people. */
export interface PublishedFollowUp {
  readonly clause: string;
  readonly timePoint: string;
  /** null where cohorts are joined. */
  readonly cohort: string | null;
  readonly measured: number | null;
  readonly notMeasured: number | null;
  /** The four reasons of `notMeasured`, shown only where each is large enough: one that is missing could be worked out. */
  readonly reasons: Readonly<Record<NotMeasured, number>> | null;
  readonly excluded: number | null;
  /** The sum of the rounded counts that are shown; null where neither is. Never the rounded sum of exact ones. */
  readonly due: number | null;
  /** From the rounded counts; null unless both parts of it are shown. */
  readonly rate: Fraction | null;
}

/**
 * Follow-up as it may be published: cohorts of a clause and time point stay apart only where in each of them the measured
 * and the not measured are at least 8, and are joined otherwise.
 */
export function publishedFollowUp(
  cells: readonly FollowUpCell[],
  cohorts: readonly string[],
): PublishedFollowUp[] {
  const places = new Map<string, FollowUpCell[]>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.clause, cell.timePoint]);
    places.set(key, [...(places.get(key) ?? []), cell]);
  }
  return [...places.values()].flatMap((place) => rowsOf(place, cohorts));
}

function rowsOf(place: readonly FollowUpCell[], cohorts: readonly string[]): PublishedFollowUp[] {
  const apart = cohorts.map((cohort) => place.filter((cell) => cell.cohort === cohort));
  const isApart =
    cohorts.length > 1 &&
    place.every(({ cohort }) => cohorts.includes(cohort)) &&
    apart.every((cells) => isShowable(measuredOf(cells)) && isShowable(notMeasuredOf(cells)));
  return isApart
    ? apart.map((cells, index) => rowOf(cells, cohorts[index]!))
    : [rowOf(place, null)];
}

function rowOf(cells: readonly FollowUpCell[], cohort: string | null): PublishedFollowUp {
  const { clause, timePoint } = cells[0]!;
  const measured = publishedCount(measuredOf(cells));
  const reasons = reasonsOf(cells);
  const notMeasured =
    reasons === null
      ? publishedCount(notMeasuredOf(cells))
      : NOT_MEASURED.reduce((total, reason) => total + reasons[reason], 0);
  const due =
    measured === null && notMeasured === null ? null : (measured ?? 0) + (notMeasured ?? 0);
  return {
    clause,
    timePoint,
    cohort,
    measured,
    notMeasured,
    reasons,
    excluded: publishedCount(sumOf(cells, 'excluded')),
    due,
    rate:
      measured === null || notMeasured === null
        ? null
        : fraction(BigInt(measured), BigInt(measured + notMeasured)),
  };
}

/** The reasons apart, rounded, where each is large enough; otherwise null. */
function reasonsOf(cells: readonly FollowUpCell[]): Record<NotMeasured, number> | null {
  const counts = NOT_MEASURED.map((reason) => [reason, sumOf(cells, reason)] as const);
  if (!counts.every(([, count]) => isShowable(count))) return null;
  return Object.fromEntries(counts.map(([reason, count]) => [reason, rounded(count)])) as Record<
    NotMeasured,
    number
  >;
}

const measuredOf = (cells: readonly FollowUpCell[]): number => sumOf(cells, 'measured');
const notMeasuredOf = (cells: readonly FollowUpCell[]): number =>
  NOT_MEASURED.reduce((total, reason) => total + sumOf(cells, reason), 0);
const sumOf = (
  cells: readonly FollowUpCell[],
  count: NotMeasured | 'measured' | 'excluded',
): number => cells.reduce((total, cell) => total + cell[count], 0);
