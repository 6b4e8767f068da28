import { civilDate } from '../../domain/calendar/civil-date.js';
import { dateOfDay, dayNumber } from '../../domain/calendar/day-number.js';
import type { Finding } from '../../domain/outcomes/check-measurement.js';
import { COPY_HEADER, IMAGE_COLUMNS, rowImages, type ImageColumn } from './row-image.js';

const WHOLE = rowImages(1n, IMAGE_COLUMNS);
const without = (...unsent: readonly ImageColumn[]) =>
  rowImages(
    1n,
    IMAGE_COLUMNS.filter((column) => !unsent.includes(column)),
  );

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
    const image = WHOLE(checked, 1).toString('hex');
    const bytes = hex.replaceAll(' ', '');
    const length = (bytes.length / 2).toString(16).padStart(8, '0');
    expect(image).toContain(Buffer.from('6m').toString('hex') + length + bytes);
  });

  it('of a file with few columns leaves out what the database has of itself', () => {
    const checked = checkedWith({ mode: 'self' });
    const few = without('status', 'version', 'items', 'note', 'ended_on', 'correction_reason');
    const [whole, short] = [WHOLE(checked, 1), few(checked, 1)];
    const recorded = Buffer.from('\0\0\0\brecorded');
    const first = Buffer.from('\0\0\0\x04\0\0\0\x01');
    const nulls = Buffer.alloc(4 * 4, 0xff);
    expect(whole.readInt16BE()).toBe(13);
    expect(short.readInt16BE()).toBe(7);
    expect(whole.subarray(2)).toEqual(Buffer.concat([short.subarray(2), recorded, first, nulls]));
  });

  it.each<[ImageColumn, Parameters<typeof WHOLE>[0], number]>([
    ['items', checkedWith({ items: { q1: 2 } }), 1],
    ['note', checkedWith({ note: 'sealed:x' }), 1],
    ['mode', checkedWith({ mode: 'proxy' }), 1],
    ['status', checkedWith({ status: 'declined' }), 1],
    ['version', checkedWith({}), 2],
    ['ended_on', { ...checkedWith({}), endedOn: civilDate('2016-02-29') }, 1],
    ['correction_reason', { ...checkedWith({}), correctionReason: 'sealed:x' }, 1],
  ])('loses no %s that is not sent', (column, checked, version) => {
    expect(() => without(column)(checked, version)).toThrow(`another ${column}`);
    expect(WHOLE(checked, version)).toBeInstanceOf(Buffer);
  });
});
