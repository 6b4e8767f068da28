import { z } from 'zod';
import { scaleOf, type Scale } from '../instruments/scale.js';
import {
  add,
  compare,
  formatFraction,
  fraction,
  isPositive,
  multiply,
  ONE,
  parseFraction,
  subtract,
  ZERO,
  type Fraction,
} from '../money/fraction.js';
import { nothingPayable } from '../outcomes/reasons.js';
import { expectedInWords } from '../outcomes/benchmark.js';
import type { ScoreMetric } from '../outcomes/metric.js';
import { labelOf, timePointsInWords } from '../outcomes/wording.js';
import type { Outcome, Reason, Step } from '../outcomes/outcome.js';
import type { Fault } from '../shared/domain-error.js';
import {
  changeInWords,
  evidenceFor,
  ScoreChanges,
  type Baseline,
  type FollowUp,
} from '../outcomes/score-changes.js';
import { isInside } from '../outcomes/time-point.js';
import {
  perParticipant,
  type ClauseContext,
  type ClauseWeigher,
  type Mechanism,
} from './mechanism.js';
import { laterPricesSchema, openPrices, priceFaults, pricesInWords } from './dated-price.js';
import { scoreRuleFaults } from './score-rule-faults.js';
import { WAVE_RULE_IDS, WAVE_RULES } from './waves/registry.js';
import { combineDue, type WavePay } from './waves/wave-rule.js';

/**
 * R3, person threshold: a participant who improves by at least so many points since the baseline, or who reaches a level
 * of the score (at it or beyond it, the way the score improves), earns a price at each named time point; how several
 * time points combine is a wave rule, in which reaching the threshold counts as one. A level may be paid only to those
 * who were not there at the baseline; otherwise it needs no baseline. Refused, each with its line: not reached, and
 * whatever keeps a score from counting. How often a person is paid, and caps, are modifiers.
 */
export const personThresholdSchema = z
  .strictObject({
    type: z.literal('R3'),
    metric: z.string().describe('The score metric whose change or level is paid.'),
    price: z.string().describe('Price of reaching the threshold once: "500.00".'),
    laterPrices: laterPricesSchema,
    threshold: z
      .discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('change'),
          points: z.string().describe('The least improvement since the baseline: "3".'),
        }),
        z.strictObject({
          kind: z.literal('level'),
          value: z.string().describe('The score to reach, or to pass the way it improves: "5".'),
          notAtBaseline: z
            .boolean()
            .describe('Whether it pays only those who had not reached it at the baseline.'),
        }),
      ])
      .describe('What must be reached: a change in points, or a level of the score.'),
    timePoints: z.array(z.string()).min(1).describe('The time points that pay, in order.'),
    waves: z.enum(WAVE_RULE_IDS).describe('How several time points combine.'),
    unit: z.string().min(1).default('result').describe('What one result is called in sentences.'),
  })
  .describe('R3: price for each person who improves enough, or reaches a level.');
export type PersonThresholdRule = z.infer<typeof personThresholdSchema>;

export const personThreshold: Mechanism<PersonThresholdRule> = {
  schema: personThresholdSchema,
  pays: 'outcomes',
  level: () => 'participant',

  inWords(rule, { currency, metrics }) {
    const label = labelOf(rule.metric, metrics);
    return (
      `pays ${pricesInWords(rule.price, rule.laterPrices, currency)} for each person ${goalInWords(rule, label)} ` +
      `at ${timePointsInWords(rule.metric, rule.timePoints, metrics)}; ${WAVE_RULES[rule.waves].inWords}`
    );
  },

  metrics: (rule) => [rule.metric],

  problems(rule, { currency, metrics, instruments }) {
    const metric = metrics.get(rule.metric);
    const scale = metric?.kind === 'score' ? scaleIn(instruments, metric) : undefined;
    return [
      ...priceFaults('/price', rule.price, rule.laterPrices, currency),
      ...scoreRuleFaults(rule, metrics),
      ...(scale === undefined ? [] : thresholdFaults(rule, scale)),
    ];
  },

  open: openPersonThreshold,
};

function goalInWords({ threshold }: PersonThresholdRule, label: string): string {
  return threshold.kind === 'change'
    ? `whose ${label} improves on the baseline by ${threshold.points} or more`
    : `whose ${label} reaches ${threshold.value}` +
        (threshold.notAtBaseline ? ' and had not reached it at the baseline,' : '');
}

function thresholdFaults({ threshold }: PersonThresholdRule, { min, max, name }: Scale): Fault[] {
  const isLevel = threshold.kind === 'level';
  const text = isLevel ? threshold.value : threshold.points;
  const at = isLevel ? '/threshold/value' : '/threshold/points';
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(text))
    return [{ at, code: 'NOT_A_NUMBER', detail: `"${text}" must be a plain number, such as 3.` }];
  const value = parseFraction(text);
  const [least, most] = isLevel ? [min, max] : [ZERO, subtract(max, min)];
  const tooLow = compare(value, least) < 0 || (!isLevel && !isPositive(value));
  if (!tooLow && compare(value, most) <= 0) return [];
  const range = isLevel
    ? `from ${formatFraction(least)} to ${formatFraction(most)}`
    : `more than nought and at most ${formatFraction(most)}`;
  const detail = `On the ${name} it must be ${range}, not ${text}.`;
  return [{ at, code: 'THRESHOLD_IMPOSSIBLE', detail }];
}

