import { questionnaireSchema } from '../instrument.schema.js';
import { instrumentFaults } from './instrument-faults.js';

/** A definition as a person might write it. */
type Written = Record<string, unknown>;

const scale = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ value: from + index }));
const item = (id: string, from: number, to: number) => ({ id, options: scale(from, to) });
const MOOD = {
  kind: 'questionnaire',
  id: 'mood',
  name: 'Mood',
  min: '3',
  max: '6',
  improvement: 'higher',
  items: [item('calm', 1, 2), item('glad', 1, 2), item('kind', 1, 2)],
  missing: { allowed: 0, score: 'sum' },
  citation: 'Written for this test',
  licence: 'whole',
};
const inner = (more: Written = {}) => ({
  id: 'inner',
  name: 'inner mood',
  items: ['calm', 'glad'],
  missing: { allowed: 0, score: 'sum' },
  min: '2',
  max: '4',
  improvement: 'higher',
  ...more,
});
const table = (...scores: string[]) => scores.map((score, index) => ({ raw: 3 + index, score }));

const faultsOf = (change: Written) =>
  instrumentFaults(questionnaireSchema.parse({ ...MOOD, ...change })).map(
    ({ at, code, detail }) => `${at} ${code} ${detail}`,
  );

describe('a fault in the bounds or in what is scored', () => {
  it.each<[string, Written, string[]]>([
    [
      'the highest score below the lowest',
      { min: '7' },
      ['/max BOUNDS_BACKWARD The highest score (6) must be above the lowest (7).'],
    ],
    [
      'a bound finer than the scores',
      { min: '2.5' },
      [
        '/min BOUND_TOO_FINE Scores have 0 decimals, but this bound has more. ' +
          'Write it with as many, or allow more decimals.',
      ],
    ],
    [
      'neither total nor subscales',
      { hasTotal: false, items: [] },
      ['/hasTotal NOTHING_SCORED This instrument gives no score: it has no subscales.'],
    ],
    [
      'a total of no items',
      {
        items: [
          { ...item('calm', 1, 2), inTotal: false },
          { ...item('glad', 1, 2), inTotal: false },
        ],
        subscales: [inner()],
      },
      [
        '/hasTotal NOTHING_SCORED This instrument gives no score: ' +
          'none of its items counts in the total.',
      ],
    ],
    [
      'a table for a total that is not there',
      {
        hasTotal: false,
        items: MOOD.items.slice(0, 2),
        subscales: [inner()],
        conversion: table('3', '4', '5', '6'),
      },
      [
        '/conversion CONVERSION_WITHOUT_TOTAL A conversion table converts the total, ' +
          'and this instrument has none. Remove it.',
      ],
    ],
    [
      'a subscale of an item that is not asked',
      { subscales: [inner({ items: ['calm', 'glad', 'sad'] })] },
      [
        '/subscales/0/items/2 ITEM_UNKNOWN There is no item "sad". Correct its name, or add the item.',
      ],
    ],
    [
      'a subscale of nothing',
      { subscales: [inner({ items: [] })] },
      ['/subscales/0/items SUBSCALE_EMPTY Name the items that "inner" sums.'],
    ],
    [
      'no rule for missing answers, in the total and in a subscale',
      { missing: undefined, subscales: [inner({ missing: undefined })] },
      [
        '/missing MISSING_RULE_MISSING Say how many answers may be missing, ' +
          'and whether the rest is summed or prorated.',
        '/subscales/0/missing MISSING_RULE_MISSING Say how many answers may be missing, ' +
          'and whether the rest is summed or prorated.',
      ],
    ],
  ])('is said: %s', (_what, change, faults) => expect(faultsOf(change)).toEqual(faults));
});

