import { formatFraction, multiply, type Fraction } from '../money/fraction.js';
import type { Outcome } from '../outcomes/outcome.js';

/**
 * The outcome worth so many times as much, a change for the worse included. What a cap per participant has cut off before
 * would have been scaled as well, and is. An outcome that is worth nothing has nothing to scale and stays as it is.
 */
export function scaled(outcome: Outcome, step: string, factor: Fraction, why: string): Outcome {
  if (outcome.exactMinor.numerator === 0n) return outcome;
  const exactMinor = multiply(outcome.exactMinor, factor);
  return {
    ...outcome,
    exactMinor,
    cutMinor: multiply(outcome.cutMinor, factor),
    steps: [
      ...outcome.steps,
      {
        step,
        before: formatFraction(outcome.exactMinor),
        after: formatFraction(exactMinor),
        why,
      },
    ],
  };
}
