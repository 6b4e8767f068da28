import { excerpt } from '../shared/excerpt.js';
import type { Fault } from '../shared/domain-error.js';
import type { Level } from './outcome.js';

/** The clauses of the terms, as far as a clause that names another must know them. */
export interface KnownClauses {
  /** Every clause, by number. */
  readonly clauseIds: readonly string[];
  /** Clauses above the one that names another, with whether they pay participants or cohorts. */
  readonly earlierClauses: ReadonlyMap<string, Level>;
}

/** What keeps a clause from resting on another: there is none of the number, or it does not stand above. */
export function clauseAboveFaults(
  id: string,
  at: string,
  { clauseIds, earlierClauses }: KnownClauses,
): Fault[] {
  if (earlierClauses.has(id)) return [];
  const above = [...earlierClauses.keys()];
  const choice =
    above.length === 0
      ? 'No clause stands above this one.'
      : `Above this one ${above.length === 1 ? 'stands clause' : 'stand clauses'} ${above.join(', ')}.`;
  return clauseIds.includes(id)
    ? [
        {
          at,
          code: 'CLAUSE_NOT_ABOVE',
          detail: `Clause "${excerpt(id)}" must stand above this one, because clauses are reckoned in their order. ${choice}`,
        },
      ]
    : [
        {
          at,
          code: 'CLAUSE_UNKNOWN',
          detail: `There is no clause "${excerpt(id)}" in these terms. ${choice}`,
        },
      ];
}
