import { exampleFaults } from '../contract-terms/example-faults.js';
import type { Trial } from '../contract-terms/example.schema.js';
import { trialSchema } from '../contract-terms/example.schema.js';
import { faultsOf } from '../contract-terms/parse.js';
import { isTooDeep, TOO_DEEP } from '../contract-terms/depth.js';
import type { Clause, TermsDocument } from '../contract-terms/terms.schema.js';
import { weighExample, type WeighedExample } from '../contract-terms/weigh-example.js';
import { formatExactAmount } from '../money/exact-amount.js';
import { formatAmount, formatMoney, money } from '../money/money.js';
import { formatFraction } from '../money/fraction.js';
import type { Step } from '../outcomes/outcome.js';
import { DomainError, type Fault } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import { sentenceOf } from './sentence.js';

/** One outcome of a trial, explained as a payment line would be. */
export interface TriedOutcome {
  /** Null for an outcome of a whole cohort. */
  readonly participant: string | null;
  readonly cohort: string;
  readonly metric: string;
  readonly occurrence: string;
  readonly outcomeOn: string;
  readonly quantity: string;
  readonly unit: string;
  readonly rate: string;
  readonly amount: string;
  readonly reason: string | null;
  readonly sentence: string;
  /** Each step with the amount before and after it, exact. */
  readonly steps: readonly Step[];
  readonly evidence: readonly string[];
}

/** What a clause pays for typed-in values, and why; nothing of it is kept. */
export interface ClauseTrial {
  readonly clause: string;
  readonly title: string;
  readonly example: string | null;
  readonly currency: string;
  readonly outcomes: readonly TriedOutcome[];
  /** Outcomes beyond those listed; the amount is of all. */
  readonly notListed: number;
  /** The clause's whole amount, before caps over more than one line. */
  readonly amount: string;
  /** What the example promises; null where it promises nothing. */
  readonly expect: string | null;
  readonly sentence: string;
}

/** Thrown when a clause is tried that the terms do not have. */
export class ClauseUnknown extends DomainError {
  constructor(clause: string, known: readonly string[]) {
    super({
      code: 'CLAUSE_UNKNOWN',
      kind: 'invalid',
      detail: `The terms have no clause "${excerpt(clause)}". They have: ${known.join(', ')}.`,
    });
  }
}

/** Thrown when a clause has no worked example of the name. */
export class ExampleUnknown extends DomainError {
  constructor(name: string, { id, examples }: Clause) {
    const known =
      examples.length === 0
        ? 'It has none; give the values instead.'
        : `It has: ${examples.map((one) => `"${one.name}"`).join(', ')}.`;
    super({
      code: 'EXAMPLE_UNKNOWN',
      kind: 'invalid',
      detail: `Clause ${id} has no example "${excerpt(name)}". ${known}`,
    });
  }
}

/** Thrown when the values to try are malformed, unknown to the terms or contradict themselves. Lists every fault. */
export class ExampleRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'EXAMPLE_REFUSED',
      kind: 'invalid',
      detail: 'The values cannot be tried. Each fault is listed with its place.',
      faults,
    });
  }
}

/** As many outcomes as one answer lists. */
export const MOST_LISTED = 200;

/**
 * Tries a clause of terms that are free of contradiction: on a worked example of the clause, by its name, or on values as
 * an example gives them. Refuses ClauseUnknown, ExampleUnknown, and ExampleRefused with every fault.
 */
export function tryClause(terms: TermsDocument, clauseId: string, input: unknown): ClauseTrial {
  const clause = terms.clauses.find(({ id }) => id === clauseId);
  if (clause === undefined)
    throw new ClauseUnknown(
      clauseId,
      terms.clauses.map(({ id }) => id),
    );
  const example = typeof input === 'string' ? exampleNamed(clause, input) : readTrial(input);
  const faults = exampleFaults(terms, example);
  if (faults.length > 0) throw new ExampleRefused(faults);
  const weighed = weighExample(terms, clause, example);
  const total = weighed.reduce((sum, { worthMinor }) => sum + worthMinor, 0n);
  const amount = money(total, terms.currency);
  const about = example.name === undefined ? '' : ` for "${example.name}"`;
  return {
    clause: clause.id,
    title: clause.title,
    example: example.name ?? null,
    currency: terms.currency,
    outcomes: weighed.slice(0, MOST_LISTED).map((one) => explained(terms, one)),
    notListed: Math.max(0, weighed.length - MOST_LISTED),
    amount: formatAmount(amount),
    expect: example.expect ?? null,
    sentence:
      weighed.length === 0
        ? `Clause ${clause.id} finds nothing to pay for or to refuse${about}.`
        : `Clause ${clause.id} pays ${formatMoney(amount)}${about}, before caps over more than one line.`,
  };
}

function exampleNamed(clause: Clause, name: string): Trial {
  const example = clause.examples.find((one) => one.name === name);
  if (example === undefined) throw new ExampleUnknown(name, clause);
  return example;
}

function readTrial(input: unknown): Trial {
  if (isTooDeep(input)) throw new ExampleRefused([TOO_DEEP]);
  const read = trialSchema.safeParse(input);
  if (!read.success) throw new ExampleRefused(faultsOf(read.error, input));
  return read.data;
}

function explained(
  { currency }: TermsDocument,
  { participant, cohort, outcome, worthMinor }: WeighedExample,
): TriedOutcome {
  return {
    participant,
    cohort,
    metric: outcome.metric,
    occurrence: outcome.occurrence,
    outcomeOn: outcome.outcomeOn,
    quantity: formatFraction(outcome.quantity),
    unit: outcome.unit,
    rate: formatAmount(money(outcome.rateMinor, currency)),
    amount: formatAmount(money(worthMinor, currency)),
    reason: outcome.reason,
    sentence: sentenceOf({
      outcome,
      currency,
      worthMinor,
      amountMinor: worthMinor,
      corrects: null,
      withheldMinor: 0n,
    }),
    steps: outcome.steps.map((step) => ({
      ...step,
      before: formatExactAmount(step.before, currency),
      after: formatExactAmount(step.after, currency),
    })),
    evidence: outcome.evidence,
  };
}
