import fc from 'fast-check';
import type { Instrument } from './instrument.js';
import { parseScore, scoreItems, ScoreRefused } from './score.js';
import { ucla3 } from './ucla-3.js';

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof ScoreRefused) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('a typed score on the three-item scale', () => {
  it.each(['3', '4', '8', '9'])('%s is a score', (text) => {
    expect(parseScore(ucla3, text)).toBe(Number(text));
  });

  it.each([
    ['below the scale', '2', 'SCORE_OUT_OF_RANGE'],
    ['above the scale', '10', 'SCORE_OUT_OF_RANGE'],
    ['nought', '0', 'SCORE_OUT_OF_RANGE'],
    ['a negative', '-3', 'SCORE_OUT_OF_RANGE'],
    ['a blank, which is missing and not nought', '', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['a space', ' ', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['a decimal', '6.5', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['a decimal that is whole', '6.0', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['scientific notation', '1e3', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['not a number', 'NaN', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['infinity', 'Infinity', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['hexadecimal', '0x6', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['a formula', '=3+3', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['a plus sign', '+6', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['full-width digits', '６', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['Arabic digits', '٦', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['a line end', '6\n', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['a NUL byte', '6\0', 'SCORE_NOT_A_WHOLE_NUMBER'],
    ['a word', 'six', 'SCORE_NOT_A_WHOLE_NUMBER'],
  ])('%s is refused: %j', (_name, text, code) => {
    expect(codeOf(() => parseScore(ucla3, text))).toBe(code);
  });
});

describe('the total of the answers', () => {
  const answers = (companionship: number, left_out: number, isolated: number) => ({
    companionship,
    left_out,
    isolated,
  });

  it.each([
    [answers(1, 1, 1), 3],
    [answers(1, 2, 3), 6],
    [answers(3, 3, 3), 9],
  ])('%j is %i', (responses, total) => expect(scoreItems(ucla3, responses)).toBe(total));

  it.each([
    ['one answer is missing', { companionship: 1, left_out: 2 }, 'ITEMS_MISSING'],
    ['nothing is answered', {}, 'ITEMS_MISSING'],
    ['an answer is no option', answers(1, 2, 4), 'ANSWER_UNKNOWN'],
    ['an answer is between two options', answers(1, 2, 1.5), 'ANSWER_UNKNOWN'],
    ['an answer is not a number', answers(1, 2, Number.NaN), 'ANSWER_UNKNOWN'],
    ['an item is unknown', { ...answers(1, 1, 1), lonely: 3 }, 'ITEM_UNKNOWN'],
    [
      'an item is named like a property of every object',
      { ...answers(1, 1, 1), constructor: 1 },
      'ITEM_UNKNOWN',
    ],
  ])('is refused where %s', (_name, responses, code) => {
    expect(codeOf(() => scoreItems(ucla3, responses))).toBe(code);
  });

  it('is always a score of the scale', () => {
    const option = fc.integer({ min: 1, max: 3 });
    fc.assert(
      fc.property(option, option, option, (a, b, c) => {
        const total = scoreItems(ucla3, answers(a, b, c));
        expect(parseScore(ucla3, String(total))).toBe(a + b + c);
      }),
    );
  });

  it('turns a reversed item round, and leaves out what may be missing', () => {
    const options = [0, 1, 2, 3, 4].map((value) => ({ value, text: String(value) }));
    const scale: Instrument = {
      ...ucla3,
      items: [
        { id: 'calm', options, reversed: true },
        { id: 'tense', options },
      ],
      missingItemsAllowed: 1,
    };
    expect(scoreItems(scale, { calm: 0, tense: 1 })).toBe(5);
    expect(scoreItems(scale, { calm: 4, tense: 1 })).toBe(1);
    expect(scoreItems(scale, { tense: 3 })).toBe(3);
    expect(codeOf(() => scoreItems(scale, {}))).toBe('ITEMS_MISSING');
  });
});
