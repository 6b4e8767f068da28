import {
  aValueCase,
  aWorking,
  reportWith,
  type ValueCaseData,
} from '../../../test/support/value-case.builder.js';
import { parseValueCase } from './parse.js';
import { ValueCaseRefused } from './value-case-refused.js';

const faultsOf = (act: () => unknown): string[] => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ValueCaseRefused)) throw error;
    return error.faults.map(({ at, code, detail }) => `${at} ${code} ${detail}`);
  }
  return [];
};
const place = (source: string) => ({ source, at: 'page 3' });
const number = (value: string, more = {}) => ({ take: 'number', value, label: 'n', ...more });
const pounds = (value: string, more = {}) => number(value, { is: 'amount', ...more });
const take = (id: string, more = {}) => ({ take: 'working', id, taken: 'exact', ...more });
const part = (more: object) => ({ take: 'benefit', id: 'visits', taken: 'rounded', ...more });
const sum = (...of: object[]) => ({ by: 'sum', of });
const product = (...of: object[]) => ({ by: 'product', of });
const quotient = (...of: object[]) => ({ by: 'quotient', of });
const money = { unit: 'money' };

type Change = (data: ValueCaseData) => unknown;
const workings =
  (...list: object[]): Change =>
  (d) =>
    (d.workings = list);
const one =
  (amount: object, more: object = {}): Change =>
  (d) =>
    (d.workings = [aWorking('a', amount, more)]);
const together =
  (...changes: Change[]): Change =>
  (d) =>
    changes.forEach((change) => change(d));
const index =
  (values: object, source = 'study'): Change =>
  (d) =>
    Object.assign(d, { priceIndex: { name: 'an index', source: place(source), values } });

type Row = [what: string, change: Change, faults: string[]];
const refused = (rows: readonly Row[]) =>
  it.each(rows)('%s', (_what, change, faults) =>
    expect(faultsOf(() => reportWith(change))).toEqual(faults),
  );

