import { civilDate } from '../calendar/civil-date.js';
import type { Observation } from './participant-facts.js';
import { event, somebody, spell } from '../../../test/support/record.builder.js';
import { daysWithin, spellsOf, without, type ClosedSpan } from './spells.js';

const span = (from: string, to: string): ClosedSpan => ({
  from: civilDate(from),
  to: civilDate(to),
});
const home = (reference: string, from: string, to: string | null = null) =>
  spell('home', reference, from, to);
const spellsIn = (records: readonly Observation[], toleranceDays = 0, apart: ClosedSpan[] = []) =>
  spellsOf(somebody(records), 'home', { toleranceDays, apart }).map(({ from, to, knownTo }) => [
    from,
    to,
    knownTo,
  ]);

describe('the spells of a participant', () => {
  it.each<[string, Observation[], number, unknown[]]>([
    ['none', [], 0, []],
    [
      'one',
      [home('a', '2015-07-01', '2015-08-01')],
      0,
      [['2015-07-01', '2015-08-01', '2015-08-01']],
    ],
    ['one that lasts', [home('a', '2015-07-01')], 0, [['2015-07-01', null, '2015-07-02']]],
    [
      'two that overlap',
      [home('a', '2015-07-01', '2015-08-01'), home('b', '2015-07-20', '2015-09-01')],
      0,
      [['2015-07-01', '2015-09-01', '2015-09-01']],
    ],
    [
      'one inside another',
      [home('b', '2015-07-10', '2015-07-20'), home('a', '2015-07-01', '2015-08-01')],
      0,
      [['2015-07-01', '2015-08-01', '2015-08-01']],
    ],
    [
      'two that adjoin',
      [home('a', '2015-07-01', '2015-08-01'), home('b', '2015-08-01', '2015-09-01')],
      0,
      [['2015-07-01', '2015-09-01', '2015-09-01']],
    ],
    [
      'a gap of one day',
      [home('a', '2015-07-01', '2015-08-01'), home('b', '2015-08-02', '2015-09-01')],
      0,
      [
        ['2015-07-01', '2015-08-01', '2015-08-01'],
        ['2015-08-02', '2015-09-01', '2015-09-01'],
      ],
    ],
    [
      'a gap as long as is tolerated',
      [home('a', '2015-07-01', '2015-08-01'), home('b', '2015-08-08', '2015-09-01')],
      7,
      [['2015-07-01', '2015-09-01', '2015-09-01']],
    ],
    [
      'a gap one day longer than is tolerated',
      [home('a', '2015-07-01', '2015-08-01'), home('b', '2015-08-09', '2015-09-01')],
      7,
      [
        ['2015-07-01', '2015-08-01', '2015-08-01'],
        ['2015-08-09', '2015-09-01', '2015-09-01'],
      ],
    ],
    [
      'a later record of one that lasts',
      [home('a', '2015-07-01'), home('b', '2015-10-01')],
      0,
      [['2015-07-01', null, '2015-10-02']],
    ],
    [
      'one that has ended within one that lasts',
      [home('a', '2015-07-01'), home('b', '2015-10-01', '2015-11-01')],
      0,
      [['2015-07-01', null, '2015-11-01']],
    ],
    [
      'one that lasts, where one has ended',
      [home('a', '2015-07-01', '2015-08-01'), home('b', '2015-08-01')],
      0,
      [['2015-07-01', null, '2015-08-02']],
    ],
    ['over on the day of the start', [home('a', '2015-05-01', '2015-06-04')], 0, []],
    ['over before the start', [home('a', '2015-05-01', '2015-05-31')], 0, []],
    [
      'begun before the start, and over by it',
      [home('a', '2015-05-01', '2015-07-01'), home('b', '2015-05-01', '2015-06-04')],
      0,
      [['2015-06-04', '2015-07-01', '2015-07-01']],
    ],
    [
      'taken back, or of another metric',
      [spell('home', 'a', '2015-07-01', null, { status: 'void' }), event('job', 'b', '2015-07-01')],
      0,
      [],
    ],
  ])('are put together: %s', (_, records, tolerance, expected) => {
    expect(spellsIn(records, tolerance)).toEqual(expected);
    expect(spellsIn([...records].reverse(), tolerance)).toEqual(expected);
  });

  it('name the records that they are made of, as they begin', () => {
    const records = [
      home('a', '2015-07-10', '2015-09-01'),
      home('c', '2015-07-01', '2015-07-20'),
      home('b', '2015-07-01', '2015-08-01'),
      home('z', '2015-10-01'),
    ];
    for (const those of [records, [...records].reverse()])
      expect(
        spellsOf(somebody(those), 'home').map((one) => one.records.map((its) => its.occurrence)),
      ).toEqual([['b', 'c', 'a'], ['z']]);
  });

  it('are not broken by days that do not count', () => {
    const records = [home('a', '2015-07-01', '2015-07-20'), home('b', '2015-09-02')];
    const summer = span('2015-07-21', '2015-09-01');
    expect(spellsIn(records, 1, [summer])).toHaveLength(2); // 20 July and 1 September
    expect(spellsIn(records, 2, [summer])).toHaveLength(1);
  });
});

describe('days of spells', () => {
  it('count between two days, the last one outside', () => {
    const spells = [span('2015-07-01', '2015-07-11'), span('2015-08-01', '2015-08-02')];
    const within = (from: string, to: string) => daysWithin(spells, civilDate(from), civilDate(to));
    expect(within('2015-01-01', '2016-01-01')).toBe(11);
    expect(within('2015-07-10', '2015-08-01')).toBe(1);
    expect(within('2015-07-11', '2015-08-01')).toBe(0);
    const open = [{ from: civilDate('2015-07-01'), to: null }];
    expect(daysWithin(open, civilDate('2015-07-01'), civilDate('2015-07-31'))).toBe(30);
  });

  it('are cut by days that do not count', () => {
    const whole = { from: civilDate('2015-07-01'), to: null };
    const cut = [span('2015-07-10', '2015-07-20'), span('2015-06-01', '2015-07-02')];
    expect(without(whole, cut)).toEqual([
      { from: '2015-07-02', to: '2015-07-10' },
      { from: '2015-07-20', to: null },
    ]);
    expect(without(span('2015-07-01', '2015-07-02'), cut)).toEqual([]);
    expect(without(span('2015-07-20', '2015-07-21'), cut)).toHaveLength(1);
    expect(without(span('2015-07-10', '2015-07-21'), cut)).toEqual([
      span('2015-07-20', '2015-07-21'),
    ]);
  });
});
