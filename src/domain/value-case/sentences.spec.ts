import { aWorking, reportWith } from '../../../test/support/value-case.builder.js';
import { fraction, parseFraction } from '../money/fraction.js';
import { sentenceOf } from './sentences.js';
import { show, showNumber } from './show.js';

const source = { source: 'study', at: 'page 3' };
const number = (value: string, more: object = {}) => ({
  take: 'number',
  value,
  label: `n${value}`,
  ...more,
});
const pounds = (value: string, more: object = {}) => number(value, { is: 'amount', ...more });
const sum = (...of: object[]) => ({ by: 'sum', of });
const rounding = (to: string, mode = 'half-up') => ({ rounding: { to, mode } });
const prints = (value: string, more: object = {}) => ({ printed: { value, source, ...more } });
const MONEY = { unit: 'money' };

const said = (amount: object, more: object, currency = 'GBP') => {
  const { workings, of } = reportWith((d) => {
    d.currency = currency;
    d.workings = [aWorking('a', amount, { label: 'A', ...more })];
  });
  return sentenceOf(workings[0]!, of.currency);
};

describe('a figure read aloud', () => {
  it.each<[string, object, object, string]>([
    ['as stated', { by: 'statement', value: '1234.5' }, {}, 'A: 1,234.5 visits, as stated.'],
    [
      'what is taken away first',
      sum(number('2', { minus: true }), number('5')),
      {},
      'A: -2 (n2) + 5 (n5) = 3 visits.',
    ],
    [
      'what is taken away later',
      sum(number('5'), number('2', { minus: true })),
      {},
      'A: 5 (n5) - 2 (n2) = 3 visits.',
    ],
    [
      'numbers as they are written, where a person wrote a part',
      { by: 'product', of: [number('2.50%'), number('1/3'), number('012000')] },
      {},
      'A: 2.50% (n2.50%) × 1/3 (n1/3) × 12,000 (n012000) = 100 visits.',
    ],
    [
      'a division, of money that comes out in parts of a penny',
      { by: 'quotient', of: [pounds('1'), number('3')] },
      MONEY,
      'A: £1 (n1) ÷ 3 (n3) = about £0.33 (exactly 1/3).',
    ],
    ['pennies, where there are some', sum(pounds('1.05')), MONEY, 'A: £1.05 (n1.05) = £1.05.'],
    [
      'with its note, after what is printed',
      sum(number('5')),
      { ...prints('5'), note: 'A note.' },
      'A: 5 (n5) = 5 visits. The source prints the same. A note.',
    ],
  ])('%s', (_what, amount, more, words) => expect(said(amount, more)).toBe(words));

  it.each<[string, string, string]>([
    ['penny', 'half-up', 'to the nearest penny (half up) £12.35'],
    ['penny', 'half-even', 'to the nearest penny (half to even) £12.34'],
    ['pound', 'down', 'rounded down to the next pound £12'],
    ['pound', 'up', 'rounded up to the next pound £13'],
    ['ten', 'half-up', 'to the nearest ten (half up) £10'],
    ['ten-thousand', 'up', 'rounded up to the next ten thousand £10,000'],
  ])('money rounded to a %s %s', (to, mode, words) =>
    expect(said(sum(pounds('12.345')), { ...MONEY, ...rounding(to, mode) })).toBe(
      `A: about £12.35 (exactly 12.345) (n12.345) = about £12.35 (exactly 12.345), ${words}.`,
    ),
  );

  it('a count rounded to a whole number', () => {
    expect(said(sum(number('12.5')), rounding('one', 'down'))).toBe(
      'A: 12.5 (n12.5) = 12.5 visits, rounded down to the next whole number 12.',
    );
  });

  it('in another currency, which has neither pennies nor pounds', () => {
    expect(said(sum(pounds('12.345')), { ...MONEY, ...rounding('penny') }, 'EUR')).toMatch(
      /, to the nearest minor unit \(half up\) €12\.35\.$/,
    );
    expect(said(sum(pounds('12.5')), { ...MONEY, ...rounding('pound', 'up') }, 'EUR')).toMatch(
      /, rounded up to the next whole EUR €13\.$/,
    );
  });
});

describe('what the source prints, beside the arithmetic', () => {
  it.each<[string, object, string]>([
    [
      'less money, and about',
      { ...MONEY, ...prints('2000', { about: true }) },
      'The source prints about £2,000; the arithmetic gives £2,345: the source has £345 too little.',
    ],
    [
      'more money than even when rounded',
      { ...MONEY, ...prints('2500'), ...rounding('hundred') },
      'The source prints £2,500; the arithmetic gives £2,345, or £2,300 to the nearest hundred ' +
        '(half up): the source has £200 too much.',
    ],
    [
      'the same once rounded',
      { ...MONEY, ...prints('2300'), ...rounding('hundred', 'down') },
      'The source prints £2,300; the arithmetic gives £2,345, which is the same rounded down to ' +
        'the next hundred.',
    ],
  ])('%s', (_what, more, words) => {
    const text = said(sum(pounds('2345')), more);
    expect(text.slice(text.indexOf('The source'))).toBe(words);
  });

  it.each([
    [
      '12',
      'The source prints 12 visits; the arithmetic gives 13 visits: the source has 1 too few.',
    ],
    [
      '15',
      'The source prints 15 visits; the arithmetic gives 13 visits: the source has 2 too many.',
    ],
  ])('a count of %s', (value, words) =>
    expect(said(sum(number('13')), prints(value))).toBe(`A: 13 (n13) = 13 visits. ${words}`),
  );
});

describe('a number to be read', () => {
  it.each([
    ['0', '0'],
    ['999', '999'],
    ['1000', '1,000'],
    ['-1234567', '-1,234,567'],
    ['1234567.12345', '1,234,567.12345'],
    ['11/12', 'about 0.9167 (11/12)'],
    ['10000/3', 'about 3,333.3333 (10000/3)'],
  ])('%s is %s', (value, text) => expect(showNumber(parseFraction(value))).toBe(text));

  it.each([
    [fraction(100n), '£100'],
    [fraction(1005n, 1000n), 'about £1.01 (exactly 1.005)'],
    [fraction(-1n, 3n), 'about -£0.33 (exactly -1/3)'],
    [fraction(205n, 2n), '£102.50'],
  ])('%j as money is %s', (value, text) => expect(show(value, 'money', 'GBP')).toBe(text));
});
