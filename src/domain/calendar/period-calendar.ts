import { z } from 'zod';
import { civilDate, type CivilDate } from './civil-date.js';
import { day } from './civil-date.schema.js';
import { quarters, type Period } from './period.js';

/** When payments are reckoned: calendar quarters over the life of the contract, or a list of irregular claim windows. */
export const periodCalendarSchema = z.discriminatedUnion('type', [
  z
    .strictObject({ type: z.literal('quarters'), from: day })
    .describe('Quarters, from a first day to the end of the contract.'),
  z
    .strictObject({
      type: z.literal('list'),
      periods: z
        .array(
          z.strictObject({
            id: z
              .string()
              .regex(
                /^[A-Za-z0-9][A-Za-z0-9-]*$/,
                'Write letters, digits and hyphens, such as 2013-07.',
              )
              .describe('The name of the window: "2013-07".'),
            from: day.describe('First day inside.'),
            to: day.describe('First day after.'),
          }),
        )
        .min(1),
    })
    .describe('Claim windows as agreed, however irregular.'),
]);
export type PeriodCalendar = z.infer<typeof periodCalendarSchema>;

/** The periods of a contract in order. Quarters run to the contract's end. */
export function periodsOf(calendar: PeriodCalendar, contractEnd: CivilDate): Period[] {
  if (calendar.type === 'quarters') return quarters(civilDate(calendar.from), contractEnd);
  return calendar.periods.map(({ id, from, to }) => ({
    id,
    from: civilDate(from),
    to: civilDate(to),
  }));
}
