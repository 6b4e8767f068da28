import fc from 'fast-check';
import { score } from '../../../test/support/record.builder.js';
import { addDays, civilDate } from '../calendar/civil-date.js';
import { chooseMeasurement } from './choose-measurement.js';
import { isInside, windowOf, type TimePoint } from './time-point.js';

const SIX: TimePoint = { id: '6m', label: '6 months', months: 6, opensDays: -30, closesDays: 30 };
const WINDOW = windowOf(civilDate('2015-06-04'), SIX, 'corresponding-date');

describe('a measurement window', () => {
  it('is counted from the corresponding date', () => {
    expect(WINDOW).toEqual({
      opensOn: '2015-11-04',
      targetOn: '2015-12-04',
      closesOn: '2016-01-03',
    });
    expect(windowOf(civilDate('2015-08-31'), SIX, 'corresponding-date')).toEqual({
      opensOn: '2016-01-30',
      targetOn: '2016-02-29',
      closesOn: '2016-03-30',
    });
  });

  it('may be a single day, and may lie before its target', () => {
    const day = { ...SIX, opensDays: -1, closesDays: -1 };
    expect(windowOf(civilDate('2015-06-04'), day, 'corresponding-date')).toMatchObject({
      opensOn: '2015-12-03',
      closesOn: '2015-12-03',
    });
  });

  it.each([
    ['2015-11-03', false],
    ['2015-11-04', true],
    ['2016-01-03', true],
    ['2016-01-04', false],
  ])('holds %s: %s', (day, inside) => expect(isInside(WINDOW, civilDate(day))).toBe(inside));
});

describe('which measurement counts', () => {
  it('is none where none was taken at the time point', () => {
    expect(chooseMeasurement([score('18m', '2015-12-04', '6')], '6m', WINDOW, 'first')).toEqual({
      measurement: null,
      inside: false,
    });
  });

  it('is the lower attempt of two on one day', () => {
    const both = [score('6m/2', '2015-12-04', '6'), score('6m', '2015-12-04', '5')];
    expect(chooseMeasurement(both, '6m', WINDOW, 'last').measurement?.occurrence).toBe('6m');
  });

  it('is the earlier of two that are equally near', () => {
    const both = [score('6m/2', '2015-12-05', '6'), score('6m', '2015-12-03', '5')];
    expect(chooseMeasurement(both, '6m', WINDOW, 'nearest').measurement?.measuredOn).toBe(
      '2015-12-03',
    );
  });

  it.each([
    ['first', '2015-11-10'],
    ['nearest', '2015-12-05'],
    ['last', '2015-12-20'],
  ] as const)('is the %s of those inside the window: %s', (rule, day) => {
    const three = [
      score('6m', '2015-11-10', '6'),
      score('6m/2', '2015-12-20', '5'),
      score('6m/3', '2015-12-05', '4'),
    ];
    expect(chooseMeasurement(three, '6m', WINDOW, rule).measurement?.measuredOn).toBe(day);
  });

  it('does not depend on the order in which they were recorded, and never prefers a worse kind', () => {
    const attempts = fc.uniqueArray(
      fc.record({
        n: fc.integer({ min: 1, max: 9 }),
        day: fc.integer({ min: -60, max: 60 }),
        status: fc.constantFrom('recorded' as const, 'declined' as const),
      }),
      { selector: ({ n }) => n, minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(
        attempts,
        fc.constantFrom('first' as const, 'last' as const, 'nearest' as const),
        (given, rule) => {
          const all = given.map(({ n, day, status }) =>
            score(n === 1 ? '6m' : `6m/${n}`, addDays(WINDOW.targetOn, day), '6', { status }),
          );
          const chosen = chooseMeasurement(all, '6m', WINDOW, rule);
          expect(chooseMeasurement([...all].reverse(), '6m', WINDOW, rule)).toEqual(chosen);
          const recorded = all.filter(({ status }) => status === 'recorded');
          if (recorded.length > 0) expect(chosen.measurement!.status).toBe('recorded');
          if (recorded.some(({ measuredOn }) => isInside(WINDOW, measuredOn)))
            expect(chosen.inside).toBe(true);
        },
      ),
    );
  });
});
