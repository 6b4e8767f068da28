import { plainScaleSchema, questionnaireSchema } from '../instrument.schema.js';
import { instrumentFaults } from './instrument-faults.js';

/** A definition as a person might write it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Written = any;

const options = [0, 1, 2].map((value) => ({ value, text: String(value) }));
const MOOD = {
  kind: 'questionnaire',
  id: 'mood',
  name: 'Mood',
  min: '0',
  max: '6',
  improvement: 'higher',
  items: [
    { id: 'calm', text: 'How calm?', options, reversed: true },
    { id: 'glad', text: 'How glad?', options },
    { id: 'kind', text: 'How kind?', options },
  ],
  missing: { allowed: 0, score: 'sum' },
  subscales: [
    {
      id: 'inner',
      name: 'inner mood',
      items: ['calm', 'glad'],
      missing: { allowed: 1, score: 'sum' },
      min: '0',
      max: '4',
      improvement: 'higher',
    },
  ],
  citation: 'Written for this test',
  licence: 'whole',
};
const TABLE = ['0', '1.5', '2', '3', '4', '5.5', '6'].map((score, raw) => ({ raw, score }));

const found = (change: (mood: Written) => void) => {
  const mood: Written = structuredClone(MOOD);
  change(mood);
  return instrumentFaults(questionnaireSchema.parse(mood)).map(({ at, code }) => [at, code]);
};
const withTable =
  (table: readonly object[], more: object = {}) =>
  (mood: Written) =>
    Object.assign(mood, { conversion: table, decimals: 1, ...more });

describe('a sound instrument', () => {
  it.each<[string, (mood: Written) => void]>([
    ['with a total and a subscale', () => undefined],
    ['with a conversion table', withTable(TABLE)],
    [
      'with a table that falls',
      withTable([...TABLE].map(({ raw }) => ({ raw, score: `${6 - raw}` }))),
    ],
    ['with a table that is wider than its answers', withTable([{ raw: -1, score: '0' }, ...TABLE])],
    ['that prorates items of one range', (m) => (m.missing = { allowed: 2, score: 'prorated' })],
    [
      'that is score-only, without wording',
      (m) => {
        m.licence = 'score-only';
        for (const item of m.items) delete item.text;
      },
    ],
    [
      'of which only the score is recorded',
      (m) => {
        m.items = [];
        m.subscales[0].items = [];
        delete m.missing;
      },
    ],
    [
      'without a total',
      (m) => {
        m.hasTotal = false;
        m.items.pop();
      },
    ],
  ])('%s has no faults', (_name, change) => expect(found(change)).toEqual([]));
});

describe('an unsound instrument', () => {
  it.each<[string, (mood: Written) => void, [string, string][]]>([
    [
      'bounds the wrong way round',
      (m) => {
        m.min = '9';
      },
      [['/max', 'BOUNDS_BACKWARD']],
    ],
    ['bounds finer than its scores', (m) => (m.max = '6.5'), [['/max', 'BOUND_TOO_FINE']]],
    [
      'an answer outside its bounds',
      (m) => (m.items[1].options = [...options, { value: 7 }]),
      [
        ['/min', 'BOUNDS_DISAGREE_WITH_ITEMS'],
        ['/subscales/0/min', 'BOUNDS_DISAGREE_WITH_ITEMS'],
      ],
    ],
    [
      'bounds that no answers reach',
      (m) => (m.max = '7'),
      [['/min', 'BOUNDS_DISAGREE_WITH_ITEMS']],
    ],
    [
      'two items of one name',
      (m) => m.items.push({ ...m.items[2] }),
      [
        ['/items/3/id', 'NAMED_TWICE'],
        ['/min', 'BOUNDS_DISAGREE_WITH_ITEMS'],
      ],
    ],
    [
      'two answers of one value',
      (m) => (m.items[0].options = [...options, { value: 1 }]),
      [['/items/0/options/3/value', 'NAMED_TWICE']],
    ],
    [
      'two subscales of one name',
      (m) => m.subscales.push({ ...m.subscales[0] }),
      [['/subscales/1/id', 'NAMED_TWICE']],
    ],
    [
      'a subscale of an unknown item',
      (m) => m.subscales[0].items.push('sad'),
      [['/subscales/0/items/2', 'ITEM_UNKNOWN']],
    ],
    [
      'a subscale that sums an item twice',
      (m) => m.subscales[0].items.push('calm'),
      [['/subscales/0/items/2', 'NAMED_TWICE']],
    ],
    [
      'a subscale of no items',
      (m) => (m.subscales[0].items = []),
      [['/subscales/0/items', 'SUBSCALE_EMPTY']],
    ],
    [
      'a subscale with bounds of its own wrong',
      (m) => (m.subscales[0].max = '5'),
      [['/subscales/0/min', 'BOUNDS_DISAGREE_WITH_ITEMS']],
    ],
    [
      'wording that is not licensed',
      (m) => (m.licence = 'score-only'),
      [
        ['/items/0/text', 'WORDING_NOT_LICENSED'],
        ['/items/1/text', 'WORDING_NOT_LICENSED'],
        ['/items/2/text', 'WORDING_NOT_LICENSED'],
      ],
    ],
    [
      'no rule for missing answers',
      (m) => delete m.missing,
      [['/missing', 'MISSING_RULE_MISSING']],
    ],
    [
      'all answers missing',
      (m) => (m.missing.allowed = 3),
      [['/missing/allowed', 'MISSING_TOO_MANY']],
    ],
    [
      'items that cannot stand in for each other',
      (m) => {
        m.items[2].options = [...options, { value: 3 }];
        m.max = '7';
        m.missing = { allowed: 1, score: 'prorated' };
      },
      [['/missing/score', 'PRORATED_UNEQUAL_ITEMS']],
    ],
    [
      'a sum that leaves the bounds where an answer is missing',
      (m) => {
        for (const item of m.items) item.options = [{ value: 1 }, { value: 2 }];
        Object.assign(m, {
          min: '3',
          max: '6',
          subscales: [],
          missing: { allowed: 1, score: 'sum' },
        });
      },
      [['/missing/score', 'SUM_LEAVES_BOUNDS']],
    ],
    [
      'an item that counts nowhere',
      (m) => {
        m.items[2].inTotal = false;
        m.max = '4';
      },
      [['/items/2', 'ITEM_UNUSED']],
    ],
    [
      'nothing in the total',
      (m) => {
        for (const item of m.items) item.inTotal = false;
        m.subscales[0].items.push('kind');
        m.subscales[0].max = '6';
      },
      [['/hasTotal', 'NOTHING_SCORED']],
    ],
    [
      'neither total nor subscales',
      (m) => {
        Object.assign(m, { hasTotal: false, subscales: [], items: [] });
      },
      [['/hasTotal', 'NOTHING_SCORED']],
    ],
    [
      'a table for a total that is not there',
      (m) => {
        withTable(TABLE)(m);
        m.hasTotal = false;
        m.items.pop();
      },
      [['/conversion', 'CONVERSION_WITHOUT_TOTAL']],
    ],
    [
      'a table with a gap',
      withTable(TABLE.filter(({ raw }) => raw !== 3)),
      [['/conversion/3', 'CONVERSION_GAP']],
    ],
    [
      'a table with a line twice',
      withTable([...TABLE.slice(0, 4), ...TABLE.slice(3)]),
      [['/conversion/4', 'CONVERSION_GAP']],
    ],
    [
      'a table that ends too soon',
      withTable(TABLE.slice(0, 6)),
      [['/conversion', 'CONVERSION_INCOMPLETE']],
    ],
    [
      'a table that goes back',
      withTable(TABLE.map((one) => (one.raw === 3 ? { raw: 3, score: '1.9' } : one))),
      [['/conversion/3', 'CONVERSION_NOT_MONOTONE']],
    ],
    [
      'a table in which nothing moves',
      withTable(TABLE.map(({ raw }) => ({ raw, score: '3' }))),
      [['/conversion/6', 'CONVERSION_NOT_MONOTONE']],
    ],
    [
      'a table that leaves the bounds',
      withTable([...TABLE.slice(0, 6), { raw: 6, score: '7' }]),
      [['/conversion/6', 'CONVERSION_OUTSIDE_BOUNDS']],
    ],
    [
      'a table finer than its scores',
      withTable(TABLE, { decimals: 0 }),
      [
        ['/conversion/1', 'CONVERSION_TOO_FINE'],
        ['/conversion/5', 'CONVERSION_TOO_FINE'],
      ],
    ],
    [
      'a table for a part of the sum',
      withTable(TABLE, { missing: { allowed: 1, score: 'sum' } }),
      [['/missing/allowed', 'CONVERSION_NEEDS_ALL']],
    ],
  ])('%s', (_name, change, faults) => expect(found(change)).toEqual(faults));

  it('that is a plain scale has sound bounds too', () => {
    const days = { kind: 'scale', id: 'days', name: 'Days', improvement: 'lower', unit: 'days' };
    const of = (min: string, max: string) =>
      instrumentFaults(plainScaleSchema.parse({ ...days, min, max })).map(({ code }) => code);
    expect(of('-7', '7')).toEqual([]);
    expect(of('7', '7')).toEqual(['BOUNDS_BACKWARD']);
    expect(of('0.5', '7')).toEqual(['BOUND_TOO_FINE']);
  });
});
