import fc from 'fast-check';
import {
  add,
  compare,
  formatFraction,
  fraction,
  multiply,
  parseFraction,
  subtract,
} from './fraction.js';

const any = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([n, d]) => fraction(n, d));

describe('any exact numbers', () => {
  it('come back from their text unchanged', () => {
    fc.assert(fc.property(any, (a) => expect(parseFraction(formatFraction(a))).toEqual(a)));
  });

  it('obey the laws of arithmetic', () => {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
        expect(subtract(add(a, b), b)).toEqual(a);
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect(compare(a, b)).toBe(-compare(b, a) + 0);
      }),
    );
  });

  it('have one form: equal numbers are equal objects', () => {
    fc.assert(
      fc.property(any, fc.bigInt({ min: 1n, max: 1000n }), (a, k) => {
        expect(fraction(a.numerator * k, a.denominator * k)).toEqual(a);
        expect(fraction(a.numerator * -k, a.denominator * -k)).toEqual(a);
      }),
    );
  });
});
