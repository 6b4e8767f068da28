import fc from 'fast-check';
import { addDays, civilDate } from '../../src/domain/calendar/civil-date.js';
import { periodsOf } from '../../src/domain/calendar/period-calendar.js';
import { LineDigest } from '../../src/domain/computation/digest.js';
import { Rehearsal } from '../../src/domain/computation/rehearse.js';
import { activationProblems } from '../../src/domain/contract-terms/activation/activation-problems.js';
import { parseDraft, parseTerms } from '../../src/domain/contract-terms/parse.js';
import type { TermsDocument } from '../../src/domain/contract-terms/terms.schema.js';
import { instrumentsBy } from '../../src/domain/instruments/registry.js';
import { scaleOf } from '../../src/domain/instruments/scale.js';
import { fraction } from '../../src/domain/money/fraction.js';
import type { ContractRecord } from '../../src/domain/outcomes/contract-record.js';
import type { Observation, ParticipantFacts } from '../../src/domain/outcomes/participant-facts.js';
import { mutatedOf, refusedOr } from './mutated-terms.js';

const DAY_ONE = civilDate('2015-04-01');
/** No document may take more of a processor, however it was changed. What others do on the machine is not counted. */
const MOST_MICROSECONDS = 5_000_000;

/** Numbers from which facts about any terms are made. */
const luck = fc.infiniteStream(fc.nat(1_000_000));

/** Facts as the checks of imports would let them in, about whatever the terms measure. */
function factsOf(terms: TermsDocument, next: (most: number) => number) {
  const scales = instrumentsBy(terms.instruments);
  const day = () => addDays(DAY_ONE, next(1200));
  const statuses = [
    'recorded',
    'recorded',
    'recorded',
    'declined',
    'could-not-collect',
    'void',
  ] as const;
  const observationsOf = (metric: TermsDocument['metrics'][number]): Observation[] => {
    const base = { metric: metric.id, version: 1, endedOn: null, value: null };
    if (metric.kind === 'event' || metric.kind === 'spell')
      return Array.from({ length: next(3) }, (_, n): Observation => {
        const status = statuses[next(5)]!;
        const measuredOn = day();
        const lasts = metric.kind === 'spell' && status === 'recorded' && next(4) > 0;
        const endedOn = lasts ? addDays(measuredOn, 1 + next(400)) : null;
        return { ...base, occurrence: `e${n}`, measuredOn, endedOn, status };
      });
    if (metric.kind !== 'score') return [];
    const { min, max } = scaleOf(scales.get(metric.instrument)!, metric.subscale)!;
    const least = min.numerator / min.denominator;
    const room = Number(max.numerator / max.denominator - least);
    return metric.timePoints.slice(0, 20).flatMap((point): Observation[] => {
      if (next(5) === 0) return [];
      const status = statuses[next(5)]!;
      const value = status === 'recorded' ? fraction(least + BigInt(next(room))) : null;
      return [{ ...base, occurrence: point.id, measuredOn: day(), status, value }];
    });
  };
  const people = Array.from({ length: 4 }, (_, n): ParticipantFacts => {
    const startedOn = addDays(DAY_ONE, next(500));
    return {
      reference: `P-${n + 1}`,
      cohort: terms.cohorts[next(terms.cohorts.length - 1)]!.id,
      startedOn,
      exitedOn: next(3) === 0 ? addDays(startedOn, next(700)) : null,
      attributes: attributesOf(terms, next),
      exceptionApproved: next(5) === 0,
      observations: terms.metrics.slice(0, 20).flatMap(observationsOf),
    };
  });
  return { people, record: recordOf(terms, next) };
}

const attributesOf = (terms: TermsDocument, next: (most: number) => number) =>
  Object.fromEntries(
    Object.entries(terms.population.attributes)
      .filter(() => next(4) > 0)
      .map(([name, declared]) => [
        name,
        declared.type === 'number'
          ? 20 + next(90)
          : declared.type === 'yes-no'
            ? next(1) === 1
            : declared.values[next(declared.values.length - 1)]!,
      ]),
  );

