import { formatFraction, ZERO } from '../money/fraction.js';
import type { Outcome, Reason } from '../outcomes/outcome.js';

/** The outcome, kept to explain itself, paying nothing for the reason given: a cap has nothing left to cut off. */
export const zeroed = (outcome: Outcome, step: string, reason: Reason, why: string): Outcome => ({
  ...outcome,
  exactMinor: ZERO,
  cutMinor: ZERO,
  reason,
  steps: [...outcome.steps, { step, before: formatFraction(outcome.exactMinor), after: '0', why }],
});
