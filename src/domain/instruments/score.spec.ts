import { INSTRUMENTS } from './registry.js';
import type { Instrument, Item, Questionnaire } from './instrument.js';
import { parseScore, scoreItems, ScoreRefused, type ItemResponses } from './score.js';
import { scaleOf } from './scale.js';

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof ScoreRefused) return error.code;
    throw error;
  }
  return 'accepted';
};
const messageOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};
const read = (instrument: Instrument, text: string) => parseScore(scaleOf(instrument)!, text);
const score = (instrument: Instrument, responses: ItemResponses, subscale?: string) =>
  scoreItems(instrument, scaleOf(instrument, subscale)!, responses);

const ucla3 = INSTRUMENTS['ucla-3'];

describe('a typed score on the three-item scale', () => {
  it.each(['3', '4', '8', '9'])('%s is a score', (text) => {
    expect(read(ucla3, text)).toBe(text);
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
    expect(codeOf(() => read(ucla3, text))).toBe(code);
  });
});

describe('a typed score with decimals', () => {
  const attendance: Instrument = {
    kind: 'scale',
    id: 'attendance',
    version: '1',
    name: 'School attendance',
    min: '0',
    max: '100',
    decimals: 1,
    improvement: 'higher',
    unit: 'percent',
  };

  it.each([
    ['83.3', '83.3'],
    ['83.0', '83'],
    ['083', '83'],
    ['100.0', '100'],
    ['0', '0'],
  ])('%s is kept exactly, as %s', (text, kept) => {
    expect(read(attendance, text)).toBe(kept);
  });

  it.each([
    ['finer than the scale', '83.33', 'SCORE_NOT_A_NUMBER'],
    ['a comma', '83,3', 'SCORE_NOT_A_NUMBER'],
    ['a percent sign', '83.3%', 'SCORE_NOT_A_NUMBER'],
    ['a fraction', '5/6', 'SCORE_NOT_A_NUMBER'],
    ['a bare point', '83.', 'SCORE_NOT_A_NUMBER'],
    ['just above the scale', '100.1', 'SCORE_OUT_OF_RANGE'],
  ])('%s is refused: %s', (_name, text, code) => {
    expect(codeOf(() => read(attendance, text))).toBe(code);
  });

  it('is the converted one where answers are converted', () => {
    const { swemwbs } = INSTRUMENTS;
    expect(read(swemwbs, '19.98')).toBe('19.98');
    expect(read(swemwbs, '30.70')).toBe('30.7');
    expect(messageOf(() => read(swemwbs, '22'))).toBe(
      'SWEMWBS mental well-being scale (converted): 22 does not stand in its conversion table. If it is the sum of the answers, the score is 19.98.',
    );
    expect(codeOf(() => read(swemwbs, '22.22'))).toBe('SCORE_NOT_IN_TABLE');
  });
});

describe('the score of the answers', () => {
  const answers = (companionship: number, left_out: number, isolated: number) => ({
    companionship,
    left_out,
    isolated,
  });

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
    expect(codeOf(() => score(ucla3, responses))).toBe(code);
  });

  it('is refused where only the score is recorded', () => {
    expect(codeOf(() => score(INSTRUMENTS['sdq'], { '1': 2 }))).toBe('ITEM_UNKNOWN');
    expect(codeOf(() => score(INSTRUMENTS['sdq'], {}))).toBe('ITEMS_MISSING');
  });

  const options = [0, 1, 2, 3, 4].map((value) => ({ value }));
  const mood = (items: Item[], change: Partial<Questionnaire> = {}): Questionnaire => ({
    ...ucla3,
    name: 'Mood',
    min: '0',
    max: String(items.length * 4),
    items,
    ...change,
  });

  it('knows an answer that is missing from what every object has', () => {
    const scale = mood([
      { id: 'constructor', options },
      { id: 'calm', options },
    ]);
    expect(codeOf(() => score(scale, { calm: 1 }))).toBe('ITEMS_MISSING');
    expect(score(scale, { calm: 1, constructor: 2 })).toBe('3');
  });

  it('turns a reversed item round, and leaves out what may be missing', () => {
    const scale = mood(
      [
        { id: 'calm', options, reversed: true },
        { id: 'tense', options },
      ],
      { missing: { allowed: 1, score: 'sum' } },
    );
    expect(score(scale, { calm: 0, tense: 1 })).toBe('5');
    expect(score(scale, { calm: 4, tense: 1 })).toBe('1');
    expect(score(scale, { tense: 3 })).toBe('3');
    expect(codeOf(() => score(scale, {}))).toBe('ITEMS_MISSING');
  });

  it('stretches what was answered where the scale prorates, rounded to its decimals as it says', () => {
    const items = ['a', 'b', 'c', 'd'].map((id) => ({ id, options }));
    const prorated = (decimals: number, rounding?: 'down') =>
      mood(items, {
        decimals,
        missing: { allowed: 2, score: 'prorated', ...(rounding ? { rounding } : {}) },
      });
    const one = { a: 1, b: 2, c: 2 };
    expect(score(prorated(2), one)).toBe('6.67');
    expect(score(prorated(0), one)).toBe('7');
    expect(score(prorated(0, 'down'), one)).toBe('6');
    expect(score(prorated(2), { a: 1, b: 2 })).toBe('6');
    expect(score(prorated(2), { ...one, d: 0 })).toBe('5');
    expect(codeOf(() => score(prorated(2), { a: 1 }))).toBe('ITEMS_MISSING');
  });

  it('counts an item that is not in the total only in its subscale', () => {
    const scale = mood(
      [
        { id: 'calm', options },
        { id: 'kind', options, inTotal: false },
      ],
      {
        max: '4',
        subscales: [
          {
            id: 'kindness',
            name: 'kindness',
            items: ['kind'],
            missing: { allowed: 0, score: 'sum' },
            min: '0',
            max: '4',
            decimals: 0,
            improvement: 'higher',
          },
        ],
      },
    );
    expect(score(scale, { calm: 1, kind: 4 })).toBe('1');
    expect(score(scale, { calm: 1, kind: 4 }, 'kindness')).toBe('4');
    expect(codeOf(() => score(scale, { calm: 1 }, 'kindness'))).toBe('ITEMS_MISSING');
    expect(codeOf(() => score(scale, { calm: 1, kind: 9 }))).toBe('ANSWER_UNKNOWN');
  });
});
