import { z } from 'zod';
import { addDays, addMonths, type CivilDate, type MonthRule } from '../calendar/civil-date.js';
import type { Fault } from '../shared/domain-error.js';

/** How long something lasts or must last, in the one unit that the agreement names. */
export const lengthShape = {
  months: z.int().min(0).max(600).optional().describe('So many months.'),
  weeks: z.int().min(0).max(2600).optional().describe('So many weeks.'),
  days: z.int().min(0).max(18_300).optional().describe('So many days.'),
};
export const lengthSchema = z
  .strictObject(lengthShape)
  .describe('A length of time: months, weeks or days, one of them.');
export type Length = z.infer<typeof lengthSchema>;

export function lengthFaults(at: string, { months, weeks, days }: Length): Fault[] {
  if ([months, weeks, days].filter((given) => given !== undefined).length === 1) return [];
  const detail = 'Give the length once: in months, in weeks or in days.';
  return [{ at, code: 'LENGTH_UNCLEAR', detail }];
}

/** How many days it is; null for months, which have no fixed number. No months at all are no days. */
export function daysOf({ months, weeks, days }: Length): number | null {
  if (months !== undefined) return months === 0 ? 0 : null;
  return weeks !== undefined ? weeks * 7 : (days ?? 0);
}

/** The first day after a length that begins on a day. Months are counted to the corresponding date. */
export function dayAfter(from: CivilDate, length: Length, rule: MonthRule): CivilDate {
  const days = daysOf(length);
  return days === null ? addMonths(from, length.months!, rule) : addDays(from, days);
}

export function lengthInWords({ months, weeks, days }: Length): string {
  const [count, unit] =
    months !== undefined
      ? [months, 'month']
      : weeks !== undefined
        ? [weeks, 'week']
        : [days ?? 0, 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
