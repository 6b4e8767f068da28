import { z } from 'zod';
import { add, divide, fraction, subtract, ZERO } from '../money/fraction.js';
import { EvidenceSet } from '../outcomes/evidence-set.js';
import { FollowUpTally } from '../outcomes/follow-up.js';
import type { ScoreMetric } from '../outcomes/metric.js';
import { changeThatCounts, missingRuleSchema } from '../outcomes/missing-rule.js';
import { ScoreChanges } from '../outcomes/score-changes.js';
import { windowOf } from '../outcomes/time-point.js';
import { Places, type OpenArms } from './arms.js';
import type { MeasureContext } from './measure.js';
import { movedInWords } from '../money/number-in-words.js';
import { FOR_EVER } from './places.js';

/** The mean improvement on a score at a time point; what somebody without a change counts is a term, as for a mean. */
export const armScoresSchema = z
  .strictObject({
    what: z.literal('mean-change'),
    metric: z.string().describe('The score metric whose mean improvement is compared.'),
    timePoint: z.string().describe('The time point compared with the baseline.'),
    missing: missingRuleSchema,
  })
  .describe('Mean improvement on a score, by arm.');
export type ArmScoresTerms = z.infer<typeof armScoresSchema>;

export function openArmScores(terms: ArmScoresTerms, context: MeasureContext): OpenArms {
  const metric = context.metrics.get(terms.metric) as ScoreMetric;
  const point = metric.timePoints.find(({ id }) => id === terms.timePoint)!;
  const changes = new ScoreChanges(metric, [point.id], { ...context, before: FOR_EVER });
  const tally = new FollowUpTally();
  const arms = new Places(() => ({ n: 0n, total: ZERO }));
  const evidence = new Places(() => new EvidenceSet());
  return {
    label: `${metric.label} at ${point.label}`,

    add(cohort, arm, facts, counts) {
      const { baseline, followUps } = changes.of(facts);
      const followUp = followUps[0]!;
      tally.add(cohort, { occurrence: point.id, reason: followUp.reason }, counts);
      if (!counts) return;
      const change = changeThatCounts(changes.scale, terms.missing, baseline, followUp);
      if (change === null) return;
      const sums = arms.at(cohort, arm);
      sums.n += 1n;
      sums.total = add(sums.total, change);
      for (const seen of [baseline.measurement, followUp.measurement])
        if (seen !== null) evidence.at(cohort).add(facts, seen);
    },

    of(cohort, arm) {
      const { n, total } = arms.at(cohort, arm);
      return { n, value: n === 0n ? null : divide(total, fraction(n)) };
    },

    settledOn: (startedOn) => windowOf(startedOn, point, context.months).closesOn,
    better: (treated, comparison) => subtract(treated, comparison),
    inWords: (value) => `${movedInWords(value)} on average`,
    evidence: (cohort) => evidence.at(cohort).entries(),
    followUp: (cohort) => tally.of(cohort, point.id),
  };
}
