import type { CivilDate } from '../domain/calendar/civil-date.js';
import { formatLineReference } from '../domain/computation/line-reference.js';
import type { LineKind, PostedLine } from '../domain/computation/payment-line.js';
import { parseFraction, type Fraction } from '../domain/money/fraction.js';
import type {
  Attributes,
  Observation,
  ObservationStatus,
  ParticipantFacts,
} from '../domain/outcomes/participant-facts.js';
import type { Reason } from '../domain/outcomes/outcome.js';

/** id, reference, cohort, started on, exited on, attributes, exception approved; cohort null where not enrolled yet. */
type PersonTuple = readonly [
  number,
  string,
  string | null,
  CivilDate,
  CivilDate | null,
  Attributes,
  boolean,
];

/** A batch as it arrives: people as tuples, their measurements as columns in the order of the people. */
export interface FactsRow {
  readonly people: readonly PersonTuple[] | null;
  readonly ids: readonly number[] | null;
  readonly metrics: readonly string[] | null;
  readonly occurrences: readonly string[] | null;
  readonly versions: readonly number[] | null;
  readonly days: readonly CivilDate[] | null;
  /** Null where no measurement of the batch is a spell that has ended. */
  readonly ends: readonly (CivilDate | null)[] | null;
  readonly statuses: readonly ObservationStatus[] | null;
  readonly scores: readonly (string | null)[] | null;
}

const NO_OBSERVATIONS: readonly Observation[] = [];
const KEPT_MAX = 10_000;
const fractions = new Map<string, Fraction>();

/** Scores and quantities repeat, so each text is read once; the store is emptied rather than let grow. */
function fractionOf(text: string): Fraction {
  const known = fractions.get(text);
  if (known !== undefined) return known;
  if (fractions.size >= KEPT_MAX) fractions.clear();
  const value = parseFraction(text);
  fractions.set(text, value);
  return value;
}

/**
 * Puts people and their measurements together, one at a time: made as they are needed and forgotten at once, they never
 * leave the young part of the heap. Versions of one measurement arrive in order; the last one counts. Somebody who was
 * not enrolled yet is passed over.
 */
export function* factsFromColumns(
  row: FactsRow,
): Generator<{ id: number; facts: ParticipantFacts }> {
  const ids = row.ids ?? [];
  let at = 0;
  for (const person of row.people ?? []) {
    const [id, reference, cohort, startedOn, exitedOn, attributes, exceptionApproved] = person;
    const from = at;
    while (at < ids.length && ids[at] === id) at += 1;
    if (cohort === null) continue;
    const observations = from === at ? NO_OBSERVATIONS : observationsOf(row, from, at);
    yield {
      id,
      facts: {
        reference,
        cohort,
        startedOn,
        exitedOn,
        attributes,
        exceptionApproved,
        observations,
      },
    };
  }
}

function observationsOf(row: FactsRow, from: number, to: number): Observation[] {
  const observations: Observation[] = [];
  for (let at = from; at < to; at += 1) {
    const score = row.scores![at]!;
    const observation: Observation = {
      metric: row.metrics![at]!,
      occurrence: row.occurrences![at]!,
      version: row.versions![at]!,
      measuredOn: row.days![at]!,
      endedOn: row.ends === null ? null : row.ends[at]!,
      status: row.statuses![at]!,
      value: score === null ? null : fractionOf(score),
    };
    const before = observations.at(-1);
    if (before?.metric === observation.metric && before.occurrence === observation.occurrence)
      observations[observations.length - 1] = observation;
    else observations.push(observation);
  }
  return observations;
}

/** participant (0 for a cohort), computation number, line number, and then the fields of PostedLine. */
export type PostedTuple = readonly [
  number,
  number,
  number,
  string,
  string,
  string,
  number,
  LineKind,
  CivilDate,
  string,
  string,
  string,
  string,
  string,
  Readonly<Record<string, string>>,
  Reason | null,
  number,
];

/** Lines posted before, by participant. */
export function postedFromTuples(
  tuples: readonly PostedTuple[],
  contractCode: string,
): Map<number, PostedLine[]> {
  const byParticipant = new Map<number, PostedLine[]>();
  for (const tuple of tuples) {
    const lines = byParticipant.get(tuple[0]);
    if (lines === undefined) byParticipant.set(tuple[0], [postedFromTuple(tuple, contractCode)]);
    else lines.push(postedFromTuple(tuple, contractCode));
  }
  return byParticipant;
}

function postedFromTuple(tuple: PostedTuple, contractCode: string): PostedLine {
  const [, number, line, clause, metric, occurrence, revision, kind, outcomeOn, quantity] = tuple;
  const [, , , , , , , , , , unit, rate, uncapped, amount, parts, reason, termsNumber] = tuple;
  return {
    reference: formatLineReference({ contract: contractCode, computation: number, lineNo: line }),
    termsNumber,
    clause,
    metric,
    occurrence,
    revision,
    kind,
    outcomeOn,
    quantity: fractionOf(quantity),
    unit,
    rateMinor: BigInt(rate),
    uncappedMinor: BigInt(uncapped),
    amountMinor: BigInt(amount),
    parts: new Map(Object.entries(parts).map(([payer, part]) => [payer, BigInt(part)])),
    reason,
  };
}
