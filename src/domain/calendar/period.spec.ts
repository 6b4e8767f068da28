import fc from 'fast-check';
import { addDays, civilDate } from './civil-date.js';
import { contains, quarters } from './period.js';
import { periodsOf } from './period-calendar.js';

const day = civilDate;

describe('a period', () => {
  const q2 = { from: day('2015-04-01'), to: day('2015-07-01') };
  it.each([
    ['2015-03-31', false],
    ['2015-04-01', true],
    ['2015-06-30', true],
    ['2015-07-01', false],
  ])('from April up to July contains %s: %s', (date, inside) => {
    expect(contains(q2, day(date))).toBe(inside);
  });
});

describe('quarters', () => {
  it('are named by the year and quarter in which they start', () => {
    expect(quarters(day('2015-04-01'), day('2016-04-01'))).toEqual([
      { id: '2015-Q2', from: '2015-04-01', to: '2015-07-01' },
      { id: '2015-Q3', from: '2015-07-01', to: '2015-10-01' },
      { id: '2015-Q4', from: '2015-10-01', to: '2016-01-01' },
      { id: '2016-Q1', from: '2016-01-01', to: '2016-04-01' },
    ]);
  });

  it('end with the contract, though it ends in the middle of one', () => {
    expect(quarters(day('2015-04-01'), day('2015-08-15')).at(-1)).toEqual({
      id: '2015-Q3',
      from: '2015-07-01',
      to: '2015-08-15',
    });
  });

  it('are counted from the first day, and lose none to a short month', () => {
    const starts = quarters(day('2015-01-31'), day('2016-01-31')).map(({ from }) => from);
    expect(starts).toEqual(['2015-01-31', '2015-04-30', '2015-07-31', '2015-10-31']);
  });

  it.each([
    ['2015-03-31', '2015-Q1'],
    ['2015-06-30', '2015-Q2'],
    ['2015-09-01', '2015-Q3'],
    ['2015-12-31', '2015-Q4'],
  ])('that begin on %s are named first %s', (from, id) => {
    expect(quarters(day(from), day('2016-04-01'))[0]!.id).toBe(id);
  });

  it('of a contract that is over before it begins are none', () => {
    expect(quarters(day('2015-04-01'), day('2015-04-01'))).toEqual([]);
  });

  it('cover every day once and have names of their own, whatever the first day', () => {
    const first = fc.nat(3000).map((n) => addDays(day('2010-01-01'), n));
    fc.assert(
      fc.property(first, fc.integer({ min: 1, max: 4000 }), (from, length) => {
        const to = addDays(from, length);
        const periods = quarters(from, to);
        expect(periods[0]!.from).toBe(from);
        expect(periods.at(-1)!.to).toBe(to);
        periods.slice(1).forEach((period, i) => expect(period.from).toBe(periods[i]!.to));
        for (const period of periods) expect(period.from < period.to).toBe(true);
        expect(new Set(periods.map(({ id }) => id)).size).toBe(periods.length);
      }),
    );
  });
});

describe('a calendar of periods', () => {
  it('takes irregular claim windows as they stand', () => {
    const periods = [
      { id: '2013-07', from: day('2012-04-01'), to: day('2013-08-01') },
      { id: '2013-10', from: day('2013-08-01'), to: day('2013-11-01') },
    ];
    expect(periodsOf({ type: 'list', periods }, day('2015-06-01'))).toEqual(periods);
  });
});
