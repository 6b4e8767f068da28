// The figures of the examples, each with its line in the review that they are taken from.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { VALUE_OF_A_POINT } from '../../../test/worked-examples/value-of-a-point.js';
import { add, formatFraction, parseFraction, sum } from '../money/fraction.js';
import { formatAmount } from '../money/money.js';
import { readValueCase } from './parse.js';
import { reportOn, type ValueCaseReport } from './report.js';
import { sentenceOf } from './sentences.js';

const FOLDER = resolve(__dirname, '../../../examples/value-cases');
const read = (name: string) => readValueCase(readFileSync(join(FOLDER, `${name}.yaml`), 'utf8'));

const LONELINESS = read('worcestershire-loneliness');
const SUMS = read('early-action-sums');

const working = (of: ValueCaseReport, id: string) => of.workings.find((one) => one.id === id)!;
const row = (of: ValueCaseReport, id: string) => {
  const { exact, rounded, printed, agreement } = working(of, id);
  return [
    formatFraction(exact),
    formatFraction(rounded),
    printed && formatFraction(printed),
    agreement,
  ];
};

type Row = [
  line: string,
  id: string,
  exact: string,
  rounded: string,
  printed: string | null,
  agreement: string,
];

/** A figure that comes out exactly as the source prints it. */
const asPrinted = (value: string) => [value, value, value, 'same'] as const;

