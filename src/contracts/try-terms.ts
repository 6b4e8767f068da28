import { termsProblems } from '../domain/contract-terms/activation/activation-problems.js';
import { parseTerms } from '../domain/contract-terms/parse.js';
import type { TermsDraft } from '../domain/contract-terms/terms.schema.js';
import { tryClause, type ClauseTrial } from '../domain/computation/try-clause.js';
import { TermsNotWhole } from './contracts.errors.js';

/**
 * Tries one clause of terms on a worked example of theirs, by its name, or on values; nothing is saved. The terms must be
 * whole and free of contradiction; that their own examples come out is not asked. Refuses TermsNotWhole, ClauseUnknown,
 * ExampleUnknown, ExampleRefused.
 */
export function tryTerms(draft: TermsDraft, clause: string, example: unknown): ClauseTrial {
  const problems = termsProblems(draft);
  if (problems.length > 0) throw new TermsNotWhole(problems);
  return tryClause(parseTerms(draft), clause, example);
}
