import { civilDate } from '../calendar/civil-date.js';
import type { Outcome } from '../outcomes/outcome.js';
import type { Trial } from './example.schema.js';
import { participantsOf, recordOf } from './example-facts.js';
import { openRounding } from './open-rounding.js';
import type { Clause, TermsDocument } from './terms.schema.js';
import { openClauses } from './weigh-clauses.js';

/** One outcome of an example, whose it is, and what it is worth before caps across lines. */
export interface WeighedExample {
  /** Null for an outcome of a whole cohort. */
  readonly participant: string | null;
  readonly cohort: string;
  readonly outcome: Outcome;
  /** Whole minor units, rounded as the terms say. */
  readonly worthMinor: bigint;
}

/** A day after every window; what could still happen later does not. */
const AFTER_ALL = civilDate('9998-01-01');

/**
 * What one clause finds for an example, participant by participant and then for whole cohorts, as a computation would.
 * The clauses above it are weighed too, because it may rest on them. Caps over more than one line are not applied.
 */
export function weighExample(
  terms: TermsDocument,
  clause: Pick<Clause, 'id'>,
  example: Trial,
): WeighedExample[] {
  const before = example.before === undefined ? AFTER_ALL : civilDate(example.before);
  const caps = terms.caps.filter(({ scope }) => scope !== 'mix'); // one clause alone is no mix
  const clauses = openClauses({ ...terms, caps }, before, recordOf(terms, example));
  if (clauses.surveys) for (const facts of participantsOf(terms, example)) clauses.survey(facts);
  const rounded = openRounding(terms);
  const found: WeighedExample[] = [];
  const keep = (participant: string | null, cohort: string, outcome: Outcome) => {
    if (outcome.clause !== clause.id || outcome.outcomeOn >= before) return;
    const worthMinor = rounded(outcome.exactMinor);
    found.push({ participant, cohort, outcome, worthMinor });
  };
  for (const facts of participantsOf(terms, example))
    for (const outcome of clauses.weigh(facts)) keep(facts.reference, facts.cohort, outcome);
  for (const outcome of clauses.close()) keep(null, outcome.cohort, outcome);
  return found;
}
