import type { Level } from '../outcomes/outcome.js';
import { mechanismOf } from '../payment-mechanisms/registry.js';
import type { Clause } from './terms.schema.js';

/** Whether each clause pays participants one by one or cohorts as a whole, in the order of the terms. */
export function levelsOf(clauses: readonly Pick<Clause, 'id' | 'rule'>[]): Map<string, Level> {
  const levels = new Map<string, Level>();
  for (const { id, rule } of clauses)
    levels.set(id, mechanismOf(rule).level(rule, { earlierClauses: levels }));
  return levels;
}
