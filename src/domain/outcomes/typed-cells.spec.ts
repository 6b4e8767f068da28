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

  it.each([
    ['', 'recorded'],
    ['Recorded', 'recorded'],
    ['VOID', 'void'],
    ['voided', 'STATUS_UNKNOWN'],
  ])('as the status "%s" is %s', (text, read) =>
    expect(codeOf((faults) => readStanding(text, faults))).toBe(read),
  );
});