function recordOf(terms: TermsDocument, next: (most: number) => number): ContractRecord {
  const spans = periodsOf({ type: 'quarters', from: DAY_ONE }, civilDate('2017-04-01'));
  const figures = terms.metrics.flatMap((metric) =>
    metric.kind !== 'rate'
      ? []
      : spans.flatMap(({ from, to }) =>
          metric.groups.slice(0, 5).map((group) => {
            const all = next(50);
            return {
              metric: metric.id,
              group,
              from,
              to,
              version: 1,
              numerator: fraction(BigInt(next(all))),
              denominator: fraction(BigInt(all)),
              definition: metric.definitions[next(metric.definitions.length - 1)]!.version,
            };
          }),
        ),
  );
  const effects = terms.metrics.flatMap((metric) =>
    metric.kind !== 'effect'
      ? []
      : [...terms.cohorts.map(({ id }) => id), '*'].slice(0, 4).map((cohort, n) => ({
          metric: metric.id,
          cohort,
          signedOn: addDays(DAY_ONE, 400 + next(300)),
          version: n + 1,
          value: fraction(BigInt(next(30) - 5), metric.unit === 'percent' ? 100n : 1n),
          low: next(2) === 0 ? null : fraction(BigInt(next(10) - 8), 100n),
          high: null,
          n: BigInt(next(900)),
          documentHash: 'ab'.repeat(32),
        })),
  );
  return { figures, effects };
}

/** Computes two periods of a contract, and checks of every line that its parts sum to its amount and that it can be written. */
function computeWhole(terms: TermsDocument, numbers: Iterator<number>): number {
  const next = (most: number) => (most <= 0 ? 0 : (numbers.next().value as number) % (most + 1));
  const periods = periodsOf(terms.periods, civilDate(terms.effective.to));
  const knowledge = factsOf(terms, next);
  const effectiveFrom = civilDate(terms.effective.from);
  const rehearsal = new Rehearsal([{ number: 1, effectiveFrom, terms, recordedSeq: 1n }]);
  const digest = new LineDigest();
  for (const period of [periods[Math.min(3, periods.length - 1)]!, periods.at(-1)!])
    for (const line of rehearsal.compute(period, knowledge)) {
      const sum = [...line.parts.values()].reduce((total, part) => total + part, 0n);
      if (sum !== line.amountMinor) throw new Error(`Parts do not sum: ${line.explanation}`);
      digest.add(line);
    }
  digest.finish();
  return rehearsal.lines.length;
}

/** What became of many changed documents. */
export interface Fuzzed {
  readonly activated: number;
  readonly lines: number;
}

/**
 * Changes documents in so many ways. Each is refused in words or comes into force; whatever comes into force can be
 * computed on any facts. Nothing but a refusal may be thrown, and nothing may take long.
 */
export function fuzz(documents: readonly object[], numRuns: number): Fuzzed {
  let [activated, lines] = [0, 0];
  const property = fc.property(mutatedOf(documents), luck, (document, numbers) => {
    const started = process.cpuUsage();
    const draft = refusedOr(() => parseDraft(document));
    if (draft === null) return;
    const problems = activationProblems(draft);
    for (const { at, code, detail } of problems) {
      expect(at).toMatch(/^\//);
      expect(code).toMatch(/^[A-Z_]+$/);
      expect(detail.length).toBeGreaterThan(10);
    }
    if (problems.length === 0) {
      lines += computeWhole(parseTerms(draft), numbers[Symbol.iterator]());
      activated += 1;
    }
    expect(process.cpuUsage(started).user).toBeLessThan(MOST_MICROSECONDS);
  });
  fc.assert(property, { numRuns, endOnFailure: true });
  return { activated, lines };
}
