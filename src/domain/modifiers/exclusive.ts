import { z } from 'zod';
import { add, isPositive, ZERO } from '../money/fraction.js';
import { clauseAboveFaults } from '../outcomes/clause-above-faults.js';
import type { Outcome } from '../outcomes/outcome.js';
import type { Fault } from '../shared/domain-error.js';
import type { Modifier, ModifierContext } from './modifier.js';
import { zeroed } from './zeroed.js';

/**
 * M2, exclusion: the clause pays nothing for a participant for whom one of the clauses named has been paid, so that a
 * result brings in one price or another and not both. The clause named goes first, whichever of the two came first: where
 * this one was paid already, a later payment under that one takes it back. A clause counts as paid while what it pays for
 * the participant comes to more than nothing after its own steps, so that one whose result was reversed excludes no more;
 * and only once its outcome is over. Refused: clauses that do not stand above, that are named twice, or that pay for a
 * whole cohort.
 */
export const exclusiveSchema = z
  .strictObject({
    type: z.literal('M2-exclusive'),
    clauses: z
      .array(z.string())
      .min(1)
      .describe(
        'Clauses above this one; where one of them has paid for the participant, this one does not.',
      ),
  })
  .describe('M2: not paid where another clause has been paid for the participant.');
export type Exclusive = z.infer<typeof exclusiveSchema>;

export const exclusive: Modifier<Exclusive> = {
  schema: exclusiveSchema,
  levels: ['participant'],
  inWords: ({ clauses }) =>
    `nothing for a participant for whom ${named(clauses)} has been paid, whichever came first`,

  problems: ({ clauses }, surroundings) =>
    clauses.flatMap((id, index): readonly Fault[] => {
      const at = `/clauses/${index}`;
      if (clauses.indexOf(id) !== index)
        return [{ at, code: 'NAMED_TWICE', detail: `Clause "${id}" stands twice. Name it once.` }];
      if (surroundings.earlierClauses.get(id) !== 'cohort')
        return clauseAboveFaults(id, at, surroundings);
      const detail = `Clause ${id} pays for a whole cohort, so no participant is ever paid under it. Name a clause that pays for each participant.`;
      return [{ at, code: 'CLAUSE_OF_COHORT', detail }];
    }),

  apply({ clauses }, outcomes, context) {
    const excluding = clauses.map((id) => paidUnder(id, context)).find((paid) => paid !== null);
    if (excluding === undefined) return outcomes;
    const { clause, outcomeOn } = excluding;
    const why = `clause ${clause} has been paid for the participant, for ${outcomeOn}`;
    return outcomes.map((outcome) =>
      outcome.exactMinor.numerator === 0n && outcome.reason !== 'price-is-nil'
        ? outcome
        : zeroed(outcome, 'M2-exclusive', 'other-clause-paid', why),
    );
  },
};

const named = (clauses: readonly string[]): string =>
  clauses.length === 1
    ? `clause ${clauses[0]}`
    : `one of clauses ${clauses.slice(0, -1).join(', ')} and ${clauses.at(-1)}`;

/** The first outcome that a clause pays for the participant; null where in sum it pays nothing. */
function paidUnder(id: string, { earlier, before }: ModifierContext): Outcome | null {
  const own = earlier.filter(({ clause, outcomeOn }) => clause === id && outcomeOn < before);
  const worth = own.reduce((sum, { exactMinor }) => add(sum, exactMinor), ZERO);
  if (!isPositive(worth)) return null;
  const paid = own.filter(({ exactMinor }) => isPositive(exactMinor));
  return paid.reduce((first, one) => (one.outcomeOn < first.outcomeOn ? one : first));
}
