import fc from 'fast-check';
import { safeCell } from './safe-cell.js';

describe('a cell of a statement', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+44 20', "'+44 20"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-cmd', "'-cmd"],
    ['\t=1', "'\t=1"],
    ['-660.00', '-660.00'],
    ['-1', '-1'],
    ['0.00', '0.00'],
    ['1/3', '1/3'],
    ['Plain, "quoted"', 'Plain, "quoted"'],
  ])('%j becomes %j', (text, cell) => expect(safeCell(text)).toBe(cell));

  it('never begins as a formula does, unless it is a number', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = safeCell(text);
        expect(/^[=+\-@\t\r\n]/.test(cell) && !/^-\d+(\.\d+)?$/.test(cell)).toBe(false);
        expect(cell.endsWith(text)).toBe(true);
      }),
    );
  });
});
