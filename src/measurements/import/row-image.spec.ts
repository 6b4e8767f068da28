import { civilDate } from '../../domain/calendar/civil-date.js';
import { dateOfDay, dayNumber } from '../../domain/calendar/day-number.js';
import type { Finding } from '../../domain/outcomes/check-measurement.js';
import { COPY_HEADER, IMAGE_COLUMNS, PLAIN_COLUMNS, rowImage } from './row-image.js';

const checkedWith = (found: Partial<Finding>) => {
  const finding: Finding = {
    metric: 'ucla',
    occurrence: '6m',
    isBaseline: false,
    isEvent: false,
    status: 'recorded',
    value: '6',
    items: null,
    mode: null,
    note: null,
    ...found,
  };
  return { finding, endedOn: null, correctionReason: null };
};

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
    const checked = checkedWith({ value });
    const image = rowImage(checked, 1, 1n).toString('hex');
    const bytes = hex.replaceAll(' ', '');
    const length = (bytes.length / 2).toString(16).padStart(8, '0');
    expect(image).toContain(Buffer.from('recorded').toString('hex') + length + bytes);
  });

  it('of a file with few columns ends where the columns that it may need end', () => {
    const checked = checkedWith({ mode: 'self' });
    const [whole, plain] = [IMAGE_COLUMNS, PLAIN_COLUMNS].map((columns) =>
      rowImage(checked, 1, 1n, columns),
    );
    const nulls = Buffer.alloc(4 * (IMAGE_COLUMNS.length - PLAIN_COLUMNS.length), 0xff);
    expect(whole!.readInt16BE()).toBe(IMAGE_COLUMNS.length);
    expect(plain!.readInt16BE()).toBe(PLAIN_COLUMNS.length);
    expect(whole!.subarray(2)).toEqual(Buffer.concat([plain!.subarray(2), nulls]));
  });

  it.each([
    ['items', checkedWith({ items: { q1: 2 } })],
    ['note', checkedWith({ note: 'sealed:x' })],
    ['ended_on', { ...checkedWith({}), endedOn: civilDate('2016-02-29') }],
    ['correction_reason', { ...checkedWith({}), correctionReason: 'sealed:x' }],
  ])('loses no %s for want of a column', (column, checked) => {
    expect(() => rowImage(checked, 1, 1n, PLAIN_COLUMNS)).toThrow(column);
    expect(rowImage(checked, 1, 1n)).toBeInstanceOf(Buffer);
  });
});
