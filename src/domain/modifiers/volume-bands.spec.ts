import fc from 'fast-check';
import { civilDate } from '../calendar/civil-date.js';
import { fraction, multiply, formatFraction, sum, ZERO } from '../money/fraction.js';
import { formatAmount, money } from '../money/money.js';
import { round } from '../money/rounding.js';
import type { Outcome } from '../outcomes/outcome.js';
import {
  aModifierContext,
  someModifierSurroundings,
  aWording,
} from '../../../test/support/clause.builder.js';
import { volumeBands, type VolumeBands } from './volume-bands.js';

const TERMS: VolumeBands = {
  type: 'M6',
  counted: 'over-contract',
  bands: [
    { from: '0', to: '10', price: '100.00' },
    { from: '10', to: '20', price: '80.00' },
    { from: '20', price: '150.00' },
  ],
};
const AFRESH: VolumeBands = { ...TERMS, counted: 'each-period' };

/** So many units on a day, posted at £100 each. */
const units = (on: string, count: number, given: Partial<Outcome> = {}): Outcome => ({
  clause: '4.1',
  metric: 'job',
  occurrence: on,
  outcomeOn: civilDate(on),
  quantity: fraction(BigInt(count)),
  unit: 'claim',
  rateMinor: 10_000n,
  exactMinor: fraction(BigInt(count) * 10_000n),
  cutMinor: ZERO,
  reason: null,
  finding: 'x',
  steps: [],
  evidence: [],
  ...given,
});

const adjusted = (
  terms: VolumeBands,
  outcomes: readonly Outcome[],
  context = aModifierContext(),
) => {
  const collective = volumeBands.collective!(terms, context);
  for (const one of outcomes) collective.see([one]);
  return collective.close();
};
const inShort = (...given: Parameters<typeof adjusted>) =>
  adjusted(...given).map(({ occurrence, outcomeOn, exactMinor, reason }) => [
    occurrence,
    outcomeOn,
    formatAmount(money(round(exactMinor, 'half-up'), 'GBP')),
    reason,
  ]);

