import { civilDate } from '../../calendar/civil-date.js';
import { instrument } from '../../instruments/registry.js';
import { parseScore } from '../../instruments/score.js';
import { parseFraction } from '../../money/fraction.js';
import { formatMoney, money, parseMoney } from '../../money/money.js';
import { EMPTY_RECORD } from '../../outcomes/contract-record.js';
import { timePointOf } from '../../outcomes/participant-facts.js';
import { DomainError, type Fault } from '../../shared/domain-error.js';
import { openRounding } from '../open-rounding.js';
import type { Clause, TermsDocument } from '../terms.schema.js';
import { openClauses } from '../weigh-clauses.js';
import { fault } from './check.js';

type Example = Clause['examples'][number];
type Seen = Example['observations'][number];

/** Worked examples attached to clauses are computed, and must come to the amount that they promise. */
export const workedExamples = (terms: TermsDocument): Fault[] =>
  terms.clauses.flatMap((clause, c) =>
    clause.examples.flatMap((example, e) => {
      const at = `/clauses/${c}/examples/${e}`;
      const unclear = [
        ...example.observations.flatMap((seen, o) =>
          observationFaults(terms, seen, `${at}/observations/${o}`),
        ),
        ...Object.keys(example.attributes)
          .filter((name) => !Object.hasOwn(terms.population.attributes, name))
          .map((name) =>
            fault(`${at}/attributes/${name}`, 'ATTRIBUTE_UNDECLARED', `"${name}" is not declared.`),
          ),
      ];
      return unclear.length > 0 ? unclear : resultFaults(terms, clause, example, at);
    }),
  );

/** What the example observes is something that the terms measure: nothing in it is silently left out of the sum. */
function observationFaults(terms: TermsDocument, seen: Seen, at: string): Fault[] {
  const metric = terms.metrics.find(({ id }) => id === seen.metric);
  if (metric === undefined)
    return [fault(`${at}/metric`, 'METRIC_UNKNOWN', `There is no metric "${seen.metric}".`)];
  if (metric.kind !== 'score')
    return seen.value === undefined
      ? []
      : [fault(`${at}/value`, 'VALUE_NOT_FOR_EVENTS', `${metric.label} happens; it has no value.`)];
  if (!metric.timePoints.some(({ id }) => id === timePointOf(seen.occurrence)))
    return [
      fault(
        `${at}/occurrence`,
        'TIME_POINT_UNKNOWN',
        `"${seen.occurrence}" is not a time point of ${metric.id}.`,
      ),
    ];
  return refusal(`${at}/value`, () => parseScore(instrument(metric.instrument), seen.value ?? ''));
}

function resultFaults(terms: TermsDocument, clause: Clause, example: Example, at: string): Fault[] {
  const unreadable = refusal(`${at}/expect`, () => parseMoney(example.expect, terms.currency));
  if (unreadable.length > 0) return unreadable;
  const expected = parseMoney(example.expect, terms.currency);
  const paid = money(payOf(terms, clause, example), terms.currency);
  return paid.minor === expected.minor
    ? []
    : [
        fault(
          at,
          'EXAMPLE_MISMATCH',
          `The example "${example.name}" promises ${formatMoney(expected)}, but the clause pays ${formatMoney(paid)}.`,
        ),
      ];
}

/** The refusal, if there is one, as a fault at a place. */
function refusal(at: string, read: () => unknown): Fault[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof DomainError) return [fault(at, error.code, error.message)];
    throw error;
  }
}

/** What one clause pays for an example, in minor units, once every window has closed. */
export function payOf(terms: TermsDocument, clause: Clause, example: Example): bigint {
  const alone: TermsDocument = {
    ...terms,
    population: { ...terms.population, eligibility: undefined },
  };
  const outcomes = openClauses(alone, civilDate('9998-01-01'), EMPTY_RECORD).weigh({
    reference: 'example',
    cohort: terms.cohorts[0]!.id,
    startedOn: civilDate(example.startedOn),
    exitedOn: null,
    attributes: example.attributes,
    exceptionApproved: false,
    observations: example.observations.map(({ metric, occurrence, measuredOn, value }) => ({
      metric,
      occurrence,
      version: 1,
      measuredOn: civilDate(measuredOn),
      endedOn: null,
      status: 'recorded' as const,
      value: value === undefined ? null : parseFraction(value),
    })),
  });
  const rounded = openRounding(terms);
  return outcomes
    .filter((outcome) => outcome.clause === clause.id)
    .reduce((total, outcome) => total + rounded(outcome.exactMinor), 0n);
}
