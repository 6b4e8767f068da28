import { z } from 'zod';
import type { Fault } from '../shared/domain-error.js';
import type { PayerSplit, SplitSurroundings } from './payer-split.js';
import { divisionBy, payersOf, shareFaults, sharesInWords, sharesSchema } from './shares.js';

/** S6, payers with clauses of their own: each set of clauses is carried by its own payers, and every clause by somebody. */
export const byClauseSchema = z
  .strictObject({
    type: z.literal('S6'),
    sets: z
      .array(z.strictObject({ clauses: z.array(z.string()).min(1), shares: sharesSchema }))
      .min(1),
  })
  .describe('S6: payers with clauses of their own.');
export type ByClause = z.infer<typeof byClauseSchema>;

const payers = ({ sets }: ByClause): string[] => payersOf(...sets.map(({ shares }) => shares));

export const byClause: PayerSplit<ByClause> = {
  schema: byClauseSchema,
  followsFacts: false,
  inWords: ({ sets }) =>
    sets
      .map(({ clauses, shares }) => `clauses ${clauses.join(', ')}: ${sharesInWords(shares)}`)
      .join('; '),
  limits: () => [],
  payers,
  problems: (terms, surroundings) => [
    ...terms.sets.flatMap(({ shares }, s) => shareFaults(shares, `/sets/${s}/shares`)),
    ...clauseFaults(terms, surroundings),
  ],
  open(terms) {
    const all = payers(terms);
    const byClause = new Map(
      terms.sets.flatMap(({ clauses, shares }) => {
        const division = divisionBy(shares, all);
        return clauses.map((clause) => [clause, division] as const);
      }),
    );
    return (amountMinor, { clause }) => byClause.get(clause)!(amountMinor);
  },
};

function clauseFaults({ sets }: ByClause, { clauses }: SplitSurroundings): Fault[] {
  const seen = new Set<string>();
  const faults = sets.flatMap((set, s) =>
    set.clauses.flatMap((clause, c): Fault[] => {
      const at = `/sets/${s}/clauses/${c}`;
      if (!clauses.has(clause))
        return [{ at, code: 'CLAUSE_UNKNOWN', detail: `There is no clause "${clause}".` }];
      if (seen.has(clause))
        return [{ at, code: 'NAMED_TWICE', detail: `Clause ${clause} has its payers already.` }];
      seen.add(clause);
      return [];
    }),
  );
  const unpaid = [...clauses.keys()].filter((clause) => !seen.has(clause));
  return unpaid.length === 0
    ? faults
    : [
        ...faults,
        {
          at: '/sets',
          code: 'CLAUSE_WITHOUT_PAYER',
          detail: `Nobody pays for clause ${unpaid.join(', ')}. Put it into a set.`,
        },
      ];
}