describe('M6, volume bands', () => {
  it.each<[number, string, string | null]>([
    [1, '0.00', 'nothing-to-adjust'],
    [10, '0.00', 'nothing-to-adjust'],
    [11, '-20.00', null],
    [20, '-200.00', null],
    [21, '-150.00', null],
    [30, '300.00', null],
  ])('adjust %i units in one period by £%s', (count, amount, reason) =>
    expect(inShort(TERMS, [units('2015-05-01', count)])).toEqual([
      ['volume/2015-Q2', '2015-06-30', amount, reason],
    ]),
  );

  it('go on from the periods before, or begin afresh in each', () => {
    const seen = [units('2015-05-01', 8), units('2015-08-01', 8)];
    expect(inShort(TERMS, seen)).toMatchObject([
      ['volume/2015-Q2', '2015-06-30', '0.00', 'nothing-to-adjust'],
      ['volume/2015-Q3', '2015-09-30', '-120.00', null],
    ]);
    expect(inShort(AFRESH, seen).map(([, , amount]) => amount)).toEqual(['0.00', '0.00']);
  });

  it('correct the period whose outcome was corrected, and those after it', () => {
    const before = inShort(TERMS, [units('2015-05-01', 9), units('2015-08-01', 5)]);
    const after = inShort(TERMS, [units('2015-05-01', 12), units('2015-08-01', 5)]);
    expect(before.map(([, , amount]) => amount)).toEqual(['0.00', '-80.00']);
    expect(after.map(([, , amount]) => amount)).toEqual(['-40.00', '-100.00']);
  });

  it('count only what pays, and results at a price of nil', () => {
    const refused = units('2015-05-01', 50, { exactMinor: ZERO, reason: 'already-paid' });
    const nil = units('2015-05-01', 11, {
      exactMinor: ZERO,
      rateMinor: 0n,
      reason: 'price-is-nil',
    });
    expect(inShort(TERMS, [refused])).toEqual([]);
    expect(inShort(TERMS, [nil])).toMatchObject([
      ['volume/2015-Q2', '2015-06-30', '1080.00', null],
    ]);
  });

  it('keep in proportion what other steps did to a unit', () => {
    // eleven units, each worth half of its price: half of the discount of £20
    const halved = units('2015-05-01', 11, { exactMinor: fraction(55_000n) });
    expect(inShort(TERMS, [halved])).toMatchObject([
      ['volume/2015-Q2', '2015-06-30', '-10.00', null],
    ]);
  });

  it('take net units back at the price of the place they leave', () => {
    const seen = [units('2015-05-01', 12), units('2015-08-01', -4)];
    expect(inShort(TERMS, seen).map(([, , amount]) => amount)).toEqual(['-40.00', '40.00']);
    expect(inShort(TERMS, [units('2015-05-01', 2), units('2015-05-02', -2)])).toMatchObject([
      ['volume/2015-Q2', '2015-06-30', '0.00', 'nothing-to-adjust'],
    ]);
    expect(inShort(TERMS, [units('2015-05-01', -2)]).map(([, , amount]) => amount)).toEqual([
      '0.00',
    ]);
  });

  it('are reckoned up to the day of the computation, in a period that it ends within', () => {
    const context = aModifierContext({ before: civilDate('2015-06-01') });
    const seen = [units('2015-05-01', 11), units('2015-06-15', 20)];
    expect(inShort(TERMS, seen, context)).toEqual([
      ['volume/2015-Q2', '2015-05-31', '-20.00', null],
    ]);
  });

  it('are about the metric that comes first by name, whichever was seen first', () => {
    const seen = ['job', 'flat', 'visit'].map((metric) => units('2015-05-01', 4, { metric }));
    for (const order of [seen, [...seen].reverse()])
      expect(adjusted(TERMS, order).map(({ metric }) => metric)).toEqual(['flat']);
  });

  it('include the first day of a period and leave out the day the computation ends before', () => {
    const context = aModifierContext({ before: civilDate('2015-07-01') });
    const seen = [units('2015-04-01', 11), units('2015-06-30', 1), units('2015-07-01', 8)];
    expect(inShort(TERMS, seen, context).map(([, on, amount]) => [on, amount])).toEqual([
      ['2015-06-30', '-40.00'],
      ['2015-09-30', '-160.00'],
    ]);
    const within = aModifierContext({ before: civilDate('2015-06-30') });
    expect(inShort(TERMS, seen, within).map(([, on, amount]) => [on, amount])).toEqual([
      ['2015-06-29', '-20.00'],
      ['2015-09-30', '-160.00'],
    ]);
  });

  it('read aloud', () => {
    const [found] = adjusted(TERMS, [units('2015-05-01', 11)]);
    expect(found!.unit).toBe('adjustment');
    expect(found!.steps).toEqual([
      {
        step: 'M6',
        before: '110000',
        after: '108000',
        why: '11 units in 2015-Q2 are worth £1,080.00 by their bands, and £1,100.00 at their own prices',
      },
    ]);
    expect(volumeBands.inWords({ ...TERMS, bands: [TERMS.bands[2]!] }, aWording())).toBe(
      'units after 20 at £150.00, over the contract',
    );
    expect(found).toMatchObject({
      cohort: '*',
      finding: '11 units in 2015-Q2, after 0 before them',
      reckoning: '£1,080.00 by their bands less £1,100.00 at their own prices',
    });
    expect(volumeBands.inWords(AFRESH, aWording())).toBe(
      'units after 0 up to 10 at £100.00, units after 10 up to 20 at £80.00, units after 20 at £150.00, afresh in each period',
    );
  });

  it.each<[string, VolumeBands['bands'], string[][]]>([
    ['nothing wrong', TERMS.bands, []],
    [
      'a first band that begins late',
      [{ from: '5', price: '1.00' }],
      [['/bands/0/from', 'BANDS_START']],
    ],
    [
      'bands that overlap',
      [
        { from: '0', to: '10', price: '1.00' },
        { from: '9', price: '1.00' },
      ],
      [['/bands/1', 'STEPS_OVERLAP']],
    ],
    [
      'a last band that ends',
      [{ from: '0', to: '10', price: '1.00' }],
      [['/bands/0', 'STEPS_END']],
    ],
    ['a first band that begins at 0.00', [{ from: '0.00', price: '1.00' }], []],
    [
      'a first band that begins at a thousand',
      [{ from: '1000', price: '1.00' }],
      [['/bands/0/from', 'BANDS_START']],
    ],
    [
      'a first band that begins at a thousandth',
      [{ from: '0.001', price: '1.00' }],
      [['/bands/0/from', 'BANDS_START']],
    ],
    ['a negative price', [{ from: '0', price: '-1.00' }], [['/bands/0/price', 'PRICE_NEGATIVE']]],
  ])('answer %s', (_name, bands, faults) =>
    expect(
      volumeBands
        .problems({ ...TERMS, bands }, someModifierSurroundings())
        .map(({ at, code }) => [at, code]),
    ).toEqual(faults),
  );
});

describe('volume bands, whatever the outcomes', () => {
  const days = ['2015-04-02', '2015-06-30', '2015-07-01', '2015-11-11', '2016-02-29'];
  const seen = fc.array(
    fc.record({ on: fc.constantFrom(...days), count: fc.integer({ min: 1, max: 15 }) }),
    { maxLength: 12 },
  );
  const outcomesOf = (all: readonly { on: string; count: number }[]) =>
    all.map(({ on, count }) => units(on, count));

  it('never depend on the order in which they were seen', () =>
    fc.assert(
      fc.property(seen, (all) => {
        const [there, back] = [outcomesOf(all), outcomesOf([...all].reverse())];
        expect(adjusted(TERMS, back)).toEqual(adjusted(TERMS, there));
        expect(adjusted(AFRESH, back)).toEqual(adjusted(AFRESH, there));
      }),
    ));

  it('over the contract come to what all units together are worth, however periods divide them', () =>
    fc.assert(
      fc.property(seen, (all) => {
        const count = all.reduce((n, one) => n + one.count, 0);
        const total = sum([
          ...adjusted(TERMS, outcomesOf(all)).map((o) => o.exactMinor),
          multiply(fraction(BigInt(count)), fraction(10_000n)),
        ]);
        const inBand = (from: number, to: number) => Math.max(0, Math.min(count, to) - from);
        const worth =
          inBand(0, 10) * 10_000 + inBand(10, 20) * 8_000 + inBand(20, Infinity) * 15_000;
        expect(formatFraction(total)).toBe(String(worth));
      }),
    ));
});
