import { z } from 'zod';
import { addDays, addMonths, type CivilDate, type MonthRule } from '../calendar/civil-date.js';

/** A moment at which a score is due, counted from the participant's start, with the window in which it counts. */
export const timePointSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, 'Write lower-case letters, digits and hyphens.')
      .describe('Short name used in uploads and lines: baseline, 6m, 18m.'),
    label: z.string().min(1).describe('What people call it: "6 months".'),
    months: z.int().min(0).max(600).describe('Months from the start date to the target date.'),
    opensDays: z
      .int()
      .min(-3660)
      .max(3660)
      .describe('First day of the window, in days from the target; negative is before.'),
    closesDays: z
      .int()
      .min(-3660)
      .max(3660)
      .describe('Last day of the window, in days from the target.'),
  })
  .describe('A time point of the measurement schedule.');

export type TimePoint = z.infer<typeof timePointSchema>;

/** The days on which a measurement counts for a time point; both ends are inside. */
export interface Window {
  readonly opensOn: CivilDate;
  readonly targetOn: CivilDate;
  readonly closesOn: CivilDate;
}

/** Where a participant's window falls. Months are always counted from the start date itself. */
export function windowOf(startedOn: CivilDate, timePoint: TimePoint, rule: MonthRule): Window {
  const targetOn = addMonths(startedOn, timePoint.months, rule);
  return {
    opensOn: addDays(targetOn, timePoint.opensDays),
    targetOn,
    closesOn: addDays(targetOn, timePoint.closesDays),
  };
}

export const isInside = (window: Window, date: CivilDate): boolean =>
  window.opensOn <= date && date <= window.closesOn;