describe('a fault in the items', () => {
  it.each<[string, Written, string[]]>([
    [
      'an item twice',
      { items: [...MOOD.items, item('calm', 0, 1)], min: '3', max: '7' },
      ['/items/3/id NAMED_TWICE Item "calm" stands twice. Give each its own name.'],
    ],
    [
      'an answer twice',
      {
        items: [...MOOD.items.slice(0, 2), { id: 'kind', options: [...scale(1, 2), { value: 2 }] }],
      },
      ['/items/2/options/2/value NAMED_TWICE Answer "2" stands twice. Give each its own name.'],
    ],
    [
      'a subscale twice',
      { subscales: [inner(), inner()] },
      ['/subscales/1/id NAMED_TWICE Subscale "inner" stands twice. Give each its own name.'],
    ],
    [
      'an item twice in a subscale',
      { subscales: [inner({ items: ['calm', 'glad', 'glad'] })] },
      ['/subscales/0/items/2 NAMED_TWICE Item "glad" stands twice. Give each its own name.'],
    ],
    [
      'wording under a licence that keeps it back',
      { licence: 'score-only', items: [{ ...item('calm', 3, 6), text: 'How calm?' }] },
      [
        '/items/0/text WORDING_NOT_LICENSED The licence is score-only, so the wording may not be ' +
          'kept here. Remove the text; the item keeps its name.',
      ],
    ],
    [
      'an item that counts nowhere',
      {
        items: [...MOOD.items, { ...item('sad', 0, 1), inTotal: false }],
        subscales: [inner(), inner({ id: 'other' })],
      },
      [
        '/items/3 ITEM_UNUSED Item "sad" counts in no score. ' +
          'Put it into a subscale, or leave it out.',
      ],
    ],
    [
      'none, where one of two subscales has what the total leaves out',
      {
        items: [...MOOD.items, { ...item('sad', 1, 2), inTotal: false }],
        subscales: [inner(), inner({ id: 'other', items: ['sad', 'calm'] })],
      },
      [],
    ],
  ])('is said: %s', (_what, change, faults) => expect(faultsOf(change)).toEqual(faults));
});

describe('a fault in what answers add up to', () => {
  const sumOf = (allowed: number, items: object[], min: string, max: string) => ({
    items,
    min,
    max,
    missing: { allowed, score: 'sum' },
  });
  const leaves = (allowed: number, sum: string, bounds: string) => [
    `/missing/score SUM_LEAVES_BOUNDS With ${allowed} missing the sum can be ${sum}, ` +
      `outside ${bounds}. Prorate it, or allow none missing.`,
  ];
  const losses = [item('a', -2, -1), item('b', -2, -1), item('c', -2, -1)];
  const wide = [item('a', 1, 2), item('b', 0, 5), item('c', 3, 4)];
  const wideLosses = [item('a', -2, -1), item('b', -5, 0), item('c', -4, -3)];

  it.each<[string, Written, string[]]>([
    [
      'other bounds than the answers reach',
      { max: '7' },
      [
        '/min BOUNDS_DISAGREE_WITH_ITEMS The answers add up to 3 to 6, but the bounds are 3 to 7. ' +
          'Correct the bounds or the answers.',
      ],
    ],
    [
      'all answers missing',
      { missing: { allowed: 3, score: 'prorated' } },
      ['/missing/allowed MISSING_TOO_MANY There are 3 items, so at most 2 may be missing.'],
    ],
    ['too low a sum', sumOf(1, MOOD.items, '3', '6'), leaves(1, '2', '3 to 6')],
    ['too high a sum, of losses', sumOf(1, losses, '-6', '-3'), leaves(1, '-2', '-6 to -3')],
    [
      'a sum without what counts most at least',
      sumOf(1, wide, '4', '11'),
      leaves(1, '1', '4 to 11'),
    ],
    ['a sum without two of them', sumOf(2, wide, '4', '11'), leaves(2, '0', '4 to 11')],
    ['losses without the surest', sumOf(1, wideLosses, '-11', '-4'), leaves(1, '-1', '-11 to -4')],
    [
      'a sum that keeps its losses and lacks a gain',
      sumOf(2, [item('a', -1, 1), item('b', -1, 1), item('c', 1, 2)], '-1', '4'),
      leaves(2, '-2', '-1 to 4'),
    ],
    [
      'a sum that keeps a gain and lacks a loss',
      sumOf(2, [item('a', -2, -1), item('b', 0, 5), item('c', 0, 1)], '-2', '5'),
      leaves(2, '6', '-2 to 5'),
    ],
    [
      'none, where answers count from nought',
      sumOf(2, [item('a', 0, 2), item('b', 0, 2), item('c', 0, 2)], '0', '6'),
      [],
    ],
    [
      'none, where what was answered is stretched',
      { missing: { allowed: 2, score: 'prorated' } },
      [],
    ],
    [
      'items of different ranges, stretched: another highest answer',
      {
        items: [item('a', 1, 2), item('b', 1, 3)],
        min: '2',
        max: '5',
        missing: { allowed: 1, score: 'prorated' },
      },
      [
        '/missing/score PRORATED_UNEQUAL_ITEMS Items with different ranges cannot stand in for ' +
          'each other. Allow none missing.',
      ],
    ],
    [
      'items of different ranges, stretched: another lowest answer',
      {
        items: [item('a', 1, 2), item('b', 0, 2)],
        min: '1',
        max: '4',
        missing: { allowed: 1, score: 'prorated' },
      },
      [
        '/missing/score PRORATED_UNEQUAL_ITEMS Items with different ranges cannot stand in for ' +
          'each other. Allow none missing.',
      ],
    ],
    [
      'none, of different ranges where no answer may be missing',
      {
        items: [item('a', 1, 2), item('b', 0, 2)],
        min: '1',
        max: '4',
        missing: { allowed: 0, score: 'prorated' },
      },
      [],
    ],
  ])('is said: %s', (_what, change, faults) => expect(faultsOf(change)).toEqual(faults));
});

