import {
  aValueCase,
  aWorking,
  reportWith,
  type ValueCaseData,
} from '../../../test/support/value-case.builder.js';
import { readValueCase } from './parse.js';
import { ValueCaseRefused } from './value-case-refused.js';

const refusalOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ValueCaseRefused)) throw error;
    for (const { detail } of error.faults) expect(detail).toMatch(/^\S.*[.]$/);
    return error.faults.map(({ at, code }) => `${at} ${code}`);
  }
  return [];
};

const number = (value: string, more = {}) => ({ take: 'number', value, label: 'n', ...more });
const take = (id: string, more = {}) => ({ take: 'working', id, taken: 'exact', ...more });
const sum = (...of: object[]) => ({ by: 'sum', of });
const product = (...of: object[]) => ({ by: 'product', of });
const quotient = (...of: object[]) => ({ by: 'quotient', of });

type Change = (data: ValueCaseData) => unknown;
const workings =
  (...list: object[]): Change =>
  (d) =>
    (d.workings = list);
const money = { unit: 'money' };

describe('a value case is refused', () => {
  it.each<[string, Change, string]>([
    [
      'a split that is not whole',
      (d) => (d.benefits[0]!.to[1]!.share = '1/4'),
      '/benefits/0/to SPLIT_NOT_WHOLE',
    ],
    [
      'a price whose shares are not whole',
      (d) => (d.price.alternatives[0]!.shares[0]!.share = '51%'),
      '/price/alternatives/0/shares SPLIT_NOT_WHOLE',
    ],
    [
      'a share above one',
      (d) => (d.benefits[0]!.to[0]!.share = '4/3'),
      '/benefits/0/to/0/share SHARE_NOT_A_PROPORTION',
    ],
    [
      'a body that stands twice in a split',
      (d) => (d.benefits[0]!.to[1]!.body = 'health'),
      '/benefits/0/to/1/body BODY_TWICE',
    ],
    [
      'an unknown body',
      (d) => (d.benefits[0]!.to[1]!.body = 'nobody'),
      '/benefits/0/to/1/body BODY_UNKNOWN',
    ],
    [
      'an unknown payer',
      (d) => (d.price.alternatives[0]!.shares[0]!.body = 'nobody'),
      '/price/alternatives/0/shares/0/body BODY_UNKNOWN',
    ],
    [
      'an unknown unit cost',
      (d) => (d.unitCosts[0]!.id = 'other'),
      '/benefits/0/amount/of/1/id UNIT_COST_UNKNOWN',
    ],
    [
      'an unknown source',
      (d) => (d.unitCosts[0]!.source = { source: 'hearsay', at: 'page 1' }),
      '/unitCosts/0/source/source SOURCE_UNKNOWN',
    ],
    [
      'an unknown year band',
      (d) => (d.benefits[0]!.years = 'soon'),
      '/benefits/0/years YEAR_BAND_UNKNOWN',
    ],
    [
      'an unknown working',
      workings(aWorking('a', sum(take('b')))),
      '/workings/0/amount/of/0/id WORKING_UNKNOWN',
    ],
    ['a name given twice', (d) => (d.bodies[2]!.id = 'care'), '/bodies/2/id NAME_TWICE'],
    [
      'a working that explains an unknown one',
      workings(aWorking('a', sum(number('1')), { explains: 'b' })),
      '/workings/0/explains WORKING_UNKNOWN',
    ],
    [
      'benefits without an outcome',
      (d) => delete (d as { outcome?: unknown }).outcome,
      '/outcome OUTCOME_MISSING',
    ],
    [
      'price years mixed without an index',
      (d) => (d.unitCosts[0]!.priceYear = '2010'),
      '/unitCosts/0/priceYear PRICE_YEARS_MIXED',
    ],
    [
      'a price of an unstated year beside stated ones',
      (d) => (d.unitCosts[0]!.priceYear = 'not stated'),
      '/unitCosts/0/priceYear PRICE_YEARS_MIXED',
    ],
    [
      'years that belong to two bands',
      (d) => (d.yearBands[1]!.years.first = 5),
      '/yearBands/1/years BANDS_OVERLAP',
    ],
    [
      'a band that ends before it begins',
      (d) => (d.yearBands[1]!.years.last = 5),
      '/yearBands/1/years BAND_BACKWARDS',
    ],
    [
      'a price in fractions of a penny',
      (d) => (d.unitCosts[0]!.amount = '50.001'),
      '/unitCosts/0/amount NOT_AN_AMOUNT',
    ],
    [
      'a chance above one',
      workings(aWorking('a', product(number('2', { is: 'probability' })))),
      '/workings/0/amount/of/0/value NOT_A_PROPORTION',
    ],
    [
      'a number that is not exact',
      workings(aWorking('a', sum(number('1e3')))),
      '/workings/0/amount/of/0/value NOT_A_NUMBER',
    ],
    [
      'a count rounded to pennies',
      workings(aWorking('a', sum(number('1')), { rounding: { to: 'penny', mode: 'down' } })),
      '/workings/0/rounding/to ROUNDING_UNSUITED',
    ],
    [
      'a subtraction in a product',
      workings(aWorking('a', product(number('1', { minus: true })))),
      '/workings/0/amount/of/0/minus MINUS_MISPLACED',
    ],
    [
      'a rate where nothing is discounted',
      (d) => Object.assign(d.discounting, { rate: '3.5%' }),
      '/discounting/rate RATE_WITHOUT_DISCOUNTING',
    ],
    ['workings in a circle', workings(aWorking('a', sum(take('a')))), '/workings/0/amount CIRCLE'],
    [
      'money added to a count',
      workings(aWorking('a', sum(number('1'), number('1', { is: 'amount' })), money)),
      '/workings/0/amount/of UNITS_DISAGREE',
    ],
    [
      'money by money',
      workings(
        aWorking('a', product(number('1', { is: 'amount' }), number('1', { is: 'amount' })), money),
      ),
      '/workings/0/amount/of UNITS_DISAGREE',
    ],
    [
      'a number by money',
      workings(aWorking('a', quotient(number('1'), number('1', { is: 'amount' })))),
      '/workings/0/amount/of UNITS_DISAGREE',
    ],
    [
      'a count that is called money',
      workings(aWorking('a', sum(number('1', { label: 'money' })), money)),
      '/workings/0/amount/of UNITS_DISAGREE',
    ],
    [
      'a division by nought',
      workings(aWorking('a', quotient(number('1'), number('0')))),
      '/workings/0/amount/of/1 DIVISION_BY_NOUGHT',
    ],
    [
      'a benefit in parts of a penny',
      (d) =>
        Object.assign(d.benefits[0]!, {
          amount: { by: 'statement', value: '1/3' },
          rounding: { to: 'none' },
        }),
      '/benefits/0/rounding NOT_WHOLE_PENNIES',
    ],
    [
      'what was printed, where nothing was',
      workings(
        aWorking('a', sum(number('1'))),
        aWorking('b', sum(take('a', { taken: 'printed' }))),
      ),
      '/workings/1/amount NOTHING_PRINTED',
    ],
    [
      'the part of a body that has none',
      workings(
        aWorking(
          'a',
          sum({ take: 'benefit', id: 'visits', taken: 'rounded', body: 'people' }),
          money,
        ),
      ),
      '/workings/0/amount NO_PART',
    ],
    [
      'the unrounded part of a body',
      workings(
        aWorking('a', sum({ take: 'benefit', id: 'visits', taken: 'exact', body: 'care' }), money),
      ),
      '/workings/0/amount/of/0/taken PART_NOT_ROUNDED',
    ],
    [
      'an explanation that does not explain',
      workings(
        aWorking('a', sum(number('1')), {
          printed: { value: '2', source: { source: 'study', at: 'page 1' } },
        }),
        aWorking('b', sum(number('3')), { explains: 'a' }),
      ),
      '/workings/1/explains EXPLAINS_NOTHING',
    ],
    [
      'a figure without a rounding',
      workings({ ...aWorking('a', sum(number('1'))), rounding: undefined }),
      '/workings/0/rounding PART_MISSING',
    ],
    [
      'a rounding without a mode',
      workings(aWorking('a', sum(number('1')), { rounding: { to: 'ten' } })),
      '/workings/0/rounding/mode PART_MISSING',
    ],
    ['a part that is not known', (d) => Object.assign(d, { gift: 1 }), '/gift PART_UNKNOWN'],
    [
      'a kind that is not known',
      (d) => (d.benefits[0]!.kind = 'spiritual'),
      '/benefits/0/kind PART_INVALID',
    ],
    [
      'a way of reckoning that is not known',
      workings(aWorking('a', { by: 'feeling' })),
      '/workings/0/amount/by PART_UNSUPPORTED',
    ],
    [
      'a place that nobody could look up',
      (d) => (d.outcome.source = { source: 'study', at: 'somewhere' }),
      '/outcome/source/at PART_INVALID',
    ],
  ])('for %s', (_what, change, fault) => {
    expect(refusalOf(() => reportWith(change))).toEqual([fault]);
  });

  it('for products of products that grow without end', () => {
    const list = Array.from({ length: 30 }, (_, n) =>
      aWorking(
        `w${n}`,
        n === 0 ? sum(number('9'.repeat(30))) : product(take(`w${n - 1}`), take(`w${n - 1}`)),
      ),
    );
    expect(refusalOf(() => reportWith(workings(...list)))).toEqual([
      '/workings/2/amount NUMBER_UNWIELDY',
    ]);
  });

  it('never for its length: each figure may rest on the one before', () => {
    const chain = Array.from({ length: 500 }, (_, n) =>
      aWorking(`w${n}`, sum(number('1'), ...(n < 499 ? [take(`w${n + 1}`)] : []))),
    );
    const { workings: reckoned } = reportWith(workings(...chain));
    expect(reckoned[0]!.exact.numerator).toBe(500n);
  });

  it('with every contradiction at once', () => {
    const faults = refusalOf(() =>
      reportWith((d) => {
        d.benefits[0]!.years = 'soon';
        d.unitCosts[0]!.priceYear = '2010';
        d.benefits[0]!.to[0]!.share = '1/3';
      }),
    );
    expect(faults).toEqual([
      '/benefits/0/years YEAR_BAND_UNKNOWN',
      '/benefits/0/to SPLIT_NOT_WHOLE',
      '/unitCosts/0/priceYear PRICE_YEARS_MIXED',
    ]);
  });

  it.each([
    ['is not YAML', 'a: [', 'NOT_YAML'],
    ['is a list', '- a', 'NOT_A_DOCUMENT'],
    ['says something twice', 'code: a\ncode: b\n', 'KEY_TWICE'],
    ['is nested without end', `a: ${'['.repeat(300)}`, 'VALUE_CASE_TOO_DEEP'],
    ['is another document', 'format: outturn-terms/1\ncode: a\n', 'PART_INVALID'],
  ])('when it %s', (_what, text, code) => {
    expect(refusalOf(() => readValueCase(text)).join('\n')).toContain(code);
  });

  it('never, when it is sound: from JSON as from YAML', () => {
    expect(readValueCase(JSON.stringify(aValueCase())).code).toBe('trial');
  });
});