/** What was found at one time point: whether the threshold was reached, or why it cannot be said. */
interface Reached {
  readonly reached: boolean;
  readonly reason: Reason | null;
  /** What sentences add to the change itself: "and the baseline was there already". */
  readonly remark: string;
}

function openPersonThreshold(rule: PersonThresholdRule, context: ClauseContext): ClauseWeigher {
  const metric = context.metrics.get(rule.metric) as ScoreMetric;
  const changes = new ScoreChanges(metric, rule.timePoints, context);
  const judge = openJudge(rule, metric, context.instruments);
  const priceOn = openPrices(rule.price, rule.laterPrices, context.currency);

  return perParticipant((facts) => {
    const { baseline, followUps } = changes.of(facts);
    const found = new Map(followUps.map((one) => [one, judge(baseline, one)] as const));
    const achieved = (followUp: FollowUp) => {
      const { reason, reached } = found.get(followUp)!;
      return reason !== null ? null : reached ? ONE : ZERO;
    };
    const pays = combineDue(WAVE_RULES[rule.waves], rule.timePoints, followUps, achieved, true);
    return followUps.map((one, index) => outcomeOf(baseline, one, found.get(one)!, pays[index]!));
  });

  function outcomeOf(
    baseline: Baseline,
    followUp: FollowUp,
    found: Reached,
    pay: WavePay,
  ): Outcome {
    const { minor: rateMinor, inWords: priceText } = priceOn(followUp.outcomeOn);
    const quantity = found.reason === null ? pay.points : ZERO;
    const exactMinor = multiply(quantity, fraction(rateMinor));
    const reason =
      found.reason ?? nothingBecause(found, pay) ?? (rateMinor === 0n ? 'price-is-nil' : null);
    const why =
      reason === null ? `${formatFraction(quantity)} at ${priceText}` : nothingPayable(reason);
    return {
      clause: context.clause,
      metric: metric.id,
      occurrence: followUp.point.id,
      outcomeOn: followUp.outcomeOn,
      quantity,
      unit: rule.unit,
      rateMinor,
      exactMinor,
      cutMinor: ZERO,
      reason,
      finding: `${changeInWords(metric.label, baseline, followUp)}${found.remark}, where ${paidForInWords(rule)} is paid for`,
      steps: [
        ...benchmarkSteps(rule, followUp, rateMinor),
        { step: 'R3', before: '0', after: formatFraction(exactMinor), why },
      ],
      evidence: evidenceFor(baseline, followUp),
    };
  }
}

/** Judges one follow-up: whether it reaches the threshold, or why that cannot be said. */
function openJudge(
  { threshold }: PersonThresholdRule,
  metric: ScoreMetric,
  instruments: ClauseContext['instruments'],
) {
  const lower = scaleIn(instruments, metric)!.improvement === 'lower';
  const goal = goalOf(threshold);
  const isAt = (score: Fraction) => (lower ? compare(score, goal) <= 0 : compare(score, goal) >= 0);

  return (baseline: Baseline, followUp: FollowUp): Reached => {
    if (threshold.kind === 'change') {
      const { improvement, reason } = followUp;
      const reached = improvement !== null && compare(improvement, goal) >= 0;
      return { reached, reason, remark: '' };
    }
    const reason = threshold.notAtBaseline ? followUp.reason : levelReason(followUp);
    if (reason !== null) return { reached: false, reason, remark: '' };
    const already = threshold.notAtBaseline && isAt(baseline.measurement!.value!);
    return {
      reached: !already && isAt(followUp.measurement!.value!),
      reason: null,
      remark: already ? `, and ${threshold.value} was reached at the baseline already` : '',
    };
  };

  /** A level is reached or not, whatever the baseline was: only the follow-up itself has to count. */
  function levelReason({ reason, measurement, window }: FollowUp): Reason | null {
    if (reason !== 'no-baseline' && reason !== 'baseline-outside-window') return reason;
    const counts = metric.outsideWindow === 'pay' || isInside(window, measurement!.measuredOn);
    return counts ? null : 'outside-window';
  }
}

/** The scale of a metric; undefined where the terms name none that there is, which activation refuses by itself. */
const scaleIn = (
  instruments: ClauseContext['instruments'],
  { instrument, subscale }: ScoreMetric,
): Scale | undefined => {
  const found = instruments.get(instrument);
  return found && scaleOf(found, subscale);
};

const goalOf = (threshold: PersonThresholdRule['threshold']): Fraction =>
  parseFraction(threshold.kind === 'change' ? threshold.points : threshold.value);

const paidForInWords = ({ threshold }: PersonThresholdRule): string =>
  threshold.kind === 'change'
    ? `a change of at least ${threshold.points}`
    : `reaching ${threshold.value}`;

/** Why a wave pays nothing, where its rule speaks of improvement and this one of what is to be reached. */
const nothingBecause = ({ reached }: Reached, { reason }: WavePay): Reason | null =>
  reason === 'not-improved' || (reason === 'no-further-improvement' && !reached)
    ? 'not-reached'
    : reason;

/** What reaching the threshold would come to, before and after what was to be expected is deducted. */
function benchmarkSteps(
  { threshold }: PersonThresholdRule,
  { improvement, expected }: FollowUp,
  rateMinor: bigint,
): Step[] {
  if (threshold.kind === 'level' || improvement === null || expected === null) return [];
  const worth = (points: Fraction) =>
    compare(points, goalOf(threshold)) >= 0 ? `${rateMinor}` : '0';
  return [
    {
      step: 'benchmark',
      before: worth(add(improvement, expected.improvement)),
      after: worth(improvement),
      why: expectedInWords(expected),
    },
  ];
}
