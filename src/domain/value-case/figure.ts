import type { Fraction } from '../money/fraction.js';
import type { Money } from '../money/money.js';
import type { Benefit, Working } from './figures.schema.js';
import type { FigureRounding } from './rounding.schema.js';

/** "money", or what is counted. A ratio of two alike is counted in "times" or whatever the case calls it. */
export type Unit = string;
export const MONEY: Unit = 'money';
/** A bare number of a reckoning, whatever it counts. */
export const NUMBER: Unit = 'number';

/** One number of a reckoning, as it was used. */
export interface Step {
  readonly label: string;
  readonly value: Fraction;
  /** As the case writes it, where a person wrote it: "6%" stays "6%". */
  readonly written: string | null;
  readonly unit: Unit;
  readonly isMinus: boolean;
}

/**
 * How what the source prints stands to the arithmetic: not printed; the same; the same once rounded as declared; or
 * different, which is a slip of the source.
 */
export type Agreement = 'not-printed' | 'same' | 'rounded' | 'slip';

/** A figure with everything it came from. Amounts are exact, in whole units of the currency (pounds). */
export interface Figure {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly by: 'statement' | 'product' | 'sum' | 'quotient';
  readonly steps: readonly Step[];
  readonly exact: Fraction;
  readonly rounding: FigureRounding;
  readonly rounded: Fraction;
  readonly printed: Fraction | null;
  /** The source says "about" of what it prints. */
  readonly isAbout: boolean;
  readonly agreement: Agreement;
  readonly note: string | null;
}

export interface ReckonedWorking extends Figure {
  readonly working: Working;
}

/** A benefit for one unit of outcome, in pennies, with the part of each body. The parts sum to the amount. */
export interface ReckonedBenefit extends Figure {
  readonly benefit: Benefit;
  readonly amount: Money;
  readonly parts: readonly {
    readonly body: string;
    readonly share: Fraction;
    readonly amount: Money;
  }[];
}
