import type { Instrument } from '../instruments/instrument.js';
import { instrumentsBy } from '../instruments/registry.js';
import { scaleOf } from '../instruments/scale.js';
import type { Fault } from '../shared/domain-error.js';
import { givenAnswers, noScore, readScore } from './read-score.js';

const DAYS_OUT: Instrument = {
  kind: 'scale',
  id: 'days-out',
  version: '1',
  name: 'Days out of the house',
  min: '-7',
  max: '7',
  decimals: 2,
  improvement: 'higher',
  unit: 'days',
};
const ITEMS = { companionship: '2', left_out: '1', isolated: '3' };

/** The score and the answers, or what a person is told. */
function read(id: string, text: string, items: Record<string, string> = {}) {
  const faults: Fault[] = [];
  const instrument = instrumentsBy([DAYS_OUT]).get(id)!;
  const measured = { instrument, scale: scaleOf(instrument)! };
  const scored = readScore(measured, text, givenAnswers(items), faults);
  if (faults.length === 0) return scored;
  expect(scored).toEqual({ value: null, items: null });
  return faults.map(({ at, code, detail }) => `${at} ${code}: ${detail}`).join('\n');
}

describe('a score', () => {
  it.each([
    ['ucla-3', '9', '9'],
    ['days-out', '0', '0'],
    ['days-out', '0.0', '0'],
    ['days-out', '-3', '-3'],
    ['days-out', '-0.05', '-0.05'],
    ['days-out', '3.50', '3.5'],
  ])('on %s may be %s', (id, text, value) =>
    expect(read(id, text)).toEqual({ value, items: null }),
  );

  it('may come with its answers, blank ones left out', () => {
    const items = { companionship: 2, left_out: 1, isolated: 3 };
    expect(read('ucla-3', '', { ...ITEMS, other: '' })).toEqual({ value: '6', items });
    expect(read('ucla-3', '6', ITEMS)).toEqual({ value: '6', items });
  });

  it.each<[string, string, string, Record<string, string>, string]>([
    [
      'blank',
      'ucla-3',
      '',
      {},
      '/score SCORE_MISSING: The score is blank. Blank is missing, not nought; if it was declined write declined in the status column.',
    ],
    [
      'a nought below nought',
      'ucla-3',
      '-0',
      {},
      '/score SCORE_NOT_A_WHOLE_NUMBER: "-0" is not a score. Write nought as 0.',
    ],
    [
      'noughts below nought, with decimals',
      'days-out',
      '-00.00',
      {},
      '/score SCORE_NOT_A_NUMBER: "-00.00" is not a score. Write nought as 0.',
    ],
    [
      'a nought after something else',
      'ucla-3',
      '3-0',
      {},
      '/score SCORE_NOT_A_WHOLE_NUMBER: UCLA three-item loneliness scale: "3-0" is not a whole number. Write digits from 3 to 9.',
    ],
    [
      'not what the answers add up to',
      'ucla-3',
      '7',
      ITEMS,
      '/score SCORE_DISAGREES_WITH_ITEMS: The score is 7 but the answers add up to 6. Check both.',
    ],
    [
      'not what the answers are converted to',
      'swemwbs',
      '19.25',
      { 1: '3', 2: '3', 3: '3', 4: '3', 5: '3', 6: '3', 7: '4' },
      '/score SCORE_DISAGREES_WITH_ITEMS: The score is 19.25 but the answers come to 19.98. Check both.',
    ],
    ...['often', '2.0', '-0', '-01', '-1234', '12345', '2x', 'x2'].map(
      (answer): [string, string, string, Record<string, string>, string] => [
        `made of the answer ${answer}`,
        'ucla-3',
        '',
        { ...ITEMS, left_out: answer },
        `/items/left_out ANSWER_NOT_A_NUMBER: "${answer}" is not the number of an answer.`,
      ],
    ),
  ])('may not be %s', (_, id, text, items, sentence) =>
    expect(read(id, text, items)).toBe(sentence),
  );

  it.each(['-123', '1234', '-1'])(
    'may not be made of the answer %s, which is no option',
    (answer) =>
      expect(read('ucla-3', '', { ...ITEMS, left_out: answer })).toMatch(
        /^\/items ANSWER_UNKNOWN: /,
      ),
  );
});

describe('a measurement without a score', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['', {}, []],
    ['6', {}, ['declined']],
    ['', ITEMS, ['declined']],
  ])('of the score "%s" and the answers %j', (text, items, statuses) => {
    const faults: Fault[] = [];
    expect(noScore('declined', text, givenAnswers(items), faults)).toEqual({
      value: null,
      items: null,
    });
    expect(faults).toEqual(
      statuses.map((status) => ({
        at: '/score',
        code: 'SCORE_NOT_FOR_STATUS',
        detail: `The status is ${status}, so there is no score. Leave one of them blank.`,
      })),
    );
  });
});
