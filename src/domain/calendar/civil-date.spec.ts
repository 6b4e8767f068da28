import {
  addDays,
  addMonths,
  civilDate,
  daysBetween,
  isCivilDate,
  londonDateOf,
  NotADate,
} from './civil-date.js';

describe('a day on the calendar', () => {
  it.each(['2015-06-02', '2016-02-29', '2000-02-29', '1900-01-01', '2015-12-31', '9998-12-31'])(
    '%s is one',
    (text) => expect(civilDate(text)).toBe(text),
  );

  it.each([
    ['not in a leap year', '2015-02-29'],
    ['a century that is not a leap year', '1900-02-29'],
    ['31 September', '2015-09-31'],
    ['day nought', '2015-06-00'],
    ['month thirteen', '2015-13-01'],
    ['month nought', '2015-00-10'],
    ['a short month', '2015-6-02'],
    ['the British order', '02/06/2015'],
    ['the British order with hyphens', '02-06-2015'],
    ['an instant', '2015-06-02T00:00:00Z'],
    ['a line end', '2015-06-02\n'],
    ['a space', ' 2015-06-02'],
    ['a five-figure year', '12015-06-02'],
    ['the year nought', '0000-01-01'],
    ['before 1900', '1899-12-31'],
    ['the year 9999', '9999-01-01'],
    ['a number of a spreadsheet', '42157'],
    ['full-width digits', '２０１５-06-02'],
    ['blank', ''],
  ])('%s is none: %j', (_name, text) => {
    expect(isCivilDate(text)).toBe(false);
    expect(() => civilDate(text)).toThrow(NotADate);
  });

  it('is refused with the text and with what to write instead', () => {
    expect(() => civilDate('02/06/2015')).toThrow(
      expect.objectContaining({
        code: 'NOT_A_DATE',
        kind: 'invalid',
        message: '"02/06/2015" is not a date. Write it as year-month-day, such as 2015-06-02.',
        text: '02/06/2015',
      }) as Error,
    );
  });

  it.each([
    ['2015-09-30', 4, '2016-01-30'], // ruling 3
    ['2015-08-31', 6, '2016-02-29'],
    ['2014-08-31', 6, '2015-02-28'],
    ['2016-02-29', 12, '2017-02-28'],
    ['2016-02-29', 48, '2020-02-29'],
    ['2016-02-29', 6, '2016-08-29'], // and not the last day of August
    ['2015-02-28', 6, '2015-08-28'],
    ['2015-01-31', 1, '2015-02-28'],
    ['2015-01-31', 2, '2015-03-31'], // counted from the start, never from February
    ['2015-12-31', 2, '2016-02-29'],
    ['2015-06-04', 18, '2016-12-04'],
    ['2015-06-04', 0, '2015-06-04'],
    ['2016-03-31', -1, '2016-02-29'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(civilDate(from), months)).toBe(to);
  });

  it.each([
    ['2015-02-28', 1, '2015-03-31'],
    ['2016-02-28', 1, '2016-03-28'], // not the last day of a leap February
    ['2016-02-29', 12, '2017-02-28'],
    ['2015-09-30', 4, '2016-01-31'],
    ['2015-06-04', 6, '2015-12-04'],
    ['2015-01-31', 1, '2015-02-28'],
  ])('%s and %i months is %s where the last of a month leads to the last', (from, months, to) => {
    expect(addMonths(civilDate(from), months, 'end-of-month')).toBe(to);
  });

  it.each([
    ['2015-12-31', 1, '2016-01-01'],
    ['2016-02-28', 1, '2016-02-29'],
    ['2016-03-01', -1, '2016-02-29'],
    ['2015-06-02', -28, '2015-05-05'],
    ['2015-03-28', 2, '2015-03-30'], // over the night the clocks change
    ['2015-06-02', 0, '2015-06-02'],
  ])('%s and %i days is %s', (from, days, to) => {
    expect(addDays(civilDate(from), days)).toBe(to);
    expect(daysBetween(civilDate(from), civilDate(to))).toBe(days);
  });
});

describe('the London day of an instant', () => {
  it.each([
    ['winter, the last second', '2015-01-31T23:59:59.999Z', '2015-01-31'],
    ['winter, midnight', '2015-02-01T00:00:00.000Z', '2015-02-01'],
    ['summer, an hour before midnight in Greenwich', '2015-06-30T22:59:59.999Z', '2015-06-30'],
    ['summer, midnight in London', '2015-06-30T23:00:00.000Z', '2015-07-01'],
    // Clocks go forward at 01:00 GMT on 29 March 2015 and back at 01:00 GMT on 25 October 2015.
    ['the midnight before summer begins', '2015-03-28T23:59:59.999Z', '2015-03-28'],
    ['the night summer begins', '2015-03-29T00:00:00.000Z', '2015-03-29'],
    ['the first evening of summer', '2015-03-29T22:59:59.999Z', '2015-03-29'],
    ['the first midnight of summer', '2015-03-29T23:00:00.000Z', '2015-03-30'],
    ['the last midnight of summer', '2015-10-24T23:00:00.000Z', '2015-10-25'],
    ['the doubled hour', '2015-10-25T01:30:00.000Z', '2015-10-25'],
    ['the first evening of winter', '2015-10-25T23:59:59.999Z', '2015-10-25'],
    ['the first midnight of winter', '2015-10-26T00:00:00.000Z', '2015-10-26'],
  ])('%s: %s is %s', (_name, instant, day) => {
    expect(londonDateOf(new Date(instant))).toBe(day);
  });
});
