import { aValueCase, aWorking, reportWith } from '../../../test/support/value-case.builder.js';
import {
  faultsOf,
  place,
  number,
  take,
  part,
  sum,
  money,
  type Change,
  workings,
  one,
  together,
  index,
  refused,
} from '../../../test/support/value-case.refusals.js';
import { parseValueCase } from './parse.js';
import { ValueCaseRefused } from './value-case-refused.js';

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
