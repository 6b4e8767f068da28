import fc from 'fast-check';
import {
  addDays,
  addMonths,
  civilDate,
  daysBetween,
  isCivilDate,
  type CivilDate,
} from './civil-date.js';

/** An oracle that shares nothing with the calendar under test: counting on JavaScript's proleptic UTC days. */
const utc = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day));
const text = (date: Date) => date.toISOString().slice(0, 10);
const DAY = 86_400_000;

/** The corresponding date by its definition: the same day of the month, else the last day that month has. */
function corresponding(date: Date, months: number): string {
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0));
  const day = Math.min(date.getUTCDate(), lastOfMonth.getUTCDate());
  return text(new Date(Date.UTC(lastOfMonth.getUTCFullYear(), lastOfMonth.getUTCMonth(), day)));
}

const FIRST = utc(1900, 1, 1);
const FOUR_HUNDRED_YEARS = 146_097; // days in any four hundred years of this calendar
const anyDay = fc.nat(FOUR_HUNDRED_YEARS - 1).map((n) => new Date(FIRST.getTime() + n * DAY));

describe('the calendar over four hundred years', () => {
  it('knows every day of them', () => {
    for (let n = 0; n < FOUR_HUNDRED_YEARS; n += 1) {
      const written = text(new Date(FIRST.getTime() + n * DAY));
      if (!isCivilDate(written)) throw new Error(`${written} is not known`);
    }
  });

  it('finds the corresponding date of every day that some month lacks, and of many others', () => {
    for (let n = 0; n < FOUR_HUNDRED_YEARS; n += 1) {
      const date = new Date(FIRST.getTime() + n * DAY);
      if (date.getUTCDate() < 29 && n % 11 !== 0) continue;
      const months = 1 + ((n * 7) % 60); // 7 and 60 share no factor, so every count of months comes round
      const found = addMonths(text(date) as CivilDate, months);
      if (found !== corresponding(date, months))
        throw new Error(`${text(date)} and ${months} months is not ${found}`);
    }
  });

  it('finds the corresponding date of any day, any months on', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (date, months) => {
        expect(addMonths(civilDate(text(date)), months)).toBe(corresponding(date, months));
      }),
      { numRuns: 2000 },
    );
  });

  it('counts days as the sun does', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
        const other = text(new Date(date.getTime() + days * DAY)) as CivilDate;
        expect(addDays(civilDate(text(date)), days)).toBe(other);
        expect(daysBetween(civilDate(text(date)), other)).toBe(days);
      }),
    );
  });

  it('refuses every text that the oracle would have to bend into a day', () => {
    const two = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, '0'));
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2300 }), two, two, (year, month, day) => {
        const written = `${year}-${month}-${day}`;
        expect(isCivilDate(written)).toBe(text(utc(year, Number(month), Number(day))) === written);
      }),
      { numRuns: 3000 },
    );
  });
});
