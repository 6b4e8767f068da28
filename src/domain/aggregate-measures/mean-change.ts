import { z } from 'zod';
import { addDays, type CivilDate } from '../calendar/civil-date.js';
import { contains } from '../calendar/period.js';
import { add, divide, fraction, ZERO, type Fraction } from '../money/fraction.js';
import { EvidenceSet } from '../outcomes/evidence-set.js';
import { followUpInWords } from '../outcomes/follow-up-counts.js';
import { FollowUpTally } from '../outcomes/follow-up.js';
import type { ScoreMetric } from '../outcomes/metric.js';
import { changeThatCounts, MISSING_IN_WORDS, missingRuleSchema } from '../outcomes/missing-rule.js';
import { ALL_COHORTS } from '../outcomes/outcome.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import { ScoreChanges } from '../outcomes/score-changes.js';
import { windowOf } from '../outcomes/time-point.js';
import type { Measure, MeasureContext, MeasuredValue, OpenMeasure } from './measure.js';
import { movedInWords, numberInWords } from '../money/number-in-words.js';
import { scorePointFaults } from './score-point-faults.js';
import { cohortName, FOR_EVER, gatheringSchema, placesOf } from './places.js';

/**
 * The mean improvement on a score at one time point, over a cohort or over all of them together. Windows, repeated
 * attempts and corrections count as they do for one person; what somebody without a change counts is a term. Either the
 * cohort is settled once, on the day on which its last window closes, or each period is settled for those whose
 * follow-up fell in it. It keeps sums, never participants. Nothing is capped here; a cohort in which nobody counts has no
 * mean, for the reason that too few were measured.
 */
export const meanChangeSchema = z
  .strictObject({
    of: z.literal('mean-change'),
    metric: z.string().describe('The score metric whose mean improvement is taken.'),
    timePoint: z.string().describe('The time point compared with the baseline.'),
    missing: missingRuleSchema,
    over: z
      .enum(['cohort', 'period'])
      .describe(
        'Whether a cohort is settled once, when its last window has closed, or in each period for those whose ' +
          'follow-up fell in it.',
      ),
    cohorts: gatheringSchema,
  })
  .describe('The mean improvement on a score.');
export type MeanChangeTerms = z.infer<typeof meanChangeSchema>;

export const meanChange: Measure<MeanChangeTerms> = {
  schema: meanChangeSchema,
  inWords: ({ metric, timePoint, missing, over, cohorts }, { metrics }) =>
    `the mean improvement in ${metrics.get(metric)?.label ?? metric} at ${timePoint} of ` +
    `${cohorts === 'together' ? 'all cohorts together' : 'each cohort'} (${MISSING_IN_WORDS[missing]}; ` +
    `settled ${over === 'cohort' ? 'when the last window has closed' : 'in each period for those whose follow-up fell in it'})`,
  valueInWords: (_terms, value) => numberInWords(value),
  metrics: ({ metric }) => [metric],
  problems: ({ metric, timePoint }, { metrics }) => scorePointFaults(metrics, metric, timePoint),
  open: openMeanChange,
};

/** What is kept of a place, which is a cohort or one of its periods: sums, never participants. */
interface Sums {
  n: bigint;
  total: Fraction;
  lastOn: CivilDate;
  readonly evidence: EvidenceSet;
}

/** The sums of every place, made when it is first asked for; a place is settled on the latest day it was asked for with. */
class SumsByPlace {
  private readonly byCohort = new Map<string, Map<string, Sums>>();

  at(cohort: string, occurrence: string, lastOn: CivilDate): Sums {
    const ofCohort = this.byCohort.get(cohort) ?? new Map<string, Sums>();
    this.byCohort.set(cohort, ofCohort);
    const known = ofCohort.get(occurrence);
    if (known === undefined) {
      const made: Sums = { n: 0n, total: ZERO, lastOn, evidence: new EvidenceSet() };
      ofCohort.set(occurrence, made);
      return made;
    }
    if (lastOn > known.lastOn) known.lastOn = lastOn;
    return known;
  }

  map<T>(read: (cohort: string, occurrence: string, sums: Sums) => T): T[] {
    return [...this.byCohort].flatMap(([cohort, places]) =>
      [...places].map(([occurrence, sums]) => read(cohort, occurrence, sums)),
    );
  }
}

function openMeanChange(terms: MeanChangeTerms, context: MeasureContext): OpenMeasure {
  const metric = context.metrics.get(terms.metric) as ScoreMetric;
  const point = metric.timePoints.find(({ id }) => id === terms.timePoint)!;
  // every window counts as closed: what is not settled by the day of the computation is left to its posting
  const changes = new ScoreChanges(metric, [point.id], { ...context, before: FOR_EVER });
  const tally = new FollowUpTally();
  const together = terms.cohorts === 'together';
  const sums = new SumsByPlace();
  if (terms.over === 'cohort')
    for (const [cohort, dates] of placesOf(context.cohorts, together))
      for (const one of dates)
        sums.at(cohort, point.id, windowOf(one.closesOn, point, context.months).closesOn);

  function collect(facts: ParticipantFacts, counts: boolean): void {
    const { baseline, followUps } = changes.of(facts);
    const followUp = followUps[0]!;
    const cohort = together ? ALL_COHORTS : facts.cohort;
    const place =
      terms.over === 'cohort'
        ? { id: point.id, lastOn: followUp.window.closesOn }
        : periodPlace(context, followUp.outcomeOn);
    if (place === null) return;
    const kept = sums.at(cohort, place.id, place.lastOn);
    tally.add(cohort, { occurrence: place.id, reason: followUp.reason }, counts);
    if (!counts) return;
    const change = changeThatCounts(changes.scale, terms.missing, baseline, followUp);
    if (change === null) return;
    kept.n += 1n;
    kept.total = add(kept.total, change);
    for (const seen of [baseline.measurement, followUp.measurement])
      if (seen !== null) kept.evidence.add(facts, seen);
  }

  function valueOf(cohort: string, occurrence: string, kept: Sums): MeasuredValue {
    const followUp = tally.of(cohort, occurrence);
    const value = kept.n === 0n ? null : divide(kept.total, fraction(kept.n));
    const where = `${point.label}${terms.over === 'period' ? `, ${occurrence}` : ''}, ${cohortName(cohort, context.cohorts)}`;
    const sample = followUpInWords(followUp);
    return {
      cohort,
      occurrence,
      outcomeOn: kept.lastOn,
      value,
      reason: value === null ? 'too-few' : null,
      n: kept.n,
      low: null,
      followUp,
      finding:
        value === null
          ? `Nobody counts towards a mean of ${metric.label} (${where}; ${sample})`
          : `${metric.label} ${movedInWords(value)} on average over ${kept.n} who ${kept.n === 1n ? 'counts' : 'count'} (${where}; ${sample}; ${MISSING_IN_WORDS[terms.missing]})`,
      evidence: kept.evidence.entries(),
    };
  }

  return {
    collect,
    values: () => sums.map(valueOf),
  };
}

/** The period that a follow-up fell in; null where it fell in none, as no payment can. */
function periodPlace({ periods }: MeasureContext, on: CivilDate) {
  const found = periods.find((period) => contains(period, on));
  return found === undefined ? null : { id: found.id, lastOn: addDays(found.to, -1) };
}
