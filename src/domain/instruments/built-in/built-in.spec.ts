import { instrumentFaults } from '../faults/instrument-faults.js';
import { instrumentSchema } from '../instrument.schema.js';
import { itemsOf, subscalesOf, type Instrument } from '../instrument.js';
import { INSTRUMENTS, instrumentOf } from '../registry.js';
import { scaleOf } from '../scale.js';
import { parseScore, scoreItems, ScoreRefused } from '../score.js';

type Id = keyof typeof INSTRUMENTS;
const ALL = Object.entries(INSTRUMENTS) as [Id, Instrument][];

/** Answers in the order of the items; null where one is missing. */
const answers = (instrument: Instrument, values: readonly (number | null)[]) =>
  Object.fromEntries(
    itemsOf(instrument).flatMap(({ id }, index) => {
      const value = values[index] ?? null;
      return value === null ? [] : [[id, value]];
    }),
  );
const score = (id: Id, values: readonly (number | null)[], subscale?: string): string => {
  const instrument: Instrument = INSTRUMENTS[id];
  try {
    return scoreItems(instrument, scaleOf(instrument, subscale)!, answers(instrument, values));
  } catch (error) {
    if (error instanceof ScoreRefused) return error.code;
    throw error;
  }
};
const typed = (id: Id, text: string, subscale?: string): string => {
  try {
    return parseScore(scaleOf(INSTRUMENTS[id], subscale)!, text);
  } catch (error) {
    if (error instanceof ScoreRefused) return error.code;
    throw error;
  }
};

describe('every built-in instrument', () => {
  it.each(ALL)('%s is sound and stands under its own id', (id, instrument) => {
    expect(instrumentFaults(instrument)).toEqual([]);
    expect(instrumentSchema.parse(instrument)).toEqual(instrument);
    expect(instrument.id).toBe(id);
    expect(instrumentOf([], id)).toBe(instrument);
  });

  it('has wording only where its licence allows it', () => {
    const worded = ALL.filter(([, one]) => itemsOf(one).some(({ text }) => text !== undefined));
    expect(worded.map(([id]) => id)).toEqual(['ucla-3', 'ons-direct-loneliness', 'phq-9', 'gad-7']);
  });
});

describe('answers to the built-in instruments', () => {
  it.each<[Id, (number | null)[], string]>([
    ['ucla-3', [1, 1, 1], '3'],
    ['ucla-3', [1, 2, 3], '6'],
    ['ucla-3', [3, 3, 3], '9'],
    ['ucla-3', [3, null, 3], 'ITEMS_MISSING'],
    ['ons-direct-loneliness', [1], '1'],
    ['ons-direct-loneliness', [5], '5'],
    ['ons-direct-loneliness', [6], 'ANSWER_UNKNOWN'],
    ['phq-9', [0, 0, 0, 0, 0, 0, 0, 0, 0], '0'],
    ['phq-9', [2, 1, 3, 3, 1, 0, 2, 0, 0], '12'],
    ['phq-9', [3, 3, 3, 3, 3, 3, 3, 3, 3], '27'],
    ['phq-9', [3, 3, 3, 3, 3, 3, 3, 3, null], 'ITEMS_MISSING'],
    ['gad-7', [1, 2, 3, 0, 1, 2, 3], '12'],
    ['gad-7', [3, 3, 3, 3, 3, 3, 3], '21'],
    ['gad-7', [3, 3, 3, null, 3, 3, 3], 'ITEMS_MISSING'],
    ['wemwbs', Array<number>(14).fill(1), '14'],
    ['wemwbs', Array<number>(14).fill(4), '56'],
    ['wemwbs', [...Array<number>(13).fill(4), null], 'ITEMS_MISSING'],
    ['swemwbs', [1, 1, 1, 1, 1, 1, 1], '7'],
    ['swemwbs', [2, 1, 1, 1, 1, 1, 1], '9.51'],
    ['swemwbs', [3, 3, 3, 3, 3, 3, 4], '19.98'],
    ['swemwbs', [5, 5, 4, 4, 4, 4, 3], '26.02'],
    ['swemwbs', [5, 5, 5, 5, 5, 5, 5], '35'],
    ['swemwbs', [5, 5, 5, 5, 5, 5, null], 'ITEMS_MISSING'],
  ])('%s: %j gives %s', (id, values, expected) => expect(score(id, values)).toBe(expected));

  // items 3, 4, 7, 8, 9 and 10 of the long scale; 1 yes, 2 more or less, 3 no
  it.each<[string, (number | null)[], string | undefined, string]>([
    ['not lonely', [3, 1, 1, 1, 3, 3], undefined, '0'],
    ['most lonely', [1, 3, 3, 3, 1, 1], undefined, '6'],
    ['more or less counts both ways', [2, 2, 2, 2, 2, 2], undefined, '6'],
    ['emotionally lonely only', [1, 1, 1, 1, 2, 1], 'emotional', '3'],
    ['emotionally lonely only', [1, 1, 1, 1, 2, 1], 'social', '0'],
    ['one missing', [1, 3, 3, null, 1, 1], undefined, '5'],
    ['two missing', [1, 3, null, null, 1, 1], undefined, 'ITEMS_MISSING'],
    ['one missing', [1, 3, 3, null, 1, 1], 'social', 'ITEMS_MISSING'],
    ['one missing elsewhere', [1, 3, 3, null, 1, 1], 'emotional', '3'],
  ])('de-jong-gierveld-6, %s: %j, %s gives %s', (_name, values, subscale, expected) =>
    expect(score('de-jong-gierveld-6', values, subscale)).toBe(expected),
  );
});

describe('scores typed for the built-in instruments', () => {
  it.each<[Id, string, string | undefined, string]>([
    ['ucla-4', '4', undefined, '4'],
    ['ucla-4', '12', undefined, '12'],
    ['ucla-4', '3', undefined, 'SCORE_OUT_OF_RANGE'],
    ['ucla-20', '20', undefined, '20'],
    ['ucla-20', '81', undefined, 'SCORE_OUT_OF_RANGE'],
    ['sdq', '40', undefined, '40'],
    ['sdq', '10', 'prosocial', '10'],
    ['sdq', '11', 'conduct', 'SCORE_OUT_OF_RANGE'],
    ['asq-3', '52.5', 'fine-motor', '52.5'],
    ['asq-3', '52.25', 'fine-motor', 'SCORE_NOT_A_NUMBER'],
    ['outcomes-star', '6.43', undefined, '6.43'],
    ['outcomes-star', '0.9', undefined, 'SCORE_OUT_OF_RANGE'],
  ])('%s takes %s on %s as %s', (id, text, subscale, expected) =>
    expect(typed(id, text, subscale)).toBe(expected),
  );

  it('has no total of ASQ-3, and no subscale that is not there', () => {
    expect(scaleOf(INSTRUMENTS['asq-3'])).toBeUndefined();
    expect(scaleOf(INSTRUMENTS['sdq'], 'total')).toBeUndefined();
  });

  it('is better when prosocial behaviour rises and difficulties fall', () => {
    expect(subscalesOf(INSTRUMENTS['sdq']).map(({ improvement }) => improvement)).toEqual([
      'lower',
      'lower',
      'lower',
      'lower',
      'higher',
    ]);
  });
});
