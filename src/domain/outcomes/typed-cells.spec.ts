import type { Fault } from '../shared/domain-error.js';
import { readGivenDay, readStanding } from './typed-cells.js';

const codeOf = (read: (faults: Fault[]) => unknown) => {
  const faults: Fault[] = [];
  const value = read(faults);
  return value ?? faults[0]!.code;
};

describe('a cell that somebody typed', () => {
  it.each([
    ['1900-01-01', '1900-01-01'],
    ['1899-12-31', 'DATE_BEFORE_1900'],
    ['0015-06-02', 'DATE_BEFORE_1900'],
    ['11899-12-31', 'NOT_A_DATE'],
    ['1899-12-310', 'NOT_A_DATE'],
    ['1899-12-3', 'NOT_A_DATE'],
  ])('as the day %s is %s', (text, read) =>
    expect(codeOf((faults) => readGivenDay('/from', text, faults))).toBe(read),
  );

  const NO_DAY = (day: string) => `There is no such day as ${day}. Check the day and the month.`;
  const NOT_WRITTEN = (text: string) =>
    `"${text}" is not a date. Write it as year-month-day, such as 2015-06-02.`;
  it.each([
    ['2015-02-29', NO_DAY('2015-02-29')],
    ['2016-02-30', NO_DAY('2016-02-30')],
    ['2016-13-01', NO_DAY('2016-13-01')],
    ['2016-00-10', NO_DAY('2016-00-10')],
    ['2016-01-00', NO_DAY('2016-01-00')],
    ['9999-12-31', '9999-12-31 is later than any day that is kept. Check the year.'],
    ['1/2/2016', NOT_WRITTEN('1/2/2016')],
    ['01-02-2016', NOT_WRITTEN('01-02-2016')],
    ['2016-1-02', NOT_WRITTEN('2016-1-02')],
    ['2016-01-022', NOT_WRITTEN('2016-01-022')],
    ['99999-12-31', NOT_WRITTEN('99999-12-31')],
    ['9999-12-311', NOT_WRITTEN('9999-12-311')],
  ])('that is no day, %s, is told why', (text, detail) => {
    const faults: Fault[] = [];
    expect(readGivenDay('/from', text, faults)).toBeNull();
    expect(faults).toEqual([{ at: '/from', code: 'NOT_A_DATE', detail }]);
  });

  it.each([
    ['', 'recorded'],
    ['Recorded', 'recorded'],
    ['VOID', 'void'],
    ['voided', 'STATUS_UNKNOWN'],
  ])('as the status "%s" is %s', (text, read) =>
    expect(codeOf((faults) => readStanding(text, faults))).toBe(read),
  );
});
