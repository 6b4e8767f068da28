import type { CivilDate } from '../calendar/civil-date.js';
import type { Fault } from '../shared/domain-error.js';

/** How a measurement can contradict what is recorded, or what stands elsewhere in the same file, in words. */

/** "from 2015-06-02, still lasting", "from 2015-06-02, ended by 2015-09-01". */
export const spellInWords = (from: CivilDate, endedOn: CivilDate | null): string =>
  `from ${from}, ${endedOn === null ? 'still lasting' : `ended by ${endedOn}`}`;

export const differsFromRecorded = (recorded: string): Fault => ({
  at: '/correctionReason',
  code: 'DIFFERS_FROM_RECORDED',
  detail: `Something else is recorded: ${recorded}. If this is right, say why in the correction reason.`,
});

export const baselineTwice = (recorded: string): Fault => ({
  at: '/timePoint',
  code: 'BASELINE_TWICE',
  detail: `There is a baseline already: ${recorded}. If that one is wrong, say why in the correction reason.`,
});

export const nothingToCorrect = (): Fault => ({
  at: '/correctionReason',
  code: 'NOTHING_TO_CORRECT',
  detail: 'Nothing is recorded yet that this could correct. Leave the correction reason blank.',
});

export const followUpBeforeBaseline = (
  occurrence: string,
  followUpOn: string,
  baselineOn: string,
): Fault => ({
  at: '/measuredOn',
  code: 'FOLLOW_UP_BEFORE_BASELINE',
  detail: `${occurrence} is dated ${followUpOn}, before the baseline on ${baselineOn}. One of the two dates is wrong.`,
});

export const rowTwice = (firstRow: number): Fault => ({
  at: '/reference',
  code: 'ROW_TWICE',
  detail: `Row ${firstRow} says the same. Keep one of them.`,
});

export const occurrenceTwice = (firstRow: number, isBaseline: boolean): Fault => ({
  at: '/timePoint',
  code: isBaseline ? 'BASELINE_TWICE' : 'OCCURRENCE_TWICE',
  detail: isBaseline
    ? `Row ${firstRow} gives another baseline for this participant. Keep the right one.`
    : `Row ${firstRow} gives something else for the same. Keep the right one, or write 2 in the attempt column for a second attempt.`,
});

export const participantUnknown = (reference: string): Fault => ({
  at: '/reference',
  code: 'PARTICIPANT_UNKNOWN',
  detail: `No participant "${reference}" is enrolled. Check the reference, or import the participants first.`,
});
