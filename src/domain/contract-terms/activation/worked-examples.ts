import { civilDate } from '../../calendar/civil-date.js';
import { instrumentOf } from '../../instruments/registry.js';
import { scaleOf } from '../../instruments/scale.js';
import { parseScore } from '../../instruments/score.js';
import { parseFraction } from '../../money/fraction.js';
import { formatMoney, money, parseMoney } from '../../money/money.js';
import { round } from '../../money/rounding.js';
import { EMPTY_RECORD } from '../../outcomes/contract-record.js';
import { timePointOf, type ParticipantFacts } from '../../outcomes/participant-facts.js';
import { DomainError, type Fault } from '../../shared/domain-error.js';
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
        ...exitFaults(example, at),
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
    return [
      ...(metric.kind === 'spell' ? spanFaults(seen, at) : endFaults(seen, at)),
      ...(seen.value === undefined
        ? []
        : [
            fault(
              `${at}/value`,
              'VALUE_NOT_FOR_EVENTS',
              `${metric.label} happens; it has no value.`,
            ),
          ]),
    ];
  if (!metric.timePoints.some(({ id }) => id === timePointOf(seen.occurrence)))
    return [
      fault(
        `${at}/occurrence`,
        'TIME_POINT_UNKNOWN',
        `"${seen.occurrence}" is not a time point of ${metric.id}.`,
      ),
    ];
  const scale = scaleOf(instrumentOf(terms.instruments, metric.instrument)!, metric.subscale)!;
  return [
    ...endFaults(seen, at),
    ...refusal(`${at}/value`, () => parseScore(scale, seen.value ?? '')),
  ];
}

/** Nobody leaves before they start. */
const exitFaults = ({ startedOn, exitedOn }: Example, at: string): Fault[] =>
  exitedOn === undefined || exitedOn >= startedOn
    ? []
    : [
        fault(
          `${at}/exitedOn`,
          'EXIT_BEFORE_START',
          `The participant starts on ${startedOn} and cannot leave on ${exitedOn}.`,
        ),
      ];

/** A spell ends after it begins; nothing else has an end. */
const spanFaults = ({ measuredOn, endedOn }: Seen, at: string): Fault[] =>
  endedOn === undefined || endedOn > measuredOn
    ? []
    : [
        fault(
          `${at}/endedOn`,
          'ENDED_BEFORE_STARTED',
          `It begins on ${measuredOn}, so the first day after it cannot be ${endedOn}.`,
        ),
      ];

const endFaults = ({ endedOn }: Seen, at: string): Fault[] =>
  endedOn === undefined
    ? []
    : [fault(`${at}/endedOn`, 'END_ONLY_FOR_SPELLS', 'Only a spell has an end. Leave it out.')];

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

/**
 * What one clause pays for an example, in minor units, once every window has closed: with the example's participant as the
 * whole cohort, where the clause pays for cohorts or adjusts many outcomes together.
 */
export function payOf(terms: TermsDocument, clause: Clause, example: Example): bigint {
  const alone: TermsDocument = {
    ...terms,
    population: { ...terms.population, eligibility: undefined },
  };
  const facts: ParticipantFacts = {
    reference: 'example',
    cohort: terms.cohorts[0]!.id,
    startedOn: civilDate(example.startedOn),
    exitedOn: example.exitedOn === undefined ? null : civilDate(example.exitedOn),
    attributes: example.attributes,
    exceptionApproved: false,
    observations: example.observations.map(
      ({ metric, occurrence, measuredOn, endedOn, value }) => ({
        metric,
        occurrence,
        version: 1,
        measuredOn: civilDate(measuredOn),
        endedOn: endedOn === undefined ? null : civilDate(endedOn),
        status: 'recorded' as const,
        value: value === undefined ? null : parseFraction(value),
      }),
    ),
  };
  const opened = openClauses(alone, civilDate('9998-01-01'), EMPTY_RECORD);
  if (opened.surveys) opened.survey(facts);
  return [...opened.weigh(facts), ...opened.close()]
    .filter((outcome) => outcome.clause === clause.id)
    .reduce((total, outcome) => total + round(outcome.exactMinor, terms.rounding.mode), 0n);
}
