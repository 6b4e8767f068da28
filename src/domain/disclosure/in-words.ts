import { FEWEST, ROUNDED_TO } from './count.js';

/** What a reader must know of the figures, in the order in which it meets them. */
export const RULES_IN_WORDS: readonly string[] = [
  `Counts are rounded to the nearest ${ROUNDED_TO}, and totals are sums of rounded counts. A count of 0 to ${FEWEST - 1} is not shown; nought is treated like any other small count.`,
  `An amount is exact. It is shown only where at least ${FEWEST} people stand behind it, because an amount divided by its tariff is a head-count.`,
  `A line with fewer is joined: first the cohorts of a clause at one tariff, then the statements. Amounts at different tariffs are never joined, because their sum can be taken apart.`,
  'What is still too small is held back and carried forward into a later statement, where it is shown together with what has come since.',
  'A figure is published once. Corrections and late approvals are in a later statement; no figure is published again with another value.',
];

/** Why a clause has no figures in a statement. It does not say whether there was anything. */
export const heldBackInWords = (since: number): string =>
  since === 1
    ? `Of 0 to ${FEWEST - 1} people so far, and carried forward.`
    : `Of 0 to ${FEWEST - 1} people since statement ${since - 1}, and carried forward.`;

/** Why the payers of a line are not shown. */
export const PAYERS_HELD_BACK = `Fewer than ${FEWEST} people stand behind what some payer carried.`;