describe('a number of a value case is refused', () => {
  const inexact = (text: string) =>
    `NOT_A_NUMBER "${text}" is not an exact number. Write it as 12, -3, 0.25, 2/3 or 25%.`;
  const chance = (text: string) =>
    'NOT_A_PROPORTION A probability or attribution lies from 0 to 1: write 2.5%, 0.025 or 1/40, ' +
    `not "${text}".`;
  const uneven = (text: string) =>
    `INDEX_NOT_POSITIVE A price index is above nought, not "${text}".`;

  refused([
    [
      'as a statement',
      one({ by: 'statement', value: 'many' }),
      [`/workings/0/amount/value ${inexact('many')}`],
    ],
    [
      'as printed',
      one(sum(number('1')), { printed: { value: '1.2.3', source: place('study') } }),
      [`/workings/0/printed/value ${inexact('1.2.3')}`],
    ],
    [
      'of a benefit',
      (d) => (d.benefits[0]!.amount.of[0] = number('1e3') as never),
      [`/benefits/0/amount/of/0/value ${inexact('1e3')}`],
    ],
    [
      'as the rate of present values',
      (d) => Object.assign(d.discounting, { amounts: 'present-values', rate: 'low' }),
      [`/discounting/rate ${inexact('low')}`],
    ],
    [
      'as a rate of what is not discounted',
      (d) => Object.assign(d.discounting, { rate: '3.5%' }),
      [
        '/discounting/rate RATE_WITHOUT_DISCOUNTING A rate is given, but the amounts are not said ' +
          'to be present values. Remove the rate, or say so.',
      ],
    ],
    [
      'as a price index, at nought or below',
      index({ '2010': '0', '2012': '-1', '2013': '1/2', '2014': 'x' }),
      [
        `/priceIndex/values/2010 ${uneven('0')}`,
        `/priceIndex/values/2012 ${uneven('-1')}`,
        `/priceIndex/values/2014 ${inexact('x')}`,
      ],
    ],
    [
      'as a chance or an attribution beyond nought and one',
      one(
        product(
          number('-1%', { is: 'probability' }),
          number('101%', { is: 'attribution' }),
          number('0', { is: 'probability' }),
          number('1', { is: 'attribution' }),
        ),
      ),
      [
        `/workings/0/amount/of/0/value ${chance('-1%')}`,
        `/workings/0/amount/of/1/value ${chance('101%')}`,
      ],
    ],
    [
      'as a price in parts of a penny',
      (d) => (d.price.amount = '60.001'),
      [
        '/price/amount NOT_AN_AMOUNT "60.001" is not an amount in GBP. Write digits with at most ' +
          '2 decimals, such as 660.00.',
      ],
    ],
    [
      'as money that is counted, or a count in pennies',
      (d) => {
        Object.assign(d.benefits[0]!.rounding, { to: 'one' });
        d.workings = [
          aWorking('a', sum(pounds('1')), { ...money, rounding: { to: 'one', mode: 'down' } }),
          aWorking('b', sum(number('1')), { rounding: { to: 'pound', mode: 'down' } }),
        ];
      },
      [
        '/benefits/0/rounding/to ROUNDING_UNSUITED Money is rounded to a penny, a pound, ten and ' +
          'so on, or not at all.',
        '/workings/0/rounding/to ROUNDING_UNSUITED Money is rounded to a penny, a pound, ten and ' +
          'so on, or not at all.',
        '/workings/1/rounding/to ROUNDING_UNSUITED A count is rounded to one, ten and so on, or ' +
          'not at all.',
      ],
    ],
    [
      'taken away in a product or a quotient',
      workings(
        aWorking('a', product(number('1', { minus: true }))),
        aWorking('b', quotient(number('1'), number('2', { minus: true }))),
        aWorking('c', sum(number('1', { minus: true }))),
      ),
      [
        '/workings/0/amount/of/0/minus MINUS_MISPLACED Only in a sum is anything taken away. ' +
          'In a product, write a negative number.',
        '/workings/1/amount/of/1/minus MINUS_MISPLACED Only in a sum is anything taken away. ' +
          'In a quotient, write a negative number.',
      ],
    ],
    [
      'as the part of a body that is not settled in pennies',
      one(sum(part({ body: 'care', taken: 'exact' }), part({ taken: 'exact' })), money),
      [
        '/workings/0/amount/of/0/taken PART_NOT_ROUNDED The part of a body is settled in pennies. ' +
          'Write "taken: rounded".',
      ],
    ],
  ]);
});

describe('a share of a value case is refused', () => {
  const wrong = (text: string) =>
    `SHARE_NOT_A_PROPORTION "${text}" is not a share from 0 to 1. Write 2/3, 25% or 1.`;
  refused([
    [
      'below nought, above one, or no number',
      (d) => {
        const [share] = d.benefits[0]!.to;
        d.benefits[0]!.to = [
          { ...share!, share: '-1/2' },
          { body: 'care', share: '3/2' },
          { body: 'people', share: 'all' },
        ];
      },
      [
        `/benefits/0/to/0/share ${wrong('-1/2')}`,
        `/benefits/0/to/1/share ${wrong('3/2')}`,
        `/benefits/0/to/2/share ${wrong('all')}`,
      ],
    ],
    [
      'that leaves something over',
      (d) => (d.benefits[0]!.to[1]!.share = '1/4'),
      [
        '/benefits/0/to SPLIT_NOT_WHOLE The shares sum to 11/12, not to 1. ' +
          'Nothing may be lost or counted twice.',
      ],
    ],
    [
      'of a body that has one',
      (d) => (d.price.alternatives[0]!.shares[1]!.body = 'health'),
      [
        '/price/alternatives/0/shares/1/body BODY_TWICE "health" has a share already. ' +
          'Write one share for each.',
      ],
    ],
  ]);

  it('never where one body has all or nothing', () => {
    expect(
      faultsOf(() =>
        reportWith((d) => {
          d.benefits[0]!.to = [
            { body: 'health', share: '1' },
            { body: 'care', share: '0' },
          ];
        }),
      ),
    ).toEqual([]);
  });
});

