import { DomainError } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';

/**
 * An exact proportion or quantity: numerator over denominator, in lowest terms, denominator positive.
 * Shares, rates and averages are fractions so that no float ever touches money (ruling 1).
 */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Thrown when a text is not an exact number: scientific notation, hex, blanks, two points, a zero denominator. */
export class NotAFraction extends DomainError {
  constructor(readonly text: string) {
    super({
      code: 'NOT_A_FRACTION',
      kind: 'invalid',
      detail: `"${excerpt(text)}" is not an exact number. Write it as 12, -3, 0.25, 445/720 or 25%.`,
    });
  }
}

export const ZERO: Fraction = { numerator: 0n, denominator: 1n };
export const ONE: Fraction = { numerator: 1n, denominator: 1n };

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** A fraction in lowest terms. The denominator may not be zero. */
export function fraction(numerator: bigint, denominator = 1n): Fraction {
  if (denominator === 1n) return { numerator, denominator };
  if (denominator === 0n) throw new NotAFraction(`${numerator}/0`);
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = gcd(numerator, denominator) * sign;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

const DECIMAL = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?(%?)$/;
const RATIO = /^(-?\d{1,30})\s*\/\s*(\d{1,30})$/;

/** Reads "12", "-0.25", "445/720" or "25%" exactly; refuses anything else. */
export function parseFraction(text: string): Fraction {
  const ratio = RATIO.exec(text);
  if (ratio) return fraction(BigInt(ratio[1]!), BigInt(ratio[2]!));
  const decimal = DECIMAL.exec(text);
  if (!decimal) throw new NotAFraction(text);
  const [, sign, whole, decimals = '', percent] = decimal;
  const scale = 10n ** BigInt(decimals.length) * (percent ? 100n : 1n);
  const value = BigInt(whole! + decimals);
  return fraction(sign ? -value : value, scale);
}

export const add = (a: Fraction, b: Fraction): Fraction =>
  a.denominator === b.denominator
    ? fraction(a.numerator + b.numerator, a.denominator)
    : fraction(
        a.numerator * b.denominator + b.numerator * a.denominator,
        a.denominator * b.denominator,
      );

export const negate = (a: Fraction): Fraction => ({
  numerator: -a.numerator,
  denominator: a.denominator,
});

export const subtract = (a: Fraction, b: Fraction): Fraction => add(a, negate(b));

export const multiply = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.numerator, a.denominator * b.denominator);

export const divide = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.denominator, a.denominator * b.numerator);

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const equals = (a: Fraction, b: Fraction): boolean => compare(a, b) === 0;
export const isPositive = (a: Fraction): boolean => a.numerator > 0n;
export const max = (a: Fraction, b: Fraction): Fraction => (compare(a, b) >= 0 ? a : b);
export const min = (a: Fraction, b: Fraction): Fraction => (compare(a, b) <= 0 ? a : b);
export const sum = (parts: readonly Fraction[]): Fraction => parts.reduce(add, ZERO);

/** The shortest exact text: a decimal where one exists, otherwise a ratio. "2", "0.375", "445/720" in lowest terms. */
export function formatFraction(value: Fraction): string {
  const { numerator, denominator } = value;
  if (denominator === 1n) return numerator.toString();
  let rest = denominator;
  let [twos, fives] = [0, 0];
  while (rest % 2n === 0n) [rest, twos] = [rest / 2n, twos + 1];
  while (rest % 5n === 0n) [rest, fives] = [rest / 5n, fives + 1];
  if (rest !== 1n) return `${numerator}/${denominator}`;
  const places = Math.max(twos, fives);
  const scaled = (numerator * 10n ** BigInt(places)) / denominator;
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