describe('a fault in a conversion table', () => {
  it.each<[string, Written, string[]]>([
    [
      'a gap',
      { conversion: table('3', '4', '5', '6').filter(({ raw }) => raw !== 4) },
      [
        '/conversion/1 CONVERSION_GAP 5 stands after 3. ' +
          'List every sum once, from the lowest to the highest.',
      ],
    ],
    [
      'scores outside the bounds at either end',
      { conversion: table('2', '4', '5', '7') },
      [
        '/conversion/0 CONVERSION_OUTSIDE_BOUNDS 2 is not within the bounds of the scale.',
        '/conversion/3 CONVERSION_OUTSIDE_BOUNDS 7 is not within the bounds of the scale.',
      ],
    ],
    [
      'scores finer than the scale',
      { decimals: 1, conversion: table('3', '4.25', '5', '6') },
      [
        '/conversion/1 CONVERSION_TOO_FINE 4.25 has more digits after the point than the scale (1).',
      ],
    ],
    [
      'a score that goes back',
      { conversion: table('3', '5', '4', '6') },
      [
        '/conversion/2 CONVERSION_NOT_MONOTONE 4 goes back behind 5. ' +
          'Scores must move one way as the sum rises.',
      ],
    ],
    [
      'a score that goes back in a table that falls',
      { conversion: table('6', '4', '5', '3') },
      [
        '/conversion/2 CONVERSION_NOT_MONOTONE 5 goes back behind 4. ' +
          'Scores must move one way as the sum rises.',
      ],
    ],
    [
      'no change from end to end',
      { conversion: table('4', '4', '4', '4') },
      [
        '/conversion/3 CONVERSION_NOT_MONOTONE The table ends with the score it begins with, ' +
          'so no change would show. Check it.',
      ],
    ],
    [
      'a part of the sums',
      { conversion: table('3', '4', '5') },
      [
        '/conversion CONVERSION_INCOMPLETE The answers add up to 3 to 6, ' +
          'but the table goes from 3 to 5.',
      ],
    ],
    [
      'sums of some of the answers',
      { conversion: table('3', '4', '5', '6'), missing: { allowed: 1, score: 'sum' } },
      [
        '/missing/allowed CONVERSION_NEEDS_ALL A sum with answers missing cannot be converted. ' +
          'Allow none missing.',
      ],
    ],
    ['none, where the answers are not kept here', { items: [], conversion: table('3', '6') }, []],
  ])('is said: %s', (_what, change, faults) => expect(faultsOf(change)).toEqual(faults));
});