describe('a name of a value case is refused', () => {
  const none = (noun: string, name: string) =>
    `${noun.toUpperCase().replace(' ', '_')}_UNKNOWN There is no ${noun} "${name}" ` +
    'in this value case. Add it, or correct the name.';
  const hearsay = none('source', 'hearsay');
  const printed = { printed: { value: '1', source: place('hearsay') } };

  refused([
    [
      'of a source, wherever one is named',
      together(index({}, 'hearsay'), (d) => {
        d.outcome.source = place('hearsay');
        d.unitCosts[0]!.source = place('hearsay');
        Object.assign(d, { remarks: [{ text: 'Doubtful.', source: place('hearsay') }] });
        d.price.source = place('hearsay');
        Object.assign(d.benefits[0]!, { source: place('hearsay'), ...printed });
        d.workings = [aWorking('a', sum(number('1')), { source: place('hearsay'), ...printed })];
      }),
      [
        '/outcome/source/source',
        '/priceIndex/source/source',
        '/unitCosts/0/source/source',
        '/remarks/0/source/source',
        '/price/source/source',
        '/benefits/0/source/source',
        '/benefits/0/printed/source/source',
        '/workings/0/source/source',
        '/workings/0/printed/source/source',
      ].map((at) => `${at} ${hearsay}`),
    ],
    [
      'of anything that a figure rests on',
      together(
        (d) => (d.benefits[0]!.years = 'soon'),
        workings(
          aWorking('a', sum({ take: 'unit-cost', id: 'trip' }), money),
          aWorking('b', sum({ take: 'benefit', id: 'calm', taken: 'exact' }), money),
          aWorking('c', sum(part({ body: 'nobody' })), money),
          aWorking('d', sum(take('z')), { explains: 'y' }),
        ),
      ),
      [
        `/benefits/0/years ${none('year band', 'soon')}`,
        `/workings/3/explains ${none('working', 'y')}`,
        `/workings/0/amount/of/0/id ${none('unit cost', 'trip')}`,
        `/workings/1/amount/of/0/id ${none('benefit', 'calm')}`,
        `/workings/2/amount/of/0/body ${none('body', 'nobody')}`,
        `/workings/3/amount/of/0/id ${none('working', 'z')}`,
      ],
    ],
    [
      'that stands twice',
      (d) => {
        d.price.alternatives.push({ ...d.price.alternatives[0]! });
        d.bodies.push({ ...d.bodies[0]! });
      },
      ['/bodies/3/id', '/price/alternatives/1/id'].map(
        (at, n) =>
          `${at} NAME_TWICE "${['health', 'halves'][n]}" is the name of an earlier entry of this ` +
          'list. Give each its own.',
      ),
    ],
  ]);

  it('never of an operand of another sort', () => {
    expect(
      faultsOf(() => reportWith(one(sum(part({ body: 'care' }), part({ body: 'health' })), money))),
    ).toEqual([]);
  });
});

