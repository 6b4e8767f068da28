import type { Outcome } from './outcome.js';

/** Outcomes in the order in which they happened, ties by occurrence: who recorded them when changes nothing. */
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
