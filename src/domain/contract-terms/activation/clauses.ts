import { civilDate } from '../../calendar/civil-date.js';
import { DomainError, type Fault } from '../../shared/domain-error.js';
import { modifierOf } from '../../modifiers/registry.js';
import { mechanismOf } from '../../payment-mechanisms/registry.js';
import type { Clause, TermsDocument } from '../terms.schema.js';
import { clauseContext } from '../weigh-clauses.js';
import { fault, repeated, type ActivationCheck } from './check.js';

/** Each clause's rule and modifiers agree with the rest of the terms. */
export const clauses: ActivationCheck = (terms) => [
  ...repeated(
    terms.clauses.map((clause) => clause.id),
    (i) => `/clauses/${i}/id`,
    'Clause',
  ),
  ...terms.clauses.flatMap((clause, i) => [
    ...ruleFaults(terms, clause, i),
    ...modifierFaults(terms, clause, i),
  ]),
];

function ruleFaults(terms: TermsDocument, clause: Clause, index: number): Fault[] {
  const at = `/clauses/${index}/rule`;
  const context = clauseContext(terms, clause, civilDate('1900-01-01'));
  const mechanism = mechanismOf(clause.rule);
  const found = mechanism
    .problems(clause.rule, context.metrics)
    .map((problem) => ({ ...problem, at: at + problem.at }));
  return found.length > 0 ? found : unreadable(at, () => mechanism.open(clause.rule, context));
}

function modifierFaults(terms: TermsDocument, clause: Clause, index: number): Fault[] {
  const surroundings = {
    attributes: new Set(Object.keys(terms.population.attributes)),
    earlierClauses: terms.clauses.slice(0, index).map((earlier) => earlier.id),
  };
  return clause.modifiers.flatMap((modifier, m) => {
    const at = `/clauses/${index}/modifiers/${m}`;
    const found = modifierOf(modifier)
      .problems(modifier, surroundings)
      .map((problem) => ({ ...problem, at: at + problem.at }));
    return found.length > 0
      ? found
      : unreadable(at, () => modifierOf(modifier).inWords(modifier, terms.currency));
  });
}

/** Amounts that the currency cannot hold are found by reading them as the engine will. */
function unreadable(at: string, read: () => unknown): Fault[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof DomainError) return [fault(at, error.code, error.message)];
    throw error;
  }
}
