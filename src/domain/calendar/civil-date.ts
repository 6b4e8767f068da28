import { Temporal } from 'temporal-polyfill';
import { DomainError } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import { remembered } from '../shared/remembered.js';

/** A day on the calendar, "2015-06-02", without a time or a zone. Dates compare as texts. */
export type CivilDate = string & { readonly __civilDate: unique symbol };

/** Thrown when a text is not a real day written year-month-day. */
export class NotADate extends DomainError {
  constructor(readonly text: string) {
    super({
      code: 'NOT_A_DATE',
      kind: 'invalid',
      detail: whyNoDay(text),
    });
  }
}

/** Why a text is no day: it is not written as one, no calendar has it, or it is outside of what is kept. */
export function whyNoDay(text: string): string {
  const year = SHAPE.exec(text)?.[1];
  if (year === undefined)
    return `"${excerpt(text)}" is not a date. Write it as year-month-day, such as 2015-06-02.`;
  if (year < '1900') return `${text} is before 1900. Check the year.`;
  if (year === '9999') return `${text} is later than any day that is kept. Check the year.`;
  return `There is no such day as ${text}. Check the day and the month.`;
}

/** Whether a text is written as a day, if not a real one. */
export const isWrittenAsDay = (text: string): boolean => SHAPE.test(text);

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Whether the text is a real day from 1900 to 9998; cheap enough to call for every row of a large file. */
export function isCivilDate(text: string): text is CivilDate {
  const match = SHAPE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1900 || year > 9998 || month < 1 || month > 12 || day < 1) return false;
  return day <= (month === 2 && isLeap(year) ? 29 : DAYS_IN_MONTH[month - 1]!);
}

export function civilDate(text: string): CivilDate {
  if (!isCivilDate(text)) throw new NotADate(text);
  return text;
}

/**
 * How months are added. A term of the contract; the corresponding date is the default (ruling 3). end-of-month differs
 * only for the last day of a month, which becomes the last day again: a month from 28 February is 31 March.
 */
export const MONTH_RULES = ['corresponding-date', 'end-of-month'] as const;
export type MonthRule = (typeof MONTH_RULES)[number];

const correspondingDate = remembered(
  (date: CivilDate, months: number): CivilDate =>
    Temporal.PlainDate.from(date)
      .add({ months }, { overflow: 'constrain' })
      .toString() as CivilDate,
);

const endOfMonth = remembered((date: CivilDate, months: number): CivilDate => {
  const day = Temporal.PlainDate.from(date);
  if (day.day !== day.daysInMonth) return correspondingDate(date, months);
  const corresponding = Temporal.PlainDate.from(correspondingDate(date, months));
  return corresponding.with({ day: corresponding.daysInMonth }).toString() as CivilDate;
});

/**
 * The corresponding date: the same day of the month, or the month's last day where it is too short
 * (Dodds v Walker [1981]). 4 months from 30 September is 30 January; 6 months from 31 August is 28 or 29 February.
 * Always counted from the original date: stepping month by month would lose days.
 */
export const addMonths = (
  date: CivilDate,
  months: number,
  rule: MonthRule = 'corresponding-date',
): CivilDate =>
  rule === 'end-of-month' ? endOfMonth(date, months) : correspondingDate(date, months);

export const addDays = remembered(
  (date: CivilDate, days: number): CivilDate =>
    Temporal.PlainDate.from(date).add({ days }).toString() as CivilDate,
);

/** Whole days from one date to a later one; negative when the second is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;

/** The London day on which an instant falls (ruling 4). */
export const londonDateOf = (instant: Date): CivilDate =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO('Europe/London')
    .toPlainDate()
    .toString() as CivilDate;