describe('a value case is refused as a whole', () => {
  const noOutcome = [
    '/outcome OUTCOME_MISSING Benefits and a price are for each unit of an outcome. ' +
      'Say which outcome, and how many are expected.',
  ];
  const without =
    (...parts: string[]): Change =>
    (d) =>
      parts.forEach((name) => delete (d as unknown as Record<string, unknown>)[name]);
  const mixed = (year: string, of: string) => [
    `/unitCosts/0/priceYear PRICE_YEARS_MIXED This price is of ${year}, and the case is in prices ` +
      `of ${of}. Give a price index with both years, or declare "mixedPriceYears: shown".`,
  ];
  const year =
    (priceYear: string): Change =>
    (d) =>
      (d.unitCosts[0]!.priceYear = priceYear);

  refused([
    ['with benefits of no outcome', without('outcome', 'price'), noOutcome],
    ['with a price of no outcome', without('outcome', 'benefits'), noOutcome],
    ['for a price of another year', year('2010'), mixed('2010', '2014')],
    [
      'for a price of no stated year',
      year('not stated'),
      mixed('a year that is not stated', '2014'),
    ],
    [
      'for a price of a year, among those of none',
      (d) => (d.priceYear = 'not stated'),
      mixed('2014', 'a year that is not stated'),
    ],
    [
      'with an index that has the one year only',
      together(year('2010'), index({ '2010': '80' })),
      mixed('2010', '2014'),
    ],
    [
      'with an index that has the other only',
      together(year('2010'), index({ '2014': '88' })),
      mixed('2010', '2014'),
    ],
    [
      'for a band that ends before it begins',
      (d) => (d.yearBands[1]!.years.last = 5),
      [
        '/yearBands/1/years BAND_BACKWARDS The band ends in year 5, before year 6, in which it begins.',
      ],
    ],
    [
      'for a year in two bands',
      (d) => (d.yearBands[1]!.years = { first: 5, last: 5 }),
      [
        '/yearBands/1/years BANDS_OVERLAP Some of its years are in the band "early" too. ' +
          'Give each year to one band.',
      ],
    ],
    [
      'for a year in two bands, the later written first',
      (d) => {
        d.yearBands.reverse();
        d.yearBands[1]!.years.last = 6;
      },
      [
        '/yearBands/1/years BANDS_OVERLAP Some of its years are in the band "late" too. ' +
          'Give each year to one band.',
      ],
    ],
    ['never for a band of one year', (d) => (d.yearBands[1]!.years = { first: 6, last: 6 }), []],
    ['never for having neither benefits nor price', without('outcome', 'benefits', 'price'), []],
  ]);

  it('for its depth, before anything in it is read', () => {
    const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
    expect(faultsOf(() => parseValueCase({ ...aValueCase(), title: deep(200) }))).toEqual([
      ' VALUE_CASE_TOO_DEEP The document is nested too deeply. Write its parts side by side.',
    ]);
  });

  it('in one sentence, with a thousand faults at most', () => {
    const faults = Array.from({ length: 1001 }, (_, n) => ({
      at: `/${n}`,
      code: 'A',
      detail: 'B.',
    }));
    const refusal = new ValueCaseRefused(faults);
    expect(refusal).toMatchObject({
      code: 'VALUE_CASE_REFUSED',
      kind: 'invalid',
      message: 'The value case cannot be used as it stands. Each fault is listed with its place.',
    });
    expect(refusal.faults).toHaveLength(1000);
  });
});

