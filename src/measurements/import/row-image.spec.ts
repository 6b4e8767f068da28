import { civilDate } from '../../domain/calendar/civil-date.js';
import { dateOfDay, dayNumber } from '../../domain/calendar/day-number.js';
import type { Finding } from '../../domain/outcomes/check-measurement.js';
import { COPY_HEADER, rowImage } from './row-image.js';

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

  it.each([
    ['0', '0000 0000 0000 0000'],
    ['6', '0001 0000 0000 0000 0006'],
    ['-6', '0001 0000 4000 0000 0006'],
    ['12345', '0002 0001 0000 0000 0001 0929'],
    ['6.5', '0002 0000 0000 0001 0006 1388'],
    ['19.98', '0002 0000 0000 0002 0013 2648'],
    ['0.05', '0001 ffff 0000 0002 01f4'],
    ['-10000.0001', '0003 0001 4000 0004 0001 0000 0001'],
  ])('writes the score %s as PostgreSQL does', (value, hex) => {
    const finding: Finding = {
      metric: 'ucla',
      occurrence: '6m',
      isBaseline: false,
      isEvent: false,
      status: 'recorded',
      value,
      items: null,
      mode: null,
      note: null,
    };
    const checked = { finding, endedOn: null, correctionReason: null };
    const image = rowImage(checked, 1, 1n).toString('hex');
    const bytes = hex.replaceAll(' ', '');
    const length = (bytes.length / 2).toString(16).padStart(8, '0');
    expect(image).toContain(Buffer.from('recorded').toString('hex') + length + bytes);
  });
});