describe('prices of another year', () => {
  const older: Change = (d) => (d.unitCosts[0]!.priceYear = '2010');

  it('stand beside the others where the case declares it, and the report says so', () => {
    const { notes, totals } = reportWith((d) => {
      older(d);
      Object.assign(d, { mixedPriceYears: 'shown' });
    });
    expect(notes.join(' ')).toContain('Prices of several years stand side by side');
    expect(totals.all.each.minor).toBe(10_000n);
  });

  it.each([
    ['the year of the price alone', { '2010': '80' }],
    ['the year of the case alone', { '2014': '88' }],
  ])('are left as they are by an index that has %s', (_what, values) => {
    const { totals } = reportWith((d) => {
      older(d);
      const source = { source: 'study', at: 'table 1' };
      Object.assign(d, {
        mixedPriceYears: 'shown',
        priceIndex: { name: 'an index', source, values },
      });
    });
    expect(totals.all.each.minor).toBe(10_000n);
  });

  it('are brought to the price year by an index', () => {
    const { notes, totals } = reportWith((d) => {
      older(d);
      const source = { source: 'study', at: 'table 1' };
      Object.assign(d, {
        priceIndex: { name: 'an index', source, values: { '2010': '80', '2014': '88' } },
      });
    });
    expect(notes).toContain('Brought to prices of 2014 by an index: visit (2010).');
    expect(totals.all.each.minor).toBe(11_000n);
  });
});
