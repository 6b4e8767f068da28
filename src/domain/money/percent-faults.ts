import { DomainError, type Fault } from '../shared/domain-error.js';
import { compare, fraction, parseFraction, type Fraction } from './fraction.js';

const percentText = (value: number) => `${value}%`;

/** What keeps a text from being a percentage between two bounds, both inside; its sign is asked for, since "1" would be all of it. */
export function percentFaults(at: string, text: string, least: number, most: number): Fault[] {
  const refuse = (code: string, detail: string): Fault[] => [{ at, code, detail }];
  let value: Fraction;
  try {
    value = parseFraction(text);
  } catch (error) {
    if (error instanceof DomainError) return refuse(error.code, error.message);
    throw error;
  }
  if (value.numerator !== 0n && !text.endsWith('%'))
    return refuse('PERCENT_SIGN', `"${text}" is not a percentage. Write it with its sign: 15%.`);
  const outside = (bound: number, sign: number) =>
    compare(value, fraction(BigInt(bound), 100n)) * sign > 0;
  if (outside(least, -1) || outside(most, 1))
    return refuse(
      'PERCENT_OUT_OF_RANGE',
      `"${text}" is not between ${percentText(least)} and ${percentText(most)}.`,
    );
  return [];
}
