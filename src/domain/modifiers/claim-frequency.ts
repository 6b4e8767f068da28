import { z } from 'zod';
import { contains } from '../calendar/period.js';
import { isPositive } from '../money/fraction.js';
import { clauseAboveFaults } from '../outcomes/clause-above-faults.js';
import { inOrder } from '../outcomes/in-order.js';
import type { Outcome } from '../outcomes/outcome.js';
import type { Modifier, ModifierContext } from './modifier.js';
import { zeroed } from './zeroed.js';

/**
 * M2, claim frequency: how often one participant may be paid under the clause, in all or in each claim window, and
 * whether another clause must have paid first. The earliest outcomes are the ones paid; a later one keeps a nil line.
 */
export const claimFrequencySchema = z
  .strictObject({
    type: z.literal('M2'),
    times: z.int().min(1).describe('How many claims a participant may make.'),
    per: z
      .enum(['contract', 'period'])
      .default('contract')
      .describe('Counted over the whole contract, or afresh in each claim window.'),
    afterPaid: z
      .string()
      .optional()
      .describe('A clause above this one that must have paid on or before the same day.'),
  })
  .describe('M2: how often a participant may be paid.');
export type ClaimFrequency = z.infer<typeof claimFrequencySchema>;

export const claimFrequency: Modifier<ClaimFrequency> = {
  schema: claimFrequencySchema,
  levels: ['participant'],
  inWords: ({ times, per, afterPaid }) =>
    `at most ${times === 1 ? 'once' : `${times} times`} for each participant${per === 'period' ? ' in each claim window' : ''}` +
    (afterPaid ? `, and only after clause ${afterPaid} has paid` : ''),
  problems: ({ afterPaid }, surroundings) => {
    if (afterPaid === undefined) return [];
    const at = '/afterPaid';
    const faults = clauseAboveFaults(afterPaid, at, surroundings);
    if (faults.length > 0) return faults;
    const detail = `Clause ${afterPaid} pays for a whole cohort, so no participant is ever paid under it. Name a clause that pays for each participant.`;
    return surroundings.earlierClauses.get(afterPaid) === 'cohort'
      ? [{ at, code: 'CLAUSE_OF_COHORT', detail }]
      : [];
  },
  apply(terms, outcomes, context) {
    const used = new Map<string, number>();
    return inOrder(outcomes).map((outcome) => {
      if (!isClaim(outcome)) return outcome;
      if (terms.afterPaid !== undefined && !paidBefore(terms.afterPaid, outcome, context))
        return zeroed(
          outcome,
          'M2',
          'earlier-outcome-not-paid',
          `clause ${terms.afterPaid} has not paid yet`,
        );
      const bucket =
        terms.per === 'period'
          ? (context.periods.find((p) => contains(p, outcome.outcomeOn))?.id ?? '')
          : '';
      const before = used.get(bucket) ?? 0;
      if (before >= terms.times)
        return zeroed(outcome, 'M2', 'already-paid', `at most ${terms.times} for each participant`);
      used.set(bucket, before + 1);
      return outcome;
    });
  },
};

/** A refusal uses up no claim; a result without a price does, and so does one that a cap has cut short. */
const isClaim = ({ reason, exactMinor }: Outcome): boolean =>
  reason === null || reason === 'price-is-nil' || isPositive(exactMinor);

const paidBefore = (clause: string, outcome: Outcome, { earlier }: ModifierContext): boolean =>
  earlier.some(
    (e) => e.clause === clause && isPositive(e.exactMinor) && e.outcomeOn <= outcome.outcomeOn,
  );
