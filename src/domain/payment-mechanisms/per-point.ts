import { z } from 'zod';
import {
  add,
  equals,
  formatFraction,
  fraction,
  min,
  multiply,
  parseFraction,
  ZERO,
} from '../money/fraction.js';
import { nothingPayable } from '../outcomes/reasons.js';
import { expectedInWords } from '../outcomes/benchmark.js';
import type { ScoreMetric } from '../outcomes/metric.js';
import { labelOf, timePointsInWords } from '../outcomes/wording.js';
import type { Outcome, Step } from '../outcomes/outcome.js';
import type { Fault } from '../shared/domain-error.js';
import {
  perParticipant,
  type ClauseContext,
  type ClauseWeigher,
  type Mechanism,
} from './mechanism.js';
import {
  changeInWords,
  evidenceFor,
  ScoreChanges,
  type Baseline,
  type FollowUp,
} from '../outcomes/score-changes.js';
import { laterPricesSchema, openPrices, priceFaults, pricesInWords } from './dated-price.js';
import { scoreRuleFaults } from './score-rule-faults.js';
import { WAVE_RULE_IDS, WAVE_RULES } from './waves/registry.js';
import { combineDue, type WavePay } from './waves/wave-rule.js';

/**
 * R4, person per point: a participant's improvement on a score since the baseline, in points, times a rate. Floored pays
 * nothing for a worsened person; net lets a worsened person offset an improved one. maxPoints limits one time point;
 * pounds are capped by modifiers and caps, not here. Refused, each with its line: no baseline, a baseline or follow-up
 * outside its window, a follow-up that was missed, declined or could not be collected, no improvement.
 */
export const perPointSchema = z
  .strictObject({
    type: z.literal('R4'),
    metric: z.string().describe('The score metric whose improvement is paid.'),
    rate: z.string().describe('Price of one point: "660.00".'),
    laterPrices: laterPricesSchema,
    count: z
      .enum(['floored', 'net'])
      .describe('Whether a worsened person counts as nought or against the improved.'),
    timePoints: z.array(z.string()).min(1).describe('The time points that pay, in order.'),
    waves: z.enum(WAVE_RULE_IDS).describe('How several time points combine.'),
    maxPoints: z.string().optional().describe('The most points that one time point may pay for.'),
  })
  .describe('R4: price per point of improvement for each person.');
export type PerPointRule = z.infer<typeof perPointSchema>;

export const perPoint: Mechanism<PerPointRule> = {
  schema: perPointSchema,
  pays: 'outcomes',
  level: () => 'participant',
  nets: ({ count }) => count === 'net',

  inWords(rule, { currency, metrics }) {
    const label = labelOf(rule.metric, metrics);
    return (
      `pays ${pricesInWords(rule.rate, rule.laterPrices, currency)} for each point by which ${label} improves on the baseline ` +
      `at ${timePointsInWords(rule.metric, rule.timePoints, metrics)}; ${WAVE_RULES[rule.waves].inWords}; ` +
      (rule.count === 'floored'
        ? 'a person who has worsened counts as nought'
        : 'a person who has worsened counts against the others') +
      (rule.maxPoints === undefined ? '' : `; at most ${rule.maxPoints} points at a time point`)
    );
  },

  metrics: (rule) => [rule.metric],

  problems(rule, { currency, metrics }) {
    const faults: Fault[] = priceFaults('/rate', rule.rate, rule.laterPrices, currency);
    if (rule.maxPoints !== undefined && !/^\d{1,9}(\.\d{1,9})?$/.test(rule.maxPoints))
      faults.push({
        at: '/maxPoints',
        code: 'POINTS_NEGATIVE',
        detail: `"${rule.maxPoints}" must be a plain number, nil or more.`,
      });
    return [...faults, ...scoreRuleFaults(rule, metrics)];
  },

  open: openPerPoint,
};

function openPerPoint(rule: PerPointRule, context: ClauseContext): ClauseWeigher {
  const metric = context.metrics.get(rule.metric) as ScoreMetric;
  const changes = new ScoreChanges(metric, rule.timePoints, context);
  const rateOn = openPrices(rule.rate, rule.laterPrices, context.currency);
  const cap = rule.maxPoints === undefined ? null : parseFraction(rule.maxPoints);
  const waveRule = WAVE_RULES[rule.waves];
  const capped = ({ improvement }: FollowUp) =>
    improvement === null || cap === null ? improvement : min(improvement, cap);

  return perParticipant((facts) => {
    const { baseline, followUps } = changes.of(facts);
    const floored = rule.count === 'floored';
    const pays = combineDue(waveRule, rule.timePoints, followUps, capped, floored);
    return followUps.map((followUp, index) => outcomeOf(baseline, followUp, pays[index]!));
  });

  function outcomeOf(baseline: Baseline, followUp: FollowUp, pay: WavePay): Outcome {
    const quantity = followUp.reason === null ? pay.points : ZERO;
    const { minor: rateMinor, inWords: rateText } = rateOn(followUp.outcomeOn);
    const exactMinor = multiply(quantity, fraction(rateMinor));
    const why =
      followUp.reason === null
        ? `${formatFraction(quantity)} at ${rateText}: ${pay.why}`
        : nothingPayable(followUp.reason);
    return {
      clause: context.clause,
      metric: metric.id,
      occurrence: followUp.point.id,
      outcomeOn: followUp.outcomeOn,
      quantity,
      unit: 'point',
      rateMinor,
      exactMinor,
      cutMinor: ZERO,
      reason: followUp.reason ?? pay.reason,
      finding: changeInWords(metric.label, baseline, followUp) + countingInWords(followUp, pay),
      steps: [
        ...benchmarkSteps(followUp),
        { step: 'R4', before: '0', after: formatFraction(exactMinor), why },
      ],
      evidence: evidenceFor(baseline, followUp),
    };
  }

  /** What the improvement would come to at the rate, before and after what was to be expected is deducted. */
  function benchmarkSteps({ improvement, expected, outcomeOn }: FollowUp): Step[] {
    if (improvement === null || expected === null) return [];
    const rate = fraction(rateOn(outcomeOn).minor);
    const whole = add(improvement, expected.improvement);
    return [
      {
        step: 'benchmark',
        before: formatFraction(multiply(whole, rate)),
        after: formatFraction(multiply(improvement, rate)),
        why: expectedInWords(expected),
      },
    ];
  }

  /** What the points count, where that is not the whole change: the rest was paid before, or is more than may count. */
  function countingInWords(followUp: FollowUp, { points, reason, why }: WavePay): string {
    const { improvement } = followUp;
    if (improvement === null || reason !== null || equals(points, improvement)) return '';
    const isCapped = cap !== null && equals(points, min(improvement, cap));
    return isCapped ? `, counting no more than ${formatFraction(cap)}` : `, counting ${why}`;
  }
}
