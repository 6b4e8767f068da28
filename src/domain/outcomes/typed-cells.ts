import { isCivilDate, isWrittenAsDay, whyNoDay, type CivilDate } from '../calendar/civil-date.js';
import { parseFraction, type Fraction } from '../money/fraction.js';
import type { Fault } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import { startsAsFormula } from './free-text.js';

/** Reads what people type into cells of files and fields of requests; what cannot be read is told as a fault. */

const MAX_PLAIN = /^\d{1,15}(\.\d{1,6})?$/;

/** A day; `missing` says what to give where it is blank. */
export function readDay(
  at: string,
  text: string,
  missing: string,
  faults: Fault[],
): CivilDate | null {
  if (text !== '') return readGivenDay(at, text, faults);
  faults.push({ at, code: 'DATE_MISSING', detail: missing });
  return null;
}

/** A day that is not left blank. */
export function readGivenDay(at: string, text: string, faults: Fault[]): CivilDate | null {
  if (isCivilDate(text)) return text;
  const code = isWrittenAsDay(text) && text < '1900' ? 'DATE_BEFORE_1900' : 'NOT_A_DATE';
  faults.push({ at, code, detail: whyNoDay(text) });
  return null;
}

/** The day, unless it is later than today, which is told as a fault. */
export function upToToday(
  at: string,
  day: CivilDate | null,
  today: CivilDate,
  faults: Fault[],
): CivilDate | null {
  if (day === null || day <= today) return day;
  const detail = `${day} has not come yet. Check the day and the year.`;
  faults.push({ at, code: 'DATE_IN_FUTURE', detail });
  return null;
}

/** A number written plainly, without sign, percent or thousands: "103", "12.5". */
export function readPlainNumber(
  at: string,
  text: string,
  what: string,
  faults: Fault[],
): Fraction | null {
  if (MAX_PLAIN.test(text)) return parseFraction(text);
  if (text === '') {
    const detail = `Give the ${what}. Blank is missing, not nought.`;
    faults.push({ at, code: 'NUMBER_MISSING', detail });
  } else {
    const detail = `"${excerpt(text)}" is no ${what}. Write a plain number of nought or more, such as 103 or 12.5, without signs or commas.`;
    faults.push({
      at,
      code: startsAsFormula(text) ? 'FORMULA_CELL' : 'NOT_A_PLAIN_NUMBER',
      detail,
    });
  }
  return null;
}

/** "recorded", which blank means too, or "void" for what is taken back. */
export function readStanding(text: string, faults: Fault[]): 'recorded' | 'void' | null {
  const standing = text.toLowerCase();
  if (standing === '' || standing === 'recorded') return 'recorded';
  if (standing === 'void') return 'void';
  const detail = `"${excerpt(text)}" is no status. Leave it blank, or write void to take it back.`;
  faults.push({ at: '/status', code: 'STATUS_UNKNOWN', detail });
  return null;
}
