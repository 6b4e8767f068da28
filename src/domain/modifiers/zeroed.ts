import { formatFraction, ZERO } from '../money/fraction.js';
import type { Outcome, Reason } from '../outcomes/outcome.js';

/** The outcome, kept to explain itself, paying nothing for the reason given. */
export const zeroed = (outcome: Outcome, step: string, reason: Reason, why: string): Outcome => ({
  ...outcome,
  exactMinor: ZERO,
  reason,
  steps: [...outcome.steps, { step, before: formatFraction(outcome.exactMinor), after: '0', why }],
});

/** Outcomes in the order in which they happened; the order of ties is stable by occurrence. */
export const inOrder = (outcomes: readonly Outcome[]): Outcome[] =>
  [...outcomes].sort((a, b) =>
    a.outcomeOn !== b.outcomeOn
      ? a.outcomeOn < b.outcomeOn
        ? -1
        : 1
      : a.occurrence < b.occurrence
        ? -1
        : 1,
  );
