import { civilDate } from '../calendar/civil-date.js';
import type { Fault } from '../shared/domain-error.js';
import {
  baselineTwice,
  differsFromRecorded,
  followUpBeforeBaseline,
  nothingToCorrect,
  occurrenceTwice,
  participantUnknown,
  rowTwice,
  spellInWords,
} from './measurement-conflicts.js';

describe('a measurement that contradicts another', () => {
  it.each<[string, () => Fault, string]>([
    [
      'is recorded differently',
      () => differsFromRecorded('6 on 2015-12-10'),
      '/correctionReason DIFFERS_FROM_RECORDED: Something else is recorded: 6 on 2015-12-10. If this is right, say why in the correction reason.',
    ],
    [
      'is a second baseline',
      () => baselineTwice('8 on 2015-06-02'),
      '/timePoint BASELINE_TWICE: There is a baseline already: 8 on 2015-06-02. If that one is wrong, say why in the correction reason.',
    ],
    [
      'corrects nothing',
      () => nothingToCorrect(),
      '/correctionReason NOTHING_TO_CORRECT: Nothing is recorded yet that this could correct. Leave the correction reason blank.',
    ],
    [
      'comes before the baseline',
      () => followUpBeforeBaseline('6m', '2015-05-01', '2015-06-02'),
      '/measuredOn FOLLOW_UP_BEFORE_BASELINE: 6m is dated 2015-05-01, before the baseline on 2015-06-02. One of the two dates is wrong.',
    ],
    [
      'stands in two rows',
      () => rowTwice(4),
      '/reference ROW_TWICE: Row 4 says the same. Keep one of them.',
    ],
    [
      'is another baseline in the same file',
      () => occurrenceTwice(4, true),
      '/timePoint BASELINE_TWICE: Row 4 gives another baseline for this participant. Keep the right one.',
    ],
    [
      'is another follow-up in the same file',
      () => occurrenceTwice(4, false),
      '/timePoint OCCURRENCE_TWICE: Row 4 gives something else for the same. Keep the right one, or write 2 in the attempt column for a second attempt.',
    ],
    [
      'is of nobody',
      () => participantUnknown('P-0009'),
      '/reference PARTICIPANT_UNKNOWN: No participant "P-0009" is enrolled. Check the reference, or import the participants first.',
    ],
  ])('%s', (_, fault, told) => {
    const { at, code, detail } = fault();
    expect(`${at} ${code}: ${detail}`).toBe(told);
  });

  it('tells of a spell whether it lasts', () => {
    const from = civilDate('2015-06-02');
    expect(spellInWords(from, null)).toBe('from 2015-06-02, still lasting');
    expect(spellInWords(from, civilDate('2015-09-01'))).toBe(
      'from 2015-06-02, ended by 2015-09-01',
    );
  });
});