describe('a figure cannot be reckoned', () => {
  const units = (detail: string) => [`/workings/0/amount/of UNITS_DISAGREE ${detail}`];
  const DIVISION = 'A number is an amount divided by an amount, or a number by a number.';

  refused([
    [
      'as a count that is a product with money',
      one(product(number('1'), pounds('1'))),
      units('A count is a product of numbers, without any amount of money.'),
    ],
    [
      'as money that is a product of two amounts, or of none',
      one(product(pounds('1'), pounds('1')), money),
      units('An amount of money is the product of exactly one amount and any numbers.'),
    ],
    [
      'as a count that is a sum with money',
      one(sum(number('1'), pounds('1'))),
      units('A count is a sum of numbers, without any amount of money.'),
    ],
    [
      'as money that is a sum with a number',
      one(sum(number('1'), pounds('1')), money),
      units('An amount of money is a sum of amounts: a number among them needs "is: amount".'),
    ],
    ...(
      [
        ['by money', [pounds('1'), pounds('1')]],
        ['of numbers', [number('1'), number('1')]],
        ['of a number by money', [number('1'), pounds('1')]],
      ] as const
    ).map(([what, operands]): Row => [
      `as money that is a division ${what}`,
      one(quotient(...operands), money),
      units('An amount of money is an amount divided by a number.'),
    ]),
    [
      'as a count that is money divided by a number',
      one(quotient(pounds('1'), number('1'))),
      units(DIVISION),
    ],
    [
      'as a count that is a number divided by money',
      one(quotient(number('1'), pounds('1'))),
      units(DIVISION),
    ],
    [
      'by nought',
      one(quotient(number('1'), number('0'))),
      ['/workings/0/amount/of/1 DIVISION_BY_NOUGHT Nothing can be divided by nought.'],
    ],
    [
      'from itself, by way of others',
      workings(
        aWorking('a', sum(take('b'))),
        aWorking('b', sum(take('c'))),
        aWorking('c', sum(take('b'))),
      ),
      [
        '/workings/0/amount CIRCLE The working b rests on itself: working a, then working b, ' +
          'then working c, then working b. One of them must stand alone.',
        '/workings/1/amount CIRCLE The working b rests on itself: working b, then working c, ' +
          'then working b. One of them must stand alone.',
        '/workings/2/amount CIRCLE The working c rests on itself: working c, then working b, ' +
          'then working c. One of them must stand alone.',
      ],
    ],
    [
      'in whole pennies',
      (d) =>
        Object.assign(d.benefits[0]!, {
          amount: { by: 'statement', value: '1/3' },
          rounding: { to: 'none' },
        }),
      [
        '/benefits/0/rounding NOT_WHOLE_PENNIES This does not come out in whole pennies. ' +
          'Declare how it is rounded.',
      ],
    ],
    [
      'from what is not printed',
      workings(
        aWorking('a', sum(number('1'))),
        aWorking('b', sum(take('a', { taken: 'printed' }))),
      ),
      [
        '/workings/1/amount NOTHING_PRINTED "a" is taken as printed, but nothing is given as ' +
          'printed. Take it exact or rounded.',
      ],
    ],
    [
      'from the part of a body that has none',
      one(sum(part({ body: 'people' })), money),
      ['/workings/0/amount NO_PART "visits" has no part for People. Name a body that it goes to.'],
    ],
  ]);

  it('beyond sixty digits, above or below nought or the line', () => {
    const twenty = `1${'0'.repeat(20)}`;
    const [sixty, sixtieth] = [twenty, `1/${twenty}`].map((one) => [
      number(one),
      number(one),
      number(one),
    ]);
    const reckoned = (...of: object[]) => faultsOf(() => reportWith(one(product(...of))));
    const unwieldy = [
      '/workings/0/amount NUMBER_UNWIELDY This grows beyond sixty digits. ' +
        'No figure of a value case needs as many.',
    ];
    expect(reckoned(...sixty!)).toEqual([]);
    expect(reckoned(...sixtieth!)).toEqual([]);
    expect(reckoned(...sixty!, number('2'))).toEqual(unwieldy);
    expect(reckoned(...sixty!, number('-2'))).toEqual(unwieldy);
    expect(reckoned(...sixtieth!, number('1/3'))).toEqual(unwieldy);
  });
});

describe('a working explains what the source prints', () => {
  const printed = (value: string) => ({ printed: { value, source: place('study') } });
  const explained = (amount: string, more: object, first: object = printed('2')) =>
    faultsOf(() =>
      reportWith(
        workings(
          aWorking('other', sum(number('9')), printed('9')),
          aWorking('a', sum(number('1')), first),
          aWorking('b', sum(number(amount)), { explains: 'a', ...more }),
        ),
      ),
    );
  const nothing = [
    '/workings/2/explains EXPLAINS_NOTHING This does not come to what is printed for "a", ' +
      'so it does not explain it.',
  ];

  it.each<[string, string, object, object | undefined, string[]]>([
    ['exactly', '2', {}, undefined, []],
    ['once it is rounded', '2.4', { rounding: { to: 'one', mode: 'down' } }, undefined, []],
    [
      'exactly, though it is rounded away',
      '2.4',
      { rounding: { to: 'one', mode: 'down' } },
      printed('2.4'),
      [],
    ],
    ['not, where it comes to something else', '3', {}, undefined, nothing],
    ['not, where nothing is printed', '2', {}, {}, nothing],
  ])('%s', (_how, amount, more, first, faults) =>
    expect(explained(amount, more, first)).toEqual(faults),
  );
});
