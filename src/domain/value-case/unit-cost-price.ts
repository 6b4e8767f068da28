import { divide, multiply, type Fraction } from '../money/fraction.js';
import { parseMoney } from '../money/money.js';
import { asFraction } from './amounts.js';
import type { UnitCost } from './figures.schema.js';
import { number } from './number.js';
import type { ValueCase } from './value-case.schema.js';

/** The price as printed, or brought to the price year of the case by its index where it has both years. */
export function unitCostPrice({ amount, priceYear }: UnitCost, of: ValueCase): Fraction {
  const value = asFraction(parseMoney(amount, of.currency));
  const [then, now] = [priceYear, of.priceYear].map((year) =>
    number(of.priceIndex?.values[year] ?? ''),
  );
  return !then || !now ? value : multiply(value, divide(now, then));
}
