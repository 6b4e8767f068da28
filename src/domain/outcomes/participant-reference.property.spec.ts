import fc from 'fast-check';
import { referenceFault } from './participant-reference.js';

/** Nine digits with their check digit; null where the nine have none. */
function nhsNumber(nine: string): string | null {
  const sum = [...nine].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? null : nine + String(check);
}

const nineDigits = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 })
  .map((digits) => digits.join(''));
const separator = fc.constantFrom('', ' ', '-', '.', '_');

describe('a reference, whatever is typed', () => {
  it('is never an NHS number, however it is set out', () => {
    fc.assert(
      fc.property(nineDigits, separator, separator, (nine, a, b) => {
        const number = nhsNumber(nine);
        fc.pre(number !== null);
        const text = number.slice(0, 3) + a + number.slice(3, 6) + b + number.slice(6);
        expect(referenceFault(text)?.code).toBe('REFERENCE_IS_NHS_NUMBER');
      }),
    );
  });

  it('is allowed with another last digit, unless it looks like a telephone number', () => {
    fc.assert(
      fc.property(nineDigits, fc.integer({ min: 1, max: 9 }), (nine, shift) => {
        const number = nhsNumber(nine);
        fc.pre(number !== null && !number.startsWith('0'));
        const wrong = number.slice(0, 9) + String((Number(number[9]) + shift) % 10);
        expect(referenceFault(wrong)).toBeNull();
      }),
    );
  });

  it('is either of the allowed shape or answered with a sentence', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4, maxLength: 80, unit: 'binary' }), (text) => {
        const fault = referenceFault(text);
        if (fault === null) expect(text).toMatch(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/);
        else expect(fault.detail).toMatch(/^\S.*\.$/);
      }),
    );
  });
});
