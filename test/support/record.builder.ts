import { civilDate } from '../../src/domain/calendar/civil-date.js';
import type { Period } from '../../src/domain/calendar/period.js';
import type { CapUse } from '../../src/domain/computation/caps.js';
import { LineDigest } from '../../src/domain/computation/digest.js';
import {
  openComputation,
  type ComputationScope,
  type Reading,
} from '../../src/domain/computation/open-computation.js';
import type { PaymentLine, PostedLine } from '../../src/domain/computation/payment-line.js';
import { parseTerms } from '../../src/domain/contract-terms/parse.js';
import type { TermsInForce } from '../../src/domain/contract-terms/terms-in-force.js';
import { parseFraction } from '../../src/domain/money/fraction.js';
import {
  EMPTY_RECORD,
  type ContractRecord as Facts,
} from '../../src/domain/outcomes/contract-record.js';
import type { Observation, ParticipantFacts } from '../../src/domain/outcomes/participant-facts.js';
import { trialTerms } from './trial-terms.js';

/** Terms in force: those of the trial contract, changed as the test says, from a day on. */
export const inForce = (changes: object = {}, from = '2015-04-01', number = 1): TermsInForce => ({
  number,
  effectiveFrom: civilDate(from),
  terms: parseTerms(trialTerms({ ...changes })),
  recordedSeq: BigInt(number),
});

export const period = (id: string, from: string, to: string): Period => ({
  id,
  from: civilDate(from),
  to: civilDate(to),
});

type Given = Partial<Omit<Observation, 'measuredOn'>>;

/** A score at a time point. */
export const score = (
  occurrence: string,
  on: string,
  value: string,
  given: Given = {},
): Observation => ({
  metric: 'ucla',
  occurrence,
  version: 1,
  measuredOn: civilDate(on),
  endedOn: null,
  status: 'recorded',
  value: parseFraction(value),
  ...given,
});

/** Something that happened, with the reference of its evidence. */
export const event = (
  metric: string,
  occurrence: string,
  on: string,
  given: Given = {},
): Observation => score(occurrence, on, '0', { metric, value: null, ...given });

/** Something that lasted from one day up to another, or lasts, with the reference of its evidence. */
export const spell = (
  metric: string,
  occurrence: string,
  from: string,
  to: string | null = null,
  given: Given = {},
): Observation =>
  event(metric, occurrence, from, { endedOn: to === null ? null : civilDate(to), ...given });

/** Somebody who started on 4 June 2015: the six-month window is 4 November 2015 to 3 January 2016. */
export const somebody = (
  observations: readonly Observation[],
  given: Partial<ParticipantFacts> = {},
): ParticipantFacts => ({
  reference: 'P-1',
  cohort: 'all',
  startedOn: civilDate('2015-06-04'),
  exitedOn: null,
  attributes: { age: 70 },
  exceptionApproved: false,
  observations,
  ...given,
});

/** The only reading of a computation that reads everybody once. */
export function onlyReading(scope: ComputationScope): Reading {
  const [reading, ...more] = openComputation(scope).readings;
  if (reading === undefined || more.length > 0)
    throw new Error('It reads everybody more than once.');
  return reading;
}

export const totalOf = (lines: readonly { amountMinor: bigint }[]): bigint =>
  lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

export interface Posted extends PostedLine {
  readonly line: PaymentLine;
  readonly periodId: string;
}

/**
 * A contract's record as computations write it, one after another: what was posted stays, and the next computation
 * is told of it. What caps have used is counted here from the lines themselves, not taken from the engine.
 */
export class ContractRecord {
  readonly posted: Posted[] = [];
  private computations = 0;
  private readonly ends: Period['to'][] = [];

  constructor(readonly code = 'trial') {}

  /** Computes a period over everybody and posts the lines. Every line's parts are checked to sum to its amount. */
  compute(
    versions: readonly TermsInForce[],
    about: Period,
    people: readonly ParticipantFacts[],
    record: Facts = EMPTY_RECORD,
  ): PaymentLine[] {
    const lines = this.recheck(versions, about, people, this.computations, record);
    this.computations += 1;
    this.ends.push(about.to);
    lines.forEach((line, index) =>
      this.posted.push({
        ...line,
        reference: `${this.code}.${this.computations}.${index + 1}`,
        line,
        periodId: about.id,
      }),
    );
    return lines;
  }

