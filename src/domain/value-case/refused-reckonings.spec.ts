import { aWorking, reportWith } from '../../../test/support/value-case.builder.js';
import {
  faultsOf,
  place,
  number,
  pounds,
  take,
  part,
  sum,
  product,
  quotient,
  money,
  workings,
  one,
  type Row,
  refused,
} from '../../../test/support/value-case.refusals.js';

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