describe('the value of a point of loneliness less', () => {
  it.each<Row>([
    ['2709-2712: £325 + £720', 'value-of-a-point', ...asPrinted(VALUE_OF_A_POINT.sum)],
    [
      '2716-2718: £135 + £165 + £420',
      'health-and-care-value',
      ...asPrinted(VALUE_OF_A_POINT.healthAndCare.sum),
    ],
    ['2717-2718: £165 + 2/3 of £420', 'health-value', '445', '445', null, 'not-printed'],
    ['2716-2718: £135 + 1/3 of £420', 'social-care-value', '275', '275', null, 'not-printed'],
    ['2707: 3,000 x £1,045', 'value-of-the-cohort', '3135000', '3100000', '3100000', 'rounded'],
    ['2711: 20% x £20,000', 'price-of-a-qaly', '4000', '4000', '4000', 'same'],
    ['2711: £325 / £4,000', 'qaly-of-a-point', '0.08125', '0.08125', null, 'not-printed'],
    ['2698: 6% x 3,000', 'movers', '180', '180', '180', 'same'],
    ['2698: 180 x (7% - 3.5%)', 'entries-from-high', '6.3', '6.3', null, 'not-printed'],
    ['2698: 180 x (3.5% - 2%)', 'entries-from-moderate', '2.7', '2.7', null, 'not-printed'],
    ['2698: 6.3 + 2.7', 'care-entries', '9', '9', '9', 'same'],
    ['2698: 9 x £433 x 104', 'care-value', '405288', '405000', '405000', 'rounded'],
    ['2699: 6 x 180 x 2', 'gp-appointments', '2160', '2160', '2175', 'slip'],
    ['2699: 2,175 / 360', 'gp-appointments-for-each', '145/24', '145/24', null, 'not-printed'],
    ['2700: 0.25 x 180 x 2', 'ae-visits', '90', '90', '92', 'slip'],
    ['2700: 92 / 360', 'ae-visits-for-each', '23/90', '23/90', null, 'not-printed'],
    ['2700: 0.25 x 180 x 2 x £108', 'ae-value', '9720', '10000', '10000', 'rounded'],
    ['2700: 92 x £108', 'ae-value-from-the-count', '9936', '10000', null, 'not-printed'],
    ['2701: 0.07 x 180 x 2', 'admissions', '25.2', '25', '26', 'slip'],
    ['2701: 25.2 rounded up', 'admissions-rounded-up', '25.2', '26', null, 'not-printed'],
    ['2701: 26 / 360', 'admissions-for-each', '13/180', '13/180', null, 'not-printed'],
    ['2701: 0.07 x 180 x 2 x £800', 'admissions-value', '20160', '20000', '21000', 'slip'],
    ['2701: 26 x £800', 'admissions-value-from-the-count', '20800', '21000', null, 'not-printed'],
    ['2716: £135 x 3,000', 'social-care-of-the-cohort', '405000', '405000', null, 'not-printed'],
    ['2717: £165 x 3,000', 'nhs-of-the-cohort', '495000', '495000', null, 'not-printed'],
    ['2700-2717: less the lines', 'nhs-not-itemised', '464000', '464000', null, 'not-printed'],
    ['2659, 2707: 3,000 x £660', 'price-for-the-cohort', '1980000', '1980000', null, 'not-printed'],
    ['2660: a third of £660', 'fund-at-least', '220', '220', null, 'not-printed'],
    ['2660: half of £660', 'fund-at-most', '330', '330', null, 'not-printed'],
    [
      '2660: for 3,000 points',
      'fund-at-least-for-the-cohort',
      '660000',
      '660000',
      null,
      'not-printed',
    ],
    [
      '2660: for 3,000 points',
      'fund-at-most-for-the-cohort',
      '990000',
      '990000',
      null,
      'not-printed',
    ],
    ['2659, 2709: £660 / £1,045', 'price-to-value', '12/19', '12/19', null, 'not-printed'],
    ['2659, 2712: £660 / £720', 'price-to-health-and-care', '11/12', '11/12', null, 'not-printed'],
    ['2716-2717: £300 / £660', 'early-value-to-price', '5/11', '5/11', null, 'not-printed'],
    ['2681: 3,000 / 15,000', 'reached', '0.2', '0.2', null, 'not-printed'],
  ])('line %s', (_line, id, ...expected) => {
    expect(row(reportOn(LONELINESS), id)).toEqual(expected);
  });

  it('is the sum of its parts', () => {
    const { qualityOfLife, healthAndCare, shared } = VALUE_OF_A_POINT;
    const health = sum(healthAndCare.parts.map(parseFraction));
    expect(formatFraction(health)).toBe(healthAndCare.sum);
    expect(formatFraction(add(parseFraction(qualityOfLife), health))).toBe(VALUE_OF_A_POINT.sum);
    expect(formatFraction(sum(shared.map(([, amount]) => parseFraction(amount))))).toBe(
      healthAndCare.parts.at(-1),
    );
  });

  it('splits the £420 of years 6 to 15 by thirds (line 2718)', () => {
    const { parts } = reportOn(LONELINESS).benefits.find(
      ({ id }) => id === 'health-and-care-late',
    )!;
    expect(parts.map(({ body, amount }) => [body, formatAmount(amount)])).toEqual(
      VALUE_OF_A_POINT.shared,
    );
  });

  it('adds up by body, kind and years, and says that the kinds are not alike', () => {
    const shown = (list: ValueCaseReport['totals']['byBody']) =>
      Object.fromEntries(list.map(({ of, each }) => [of, formatAmount(each)]));
    const { totals, warning } = reportOn(LONELINESS);
    expect(shown(totals.byBody)).toEqual({
      'social-care': '275.00',
      nhs: '445.00',
      participants: '325.00',
      'national-fund': '0.00',
    });
    expect(shown(totals.byKind)).toEqual({ 'quality-of-life': '325.00', unstated: '720.00' });
    expect(shown(totals.byBand)).toEqual({
      'y0-5': '300.00',
      'y6-15': '420.00',
      unstated: '325.00',
    });
    expect(formatAmount(totals.all.each)).toBe('1045.00');
    expect(formatAmount(totals.all.expected)).toBe('3135000.00');
    expect(warning).toMatch(/value of 2 kinds \(quality of life; kind not stated\)/);
  });

  it.each([
    ['third', '440.00', '18/11', '-140.00', '280.00'],
    ['half', '330.00', '24/11', '-30.00', '390.00'],
  ])('shows what the commissioners pay and gain, with a %s from the fund', (id, ...expected) => {
    const way = reportOn(LONELINESS).whoPaid.find((one) => one.id === id)!;
    const local = way.sides.find(({ isGroup }) => isGroup)!;
    expect([
      formatAmount(local.paid),
      formatFraction(local.returns[0]!.ratio!),
      ...local.gainedBy.map(({ lessPaid }) => formatAmount(lessPaid)),
    ]).toEqual(expected);
    const total = way.sides
      .filter(({ isGroup }) => !isGroup)
      .reduce((sum, { paid }) => sum + paid.minor, 0n);
    expect(total).toBe(66_000n);
  });

  it('sets what the source prints beside the arithmetic', () => {
    const loneliness = reportOn(LONELINESS);
    expect(sentenceOf(working(loneliness, 'care-value'), 'GBP')).toBe(
      'Value of residential care avoided: 9 (Entries to residential care avoided) × £433 (residential care, for each week) × 104 (weeks) = £405,288, to the nearest thousand (half up) £405,000. The source prints £405,000; the arithmetic gives £405,288, which is the same to the nearest thousand (half up).',
    );
    const slips = loneliness.differences.filter(({ grade }) => grade === 'slip');
    expect(slips.map(({ figure, place }) => [figure.id, place.at])).toEqual([
      ['gp-appointments', 'line 2699'],
      ['ae-visits', 'line 2700'],
      ['admissions', 'line 2701'],
      ['admissions-value', 'line 2701'],
    ]);
    expect(slips[3]!.sentence).toContain(
      'The source prints £21,000; the arithmetic gives £20,160, or £20,000 to the nearest thousand (half up): the source has £1,000 too much.',
    );
    expect(slips[3]!.explanations).toEqual([expect.stringContaining('£20,800')]);
  });

  it('holds both prices of an emergency admission apart (lines 2678, 2701)', () => {
    expect(reportOn(LONELINESS).notes).toContain(
      'The case holds several prices of one thing, each with its own definition: emergency admission, £800 (line 2701) and £3,000 (line 2678). They may not be exchanged.',
    );
  });
});

