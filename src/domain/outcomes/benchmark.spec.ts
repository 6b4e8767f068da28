import { civilDate } from '../calendar/civil-date.js';
import { parseFraction } from '../money/fraction.js';
import { expectedInWords, openBenchmark, type Benchmark } from './benchmark.js';

const ELSA: Benchmark = {
  source: 'ELSA',
  figures: [
    { metric: 'ucla', timePoint: '6m', from: '2015-04-01', improvement: '0.2' },
    { metric: 'ucla', timePoint: '18m', from: '2015-04-01', improvement: '1' },
    { metric: 'phq', timePoint: '6m', from: '2016-01-01', improvement: '3' },
    { metric: 'ucla', timePoint: '6m', from: '2017-04-01', improvement: '-1' },
  ],
};

describe('what is to be expected without the service', () => {
  it.each([
    ['6m', '2014-01-01', '0.2 points were'], // before the series begins, as at its beginning
    ['6m', '2015-04-01', '0.2 points were'],
    ['6m', '2017-03-31', '0.2 points were'],
    ['6m', '2017-04-01', '-1 point was'],
    ['18m', '2017-04-01', '1 point was'],
  ])('at %s on %s: %s', (timePoint, day, points) =>
    expect(expectedInWords(openBenchmark(ELSA, 'ucla')(timePoint, civilDate(day))!)).toBe(
      `${points} to be expected without the service (ELSA)`,
    ),
  );

  it('is unknown of a time point without a figure', () =>
    expect(openBenchmark(ELSA, 'ucla')('12m', civilDate('2016-01-01'))).toBeNull());

  it('is in points, exactly', () =>
    expect(openBenchmark(ELSA, 'phq')('6m', civilDate('2016-06-01'))).toEqual({
      improvement: parseFraction('3'),
      source: 'ELSA',
    }));
});
