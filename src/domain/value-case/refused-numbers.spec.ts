import { aWorking, reportWith } from '../../../test/support/value-case.builder.js';
import {
  faultsOf,
  place,
  number,
  pounds,
  part,
  sum,
  product,
  quotient,
  money,
  workings,
  one,
  index,
  refused,
} from '../../../test/support/value-case.refusals.js';

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
