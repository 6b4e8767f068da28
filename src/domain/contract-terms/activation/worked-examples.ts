import { civilDate, type CivilDate } from '../../calendar/civil-date.js';
import { parseFraction } from '../../money/fraction.js';
import { formatMoney, money, parseMoney } from '../../money/money.js';
import { round } from '../../money/rounding.js';
import { DomainError } from '../../shared/domain-error.js';
import type { Clause, TermsDocument } from '../terms.schema.js';
import { openClauses } from '../weigh-clauses.js';
import { fault, type ActivationCheck } from './check.js';

type Example = Clause['examples'][number];

/** Worked examples attached to clauses are computed, and must come to the amount that they promise. */
export const workedExamples: ActivationCheck = (terms) =>
  terms.clauses.flatMap((clause, c) =>
    clause.examples.flatMap((example, e) => {
      const at = `/clauses/${c}/examples/${e}`;
      try {
        const paidMinor = payOf(terms, clause, example);
        const expectedMinor = parseMoney(example.expect, terms.currency).minor;
        if (paidMinor === expectedMinor) return [];
        const [paid, expected] = [paidMinor, expectedMinor].map((minor) =>
          formatMoney(money(minor, terms.currency)),
        );
        return [
          fault(
            at,
            'EXAMPLE_MISMATCH',
            `The example "${example.name}" promises ${expected}, but the clause pays ${paid}.`,
          ),
        ];
      } catch (error) {
        if (error instanceof DomainError) return [fault(at, error.code, error.message)];
        throw error;
      }
    }),
  );

/** What one clause pays for an example, in minor units, once every window has closed. */
export function payOf(terms: TermsDocument, clause: Clause, example: Example): bigint {
  const alone: TermsDocument = {
    ...terms,
    population: { ...terms.population, eligibility: undefined },
  };
  const outcomes = openClauses(alone, civilDate('9998-01-01')).weigh({
    reference: 'example',
    cohort: terms.cohorts[0]!.id,
    startedOn: civilDate(example.startedOn),
    exitedOn: null,
    attributes: example.attributes,
    exceptionApproved: false,
    observations: example.observations.map((observation) => ({
      metric: observation.metric,
      occurrence: observation.occurrence,
      version: 1,
      measuredOn: observation.measuredOn as CivilDate,
      status: 'recorded' as const,
      value: observation.value === undefined ? null : parseFraction(observation.value),
    })),
  });
  return outcomes
    .filter((outcome) => outcome.clause === clause.id)
    .reduce((total, outcome) => total + round(outcome.exactMinor, terms.rounding.mode), 0n);
}