  /** The lines that computing now would give, posting none; `through` stands back after that many computations. */
  recheck(
    versions: readonly TermsInForce[],
    about: Period,
    people: readonly ParticipantFacts[],
    through = this.computations,
    record: Facts = EMPTY_RECORD,
  ): PaymentLine[] {
    const known = this.posted.filter(({ reference }) => Number(reference.split('.')[1]) <= through);
    const { readings } = openComputation({
      versions,
      period: about,
      capUse: useOf(known),
      reckonedUntil: this.ends.slice(0, through).sort().at(-1) ?? null,
      record,
    });
    const ofCohorts = known.flatMap((one) =>
      one.line.participant === null ? [{ ...one, cohort: one.line.cohort }] : [],
    );
    const lines = readings.flatMap((reading) => [
      ...people.flatMap((one) => [
        ...reading.participant(
          one,
          known.filter(({ line }) => line.participant === one.reference),
        ),
      ]),
      ...reading.close(ofCohorts),
    ]);
    for (const line of lines)
      if (
        totalOf([...line.parts.values()].map((amountMinor) => ({ amountMinor }))) !==
        line.amountMinor
      )
        throw new Error(`The parts do not sum to the amount: ${line.explanation}`);
    return lines;
  }

  get totalMinor(): bigint {
    return totalOf(this.posted);
  }

  /** What one payer has been asked for in all. */
  partMinor(payer: string): bigint {
    return this.posted.reduce((sum, { parts }) => sum + (parts.get(payer) ?? 0n), 0n);
  }
}

/** What lines use under each heading that a cap may limit, counted from the lines. */
export function useOf(lines: readonly Posted[]): CapUse {
  const use: CapUse = new Map();
  const count = (heading: string, minor: bigint) =>
    use.set(heading, (use.get(heading) ?? 0n) + minor);
  for (const { amountMinor, clause, metric, parts, periodId } of lines) {
    for (const heading of [
      'contract',
      `clause:${clause}`,
      `metric:${metric}`,
      `period:${periodId}`,
    ])
      count(heading, amountMinor);
    for (const [payer, part] of parts) count(`payer:${payer}`, part);
  }
  return use;
}

export function digestOf(lines: readonly PaymentLine[]): string {
  const digest = new LineDigest();
  for (const line of lines) digest.add(line);
  return digest.finish().toString('hex');
}

/** One clause of £660 a point at 6 and 18 months, changed as the test says; the contract runs to April 2020. */
export function perPointTerms(rule: object = {}, more: object = {}, modifiers: object[] = []) {
  const [metric] = trialTerms().metrics;
  const eighteen = { id: '18m', label: '18 months', months: 18, opensDays: -45, closesDays: 45 };
  return {
    effective: { from: '2015-04-01', to: '2020-04-01' },
    metrics: [{ ...metric, timePoints: [...metric!.timePoints, eighteen] }],
    clauses: [
      {
        id: '4.1',
        title: 'Reduction of loneliness',
        rule: {
          type: 'R4',
          metric: 'ucla',
          rate: '660.00',
          count: 'floored',
          timePoints: ['6m', '18m'],
          waves: 'increment',
          ...rule,
        },
        modifiers,
        verifiedBy: 'university',
      },
    ],
    caps: [],
    plan: [],
    ...more,
  };
}

/** One clause of £100 for each job, and one of £50 for each course; the contract runs to April 2020. */
export function perEventTerms(more: object = {}, modifiers: object[] = []) {
  const metric = (id: string, label: string) => ({
    id,
    kind: 'event',
    label,
    paid: true,
    definition: label,
    evidence: ['Letter'],
  });
  const clause = (id: string, event: string, price: string, steps: object[]) => ({
    id,
    title: event,
    rule: { type: 'R1', events: [event], price, unit: 'claim' },
    modifiers: steps,
    verifiedBy: 'university',
  });
  return {
    effective: { from: '2015-04-01', to: '2020-04-01' },
    metrics: [metric('job', 'A job'), metric('course', 'A course')],
    clauses: [clause('1', 'job', '100.00', modifiers), clause('2', 'course', '50.00', [])],
    comparison: { method: 'none-for-events', deadweightPercent: '0%' },
    caps: [],
    plan: [],
    ...more,
  };
}
