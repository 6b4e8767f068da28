import { someRuleSurroundings } from '../../../test/support/clause.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import { openPrices, priceFaults, pricesInWords } from './dated-price.js';
import { perEvent } from './per-event.js';
import { perPoint } from './per-point.js';
import { personThreshold } from './person-threshold.js';

const LATER = [
  { from: civilDate('2016-04-01'), price: '420.00' },
  { from: civilDate('2017-04-01'), price: '0.00' },
];

describe('a price that changes on agreed days', () => {
  it.each([
    ['2015-06-02', 40000n, '£400.00'],
    ['2016-03-31', 40000n, '£400.00'],
    ['2016-04-01', 42000n, '£420.00, the price from 2016-04-01'],
    ['2017-03-31', 42000n, '£420.00, the price from 2016-04-01'],
    ['2017-04-01', 0n, '£0.00, the price from 2017-04-01'],
  ])('on %s is %s', (day, minor, inWords) =>
    expect(openPrices('400.00', LATER, 'GBP')(civilDate(day))).toEqual({ minor, inWords }),
  );

  it('is read aloud with its days', () => {
    expect(pricesInWords('400.00', LATER, 'GBP')).toBe(
      '£400.00 (£420.00 from 1 April 2016, £0.00 from 1 April 2017)',
    );
    expect(pricesInWords('400.00', undefined, 'GBP')).toBe('£400.00');
  });

  it.each<[string, { from: string; price: string }[], string[]]>([
    ['that is in order', LATER, []],
    ['out of order', [LATER[1]!, LATER[0]!], ['/laterPrices/1/from PRICES_OUT_OF_ORDER']],
    [
      'twice on a day',
      [LATER[0]!, { ...LATER[1]!, from: LATER[0]!.from }],
      ['/laterPrices/1/from PRICES_OUT_OF_ORDER'],
    ],
    [
      'that is the price before',
      [{ from: '2016-04-01', price: '400.0' }],
      ['/laterPrices/0/price PRICE_UNCHANGED'],
    ],
    [
      'below nought',
      [{ from: '2016-04-01', price: '-1.00' }],
      ['/laterPrices/0/price PRICE_NEGATIVE'],
    ],
    [
      'that is no amount',
      [{ from: '2016-04-01', price: 'dear' }],
      ['/laterPrices/0/price NOT_AN_AMOUNT'],
    ],
  ])('%s', (_name, later, faults) =>
    expect(
      priceFaults('/price', '400.00', later as typeof LATER, 'GBP').map(
        ({ at, code }) => `${at} ${code}`,
      ),
    ).toEqual(faults),
  );

  it('is checked by every rule that has one', () => {
    const laterPrices = [{ from: civilDate('2016-04-01'), price: '-1.00' }];
    const score = { metric: 'x', timePoints: ['6m'], waves: 'independent' as const, laterPrices };
    const found = [
      perEvent.problems(
        { type: 'R1', events: [], price: '1.00', unit: 'claim', laterPrices },
        someRuleSurroundings([]),
      ),
      personThreshold.problems(
        {
          type: 'R3',
          price: '1.00',
          threshold: { kind: 'change', points: '1' },
          unit: 'result',
          ...score,
        },
        someRuleSurroundings([]),
      ),
      perPoint.problems(
        { type: 'R4', rate: '1.00', count: 'floored', ...score },
        someRuleSurroundings([]),
      ),
    ];
    for (const faults of found)
      expect(faults.map(({ at }) => at)).toContain('/laterPrices/0/price');
  });
});
