import { addMonths, type CivilDate } from './civil-date.js';

/** A half-open span of days: from is inside, to is the first day outside (ruling 4). */
export interface Period {
  readonly id: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
}

export const contains = (period: { from: CivilDate; to: CivilDate }, date: CivilDate): boolean =>
  period.from <= date && date < period.to;

const QUARTER_OF_MONTH = [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4];

/** Calendar quarters from a first day up to an end, named by the year and quarter they start in: "2015-Q2". */
export function quarters(from: CivilDate, to: CivilDate): Period[] {
  const periods: Period[] = [];
  for (let index = 0; ; index += 1) {
    const start = addMonths(from, index * 3);
    if (start >= to) return periods;
    const end = addMonths(from, (index + 1) * 3);
    const quarter = QUARTER_OF_MONTH[Number(start.slice(5, 7)) - 1]!;
    periods.push({ id: `${start.slice(0, 4)}-Q${quarter}`, from: start, to: end < to ? end : to });
  }
}