describe('the sums of other schemes in the review', () => {
  it.each<Row>([
    [
      '323-340: 18 - (6.6 + 1) million',
      'total-place-net',
      '10400000',
      '10400000',
      null,
      'not-printed',
    ],
    ['319: 15% of 30%', 'total-place-diverted', '0.045', '0.045', null, 'not-printed'],
    [
      '408-412: 19.1 - 4.27 - 3.94 - 1.99',
      'west-cheshire-pressure',
      '8900000',
      '8900000',
      '8900000',
      'same',
    ],
    ['398: 56 / 12,000', 'west-cheshire-part', '7/1500', '7/1500', null, 'not-printed'],
    ['204: (0.80 + 1.60) / 2', 'popp-midpoint', '1.2', '1.2', '1.2', 'same'],
    ['192-198: £60m / 29', 'popp-by-site', '60000000/29', '2068966', null, 'not-printed'],
    ['192-198: £60m / 146', 'popp-by-project', '30000000/73', '410959', null, 'not-printed'],
    ['551: £4m / £1m', 'poplar-ratio', '4', '4', null, 'not-printed'],
    ['869: £3.5m / £233,655', 'help-ratio', '700000/46731', '15', '15', 'rounded'],
    ['2488: 70 + 80 + 80 + 70', 'change-fund', '300000000', '300000000', '300000000', 'same'],
    ['2557: 8 + 5', 'disinvestment', '13', '13', '12', 'slip'],
    ['1292: 15 + 11', 'health-action-zones', '26', '26', '26', 'same'],
    ['1742: 26 x £900,000', 'improving-futures-cap', '23400000', '23400000', '26000000', 'slip'],
    ['797-800: 6 + 12 + 12 + 6', 'neighbourhood-months', '36', '36', '24', 'slip'],
    ['1987: 4% x 240', 'high-standard', '9.6', '10', '10', 'rounded'],
    ['1987: 25 - 10', 'promising', '15', '15', null, 'not-printed'],
    ['1638: 13,000 / 2', 'nurse-places', '6500', '6500', null, 'not-printed'],
    ['2857-2861: passing 50', 'need-passing-50', '100', '100', null, 'not-printed'],
    ['2857-2861: 50 to 64', 'need-50-64', '100', '100', null, 'not-printed'],
    ['2857-2861: 65 to 74', 'need-65-74', '100', '100', null, 'not-printed'],
    ['2857-2861: 75 to 84', 'need-75-84', '100', '100', null, 'not-printed'],
    ['2857-2861: 85 and over', 'need-85-plus', '100', '100', null, 'not-printed'],
    ['2857-2861: overall', 'need-overall', '100.1', '100', null, 'not-printed'],
    ['2266-2271: 4 x 10', 'life-indicators', '40', '40', null, 'not-printed'],
    ['1608: half an hour, 12 weeks', 'reading-least', '30', '30', null, 'not-printed'],
    ['1608: half an hour, 20 weeks', 'reading-most', '50', '50', null, 'not-printed'],
    ['2091: 12 x 2', 'incredible-years', '24', '24', null, 'not-printed'],
    ['2292, 2337: £4.2m / 15,000', 'nottingham', '280', '280', null, 'not-printed'],
  ])('line %s', (_line, id, ...expected) => {
    expect(row(reportOn(SUMS), id)).toEqual(expected);
  });
});
