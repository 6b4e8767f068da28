import { isCivilDate, type CivilDate } from '../calendar/civil-date.js';
import type { Fault } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import type { MeasurementInput } from './measurement-finding.js';
import type { ParticipantMetric } from './metric.js';

/** The first day after a spell; null where none is given, or where the one that is given is refused. */
export function readEnd(
  metric: ParticipantMetric | undefined,
  { endedOn, status }: MeasurementInput,
  { measuredOn, today }: { measuredOn: CivilDate | null; today: CivilDate },
  faults: Fault[],
): CivilDate | null {
  if (endedOn === '') return null;
  const refuse = (code: string, detail: string) => {
    faults.push({ at: '/endedOn', code, detail });
    return null;
  };
  if (metric !== undefined && metric.kind !== 'spell')
    return refuse('END_ONLY_FOR_SPELLS', `${metric.label} is of one day. Leave the end blank.`);
  if (status.toLowerCase() === 'void')
    return refuse('END_NOT_FOR_STATUS', 'What is taken back has no end. Leave the end blank.');
  const read = readDay('/endedOn', endedOn, today, faults);
  if (read === null || measuredOn === null || read > measuredOn) return read;
  return refuse(
    'ENDED_BEFORE_STARTED',
    `It begins on ${measuredOn}, so the first day after it cannot be ${read}. Check both.`,
  );
}

/** A day that has come, on or after 1900; null where it is refused. */
export function readDay(
  at: string,
  text: string,
  today: CivilDate,
  faults: Fault[],
): CivilDate | null {
  const refuse = (code: string, detail: string) => {
    faults.push({ at, code, detail });
    return null;
  };
  if (!isCivilDate(text)) {
    if (/^(0\d{3}|1[0-8]\d\d)-\d\d-\d\d$/.test(text))
      return refuse('DATE_BEFORE_1900', `${text} is before 1900. Check the year.`);
    const shape = 'Write it as year-month-day, such as 2015-06-02.';
    return refuse('NOT_A_DATE', `"${excerpt(text)}" is not a date. ${shape}`);
  }
  if (text > today)
    return refuse('DATE_IN_FUTURE', `${text} has not come yet. Check the day and the year.`);
  return text;
}
