import fc from 'fast-check';
import { fraction, parseFraction } from './fraction.js';
import { round, ROUNDING_MODES, type RoundingMode } from './rounding.js';

describe('rounding to whole pennies', () => {
  //          exact      half-up half-even down  up
  it.each<[string, bigint, bigint, bigint, bigint]>([
    ['0.5', 1n, 0n, 0n, 1n],
    ['1.5', 2n, 2n, 1n, 2n],
    ['2.5', 3n, 2n, 2n, 3n],
    ['2.4', 2n, 2n, 2n, 3n],
    ['2.6', 3n, 3n, 2n, 3n],
    ['2.51', 3n, 3n, 2n, 3n],
    ['2', 2n, 2n, 2n, 2n],
    ['0', 0n, 0n, 0n, 0n],
    ['1/3', 0n, 0n, 0n, 1n],
    ['2/3', 1n, 1n, 0n, 1n],
    [
      '9007199254740993.5',
      9007199254740994n,
      9007199254740994n,
      9007199254740993n,
      9007199254740994n,
    ],
  ])('%s', (text, halfUp, halfEven, down, up) => {
    const exact = parseFraction(text);
    const all = (sign: bigint) =>
      ROUNDING_MODES.map((mode) =>
        round(fraction(exact.numerator * sign, exact.denominator), mode),
      );
    expect(all(1n)).toEqual([halfUp, halfEven, down, up]);
    expect(all(-1n)).toEqual([-halfUp, -halfEven, -down, -up]);
  });

  it('moves by less than a penny, and by no more than half where it rounds to the nearest', () => {
    const exact = fc
      .tuple(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.bigInt({ min: 1n, max: 10n ** 5n }),
      )
      .map(([n, d]) => fraction(n, d));
    fc.assert(
      fc.property(exact, fc.constantFrom<RoundingMode>(...ROUNDING_MODES), (value, mode) => {
        const off = round(value, mode) * value.denominator - value.numerator;
        const distance = off < 0n ? -off : off;
        if (mode.startsWith('half')) expect(distance * 2n).toBeLessThanOrEqual(value.denominator);
        else expect(distance).toBeLessThan(value.denominator);
      }),
    );
  });
});
