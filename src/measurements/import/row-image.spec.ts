import { civilDate } from '../../domain/calendar/civil-date.js';
import { dateOfDay, dayNumber } from './day-number.js';
import { COPY_HEADER } from './row-image.js';

describe('the binary form of a row', () => {
  it('begins as COPY expects', () => {
    expect(COPY_HEADER.toString('latin1')).toBe('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0');
  });

  it.each([
    ['2000-01-01', 0],
    ['1999-12-31', -1],
    ['2016-02-29', 5903],
    ['1900-01-01', -36524],
  ])('counts the days of %s as PostgreSQL does', (date, day) => {
    expect(dayNumber(civilDate(date))).toBe(day);
    expect(dateOfDay(day)).toBe(date);
  });
});
