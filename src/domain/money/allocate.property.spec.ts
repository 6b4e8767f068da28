import fc from 'fast-check';
import { allocate } from './allocate.js';
import { fraction } from './fraction.js';

const amount = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
/** Shares that sum to exactly one: weights over their sum, some of them nought. */
const shares = fc
  .array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 9 })
  .filter((weights) => weights.some((weight) => weight > 0n))
  .map((weights) => {
    const whole = weights.reduce((sum, weight) => sum + weight, 0n);
    return weights.map((weight) => fraction(weight, whole));
  });

describe('splitting any amount by any exact shares', () => {
  it('gives parts that sum to the amount, each within a penny of its exact share', () => {
    fc.assert(
      fc.property(amount, shares, (whole, of) => {
        const parts = allocate(whole, of);
        expect(parts).toHaveLength(of.length);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(whole);
        parts.forEach((part, i) => {
          const { numerator, denominator } = of[i]!;
          const off = part * denominator - whole * numerator;
          expect(off < 0n ? -off : off).toBeLessThan(denominator);
        });
      }),
    );
  });

  it('gives a payer of nought nothing', () => {
    fc.assert(
      fc.property(amount, shares, (whole, of) => {
        allocate(whole, of).forEach((part, i) => {
          if (of[i]!.numerator === 0n) expect(part).toBe(0n);
        });
      }),
    );
  });

  it('takes back what it gave', () => {
    fc.assert(
      fc.property(amount, shares, (whole, of) => {
        expect(allocate(-whole, of)).toEqual(allocate(whole, of).map((part) => -part));
      }),
    );
  });

  it('prefers the larger remainder, then the earlier payer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), shares, (whole, of) => {
        const parts = allocate(whole, of);
        const favour = parts.map((part, i) => {
          const { numerator, denominator } = of[i]!;
          const floor = (whole * numerator) / denominator;
          return {
            lifted: part > floor,
            of: i,
            remainder: (whole * numerator) % denominator,
            denominator,
          };
        });
        for (const up of favour.filter(({ lifted }) => lifted))
          for (const down of favour.filter(({ lifted }) => !lifted)) {
            const [a, b] = [up.remainder * down.denominator, down.remainder * up.denominator];
            expect(a > b || (a === b && up.of < down.of)).toBe(true);
          }
      }),
    );
  });
});
