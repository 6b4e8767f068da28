import { questionnaireSchema, plainScaleSchema } from './instrument.schema.js';
import type { Instrument, Questionnaire } from './instrument.js';
import { INSTRUMENTS, instrumentOf, instrumentsBy, isBuiltIn } from './registry.js';
import { scaleOf } from './scale.js';
import { parseScore, scoreItems, ScoreRefused, type ItemResponses } from './score.js';

const refusalOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ScoreRefused)) throw error;
    return `${error.kind} ${error.code} ${error.message}`;
  }
  return 'accepted';
};
const attendance = plainScaleSchema.parse({
  kind: 'scale',
  id: 'attendance',
  name: 'Attendance',
  min: '0',
  max: '100',
  decimals: 2,
  improvement: 'higher',
  unit: 'percent',
});
const typed = (instrument: Instrument, text: string) =>
  refusalOf(() => parseScore(scaleOf(instrument)!, text));
const answered = (instrument: Instrument, responses: ItemResponses, subscale?: string) =>
  refusalOf(() => scoreItems(instrument, scaleOf(instrument, subscale)!, responses));

const { swemwbs, sdq, 'ucla-3': ucla3, 'de-jong-gierveld-6': loneliness } = INSTRUMENTS;
const UCLA = 'UCLA three-item loneliness scale';

describe('a score that is refused', () => {
  it.each<[string, Instrument, string, string]>([
    [
      'no whole number where scores are whole',
      ucla3,
      'six',
      `invalid SCORE_NOT_A_WHOLE_NUMBER ${UCLA}: "six" is not a whole number. Write digits from 3 to 9.`,
    ],
    [
      'outside the bounds',
      ucla3,
      '10',
      `invalid SCORE_OUT_OF_RANGE ${UCLA}: 10 is outside 3 to 9.`,
    ],
    [
      'finer than the scale',
      attendance,
      '83.125',
      'invalid SCORE_NOT_A_NUMBER Attendance: "83.125" is not a score. ' +
        'Write digits from 0 to 100, with at most 2 after the point.',
    ],
    [
      'finer than the scale, with a nought in between',
      attendance,
      '83.303',
      'invalid SCORE_NOT_A_NUMBER Attendance: "83.303" is not a score. ' +
        'Write digits from 0 to 100, with at most 2 after the point.',
    ],
    [
      'in no line of the conversion table',
      swemwbs,
      '22.22',
      'invalid SCORE_NOT_IN_TABLE SWEMWBS mental well-being scale (converted): 22.22 does not ' +
        'stand in its conversion table. Give the score that stands in the table, or the answers.',
    ],
  ])('because it is %s', (_why, instrument, text, words) =>
    expect(typed(instrument, text)).toBe(words),
  );

  it('is not one with noughts at its end, as spreadsheets write them', () => {
    expect(parseScore(scaleOf(attendance)!, '83.3000')).toBe('83.3');
  });
});

describe('answers that are refused', () => {
  it.each<[string, Instrument, ItemResponses, string]>([
    [
      'to a question that is not asked',
      ucla3,
      { companionship: 1, left_out: 1, isolated: 1, lonely: 3 },
      `invalid ITEM_UNKNOWN ${UCLA}: there is no item "lonely".`,
    ],
    [
      'that nobody could choose',
      ucla3,
      { companionship: 1, left_out: 1, isolated: 7 },
      `invalid ANSWER_UNKNOWN ${UCLA}: item "isolated" has no answer with value 7.`,
    ],
    [
      'too few',
      ucla3,
      { companionship: 1 },
      `invalid ITEMS_MISSING ${UCLA}: 2 of 3 answers are missing; at most 0 may be.`,
    ],
    [
      'where only the score is recorded',
      sdq,
      {},
      `invalid ITEMS_MISSING ${sdq.name}: its answers are not kept here. Give the score.`,
    ],
  ])('%s', (_why, instrument, responses, words) =>
    expect(answered(instrument, responses)).toBe(words),
  );

  it('are none at all, even where every one may be missing', () => {
    const lenient: Questionnaire = { ...ucla3, missing: { allowed: 3, score: 'sum' } };
    expect(answered(lenient, {})).toBe(
      `invalid ITEMS_MISSING ${UCLA}: 3 of 3 answers are missing; at most 3 may be.`,
    );
  });

  it('name the subscale that they were to be scored on', () => {
    expect(answered(loneliness, { 'item-3': 1 }, 'emotional')).toBe(
      `invalid ITEMS_MISSING ${loneliness.name}: emotional loneliness: ` +
        '2 of 3 answers are missing; at most 0 may be.',
    );
  });

  it('add up to a sum that a faulty table has no score for', () => {
    const faulty: Questionnaire = {
      ...ucla3,
      conversion: [
        { raw: 3, score: '3' },
        { raw: 9, score: '9' },
      ],
    };
    expect(answered(faulty, { companionship: 1, left_out: 2, isolated: 1 })).toBe(
      `invalid TOTAL_NOT_IN_TABLE ${UCLA}: its conversion table has no score for a total of 4.`,
    );
  });
});

describe('the instrument that an id means', () => {
  const ours = questionnaireSchema.parse({ ...ucla3, id: 'ours', name: 'Ours' });
  const theirs = questionnaireSchema.parse({ ...ucla3, id: 'theirs', name: 'Theirs' });

  it('is a built-in one, or one that the terms bring', () => {
    expect(instrumentOf(undefined, 'ucla-3')).toBe(ucla3);
    expect(instrumentOf([ours, theirs], 'theirs')).toBe(theirs);
    expect(instrumentOf([ours], 'theirs')).toBeUndefined();
    expect(instrumentOf(undefined, 'ours')).toBeUndefined();
    expect([isBuiltIn('ucla-3'), isBuiltIn('ours')]).toEqual([true, false]);
  });

  it('is listed with all others, built-in ones first in right', () => {
    const all = instrumentsBy([ours, { ...theirs, id: 'phq-9' }]);
    expect(all.get('ours')).toBe(ours);
    expect(all.get('phq-9')).toBe(INSTRUMENTS['phq-9']);
    expect(all.size).toBe(instrumentsBy().size + 1);
  });

  it('has scales: a total, subscales, or a plain number without either items or subscales', () => {
    expect(scaleOf(attendance)).toMatchObject({ items: [], conversion: null });
    expect(scaleOf(attendance, 'any')).toBeUndefined();
    expect(scaleOf(loneliness, 'social')).toMatchObject({
      name: `${loneliness.name}: social loneliness`,
    });
    const [first] = loneliness.subscales;
    const lenient: Questionnaire = {
      ...loneliness,
      subscales: [{ ...first!, missing: { allowed: 2, score: 'prorated' } }],
    };
    expect(scaleOf(lenient, first!.id)!.missing).toEqual({ allowed: 2, score: 'prorated' });
    expect(scaleOf({ ...sdq, subscales: sdq.subscales }, sdq.subscales[0]?.id)!.missing).toEqual({
      allowed: 0,
      score: 'sum',
    });
  });
});
