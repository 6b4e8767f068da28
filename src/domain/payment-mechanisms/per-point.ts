import { z } from 'zod';
import type { CivilDate } from '../calendar/civil-date.js';
import { instrument } from '../instruments/registry.js';
import {
  compare,
  equals,
  formatFraction,
  fraction,
  min,
  multiply,
  parseFraction,
  subtract,
  ZERO,
  type Fraction,
} from '../money/fraction.js';
import { amountFaults } from '../money/amount-faults.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import type { ScoreMetric } from '../outcomes/metric.js';
import type { Outcome, Reason } from '../outcomes/outcome.js';
import {
  evidenceOf,
  type Observation,
  type ParticipantFacts,
} from '../outcomes/participant-facts.js';
import { chooseMeasurement } from '../outcomes/choose-measurement.js';
import { windowOf, type TimePoint, type Window } from '../outcomes/time-point.js';
import type { Fault } from '../shared/domain-error.js';
import {
  perParticipant,
  type ClauseContext,
  type ClauseWeigher,
  type Mechanism,
} from './mechanism.js';
import { WAVE_RULE_IDS, WAVE_RULES } from './waves/registry.js';
import type { WavePay } from './waves/wave-rule.js';

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

  inWords(rule, { currency, metrics }) {
    const label = metrics.get(rule.metric)?.label ?? rule.metric;
    return (
      `pays ${formatMoney(parseMoney(rule.rate, currency))} for each point by which ${label} improves on the baseline ` +
      `at ${rule.timePoints.join(' and ')}; ${WAVE_RULES[rule.waves].inWords}; ` +
      (rule.count === 'floored'
        ? 'a person who has worsened counts as nought'
        : 'a person who has worsened counts against the others')
    );
  },

  metrics: (rule) => [rule.metric],

  problems(rule, { currency, metrics }) {
    const faults: Fault[] = amountFaults('/rate', rule.rate, currency, 'PRICE_NEGATIVE');
    if (rule.maxPoints !== undefined && !/^\d{1,9}(\.\d{1,9})?$/.test(rule.maxPoints))
      faults.push({
        at: '/maxPoints',
        code: 'POINTS_NEGATIVE',
        detail: `"${rule.maxPoints}" must be a plain number, nil or more.`,
      });
    const metric = metrics.get(rule.metric);
    if (metric?.kind !== 'score')
      return [
        ...faults,
        {
          at: '/metric',
          code: 'METRIC_UNKNOWN',
          detail: `"${rule.metric}" is not a score metric of these terms.`,
        },
      ];
    const order = metric.timePoints.map((point) => point.id);
    rule.timePoints.forEach((id, index) => {
      const at = `/timePoints/${index}`;
      if (!order.includes(id))
        faults.push({
          at,
          code: 'TIME_POINT_UNKNOWN',
          detail: `"${id}" is not a time point of ${metric.id}.`,
        });
      if (id === metric.baseline)
        faults.push({
          at,
          code: 'BASELINE_PAID',
          detail: 'The baseline is what others are compared with; it cannot be paid.',
        });
      if (
        order.includes(id) &&
        order.indexOf(id) <= order.indexOf(rule.timePoints[index - 1] ?? '')
      )
        faults.push({
          at,
          code: 'TIME_POINTS_OUT_OF_ORDER',
          detail: 'Name each paid time point once, in the order of the schedule.',
        });
    });
    return faults;
  },

  open: (rule, context) => openPerPoint(rule, context),
};

/** A follow-up as found: its improvement, or the reason why it does not count. */
interface Found {
  readonly point: TimePoint;
  readonly window: Window;
  readonly outcomeOn: Outcome['outcomeOn'];
  readonly measurement: Observation | null;
  readonly improvement: Fraction | null;
  readonly reason: Reason | null;
}

function openPerPoint(rule: PerPointRule, context: ClauseContext): ClauseWeigher {
  const metric = context.metrics.get(rule.metric) as ScoreMetric;
  const scale = instrument(metric.instrument);
  const rateMinor = parseMoney(rule.rate, context.currency).minor;
  const rate = fraction(rateMinor);
  const rateText = formatMoney(money(rateMinor, context.currency));
  const cap = rule.maxPoints === undefined ? null : parseFraction(rule.maxPoints);
  const waveRule = WAVE_RULES[rule.waves];
  const floored = rule.count === 'floored';
  const pointOf = (id: string) => metric.timePoints.find((point) => point.id === id)!;
  const baselinePoint = pointOf(metric.baseline);
  const paidPoints = rule.timePoints.map(pointOf);

  // participants share start dates, so each window is worked out once
  const windows = new Map<CivilDate, ReadonlyMap<string, Window>>();
  const windowsFrom = (startedOn: CivilDate) => {
    const points = [baselinePoint, ...paidPoints];
    const known =
      windows.get(startedOn) ??
      new Map(points.map((p) => [p.id, windowOf(startedOn, p, context.months)]));
    windows.set(startedOn, known);
    return known;
  };

  return perParticipant((facts) => {
    const scores = facts.observations.filter((o) => o.metric === metric.id && o.status !== 'void');
    const baseline = findBaseline(facts, scores);
    const found = paidPoints.flatMap((point) => find(facts, scores, point, baseline) ?? []);
    const pays = waveRule.combine(found, floored);
    return found.map((one, index) => outcomeOf(baseline, one, pays[index]!));
  });

  function findBaseline(facts: ParticipantFacts, scores: readonly Observation[]) {
    const window = windowsFrom(facts.startedOn).get(baselinePoint.id)!;
    const { measurement, inside } = chooseMeasurement(
      scores,
      baselinePoint.id,
      window,
      metric.choose,
    );
    const reason: Reason | null =
      measurement === null || measurement.status !== 'recorded'
        ? 'no-baseline'
        : inside || metric.outsideWindow === 'pay'
          ? null
          : 'baseline-outside-window';
    return { measurement, window, reason };
  }

  function find(
    facts: ParticipantFacts,
    scores: readonly Observation[],
    point: TimePoint,
    baseline: ReturnType<typeof findBaseline>,
  ): Found | null {
    const window = windowsFrom(facts.startedOn).get(point.id)!;
    const { measurement, inside } = chooseMeasurement(scores, point.id, window, metric.choose);
    if (measurement === null) {
      if (window.closesOn >= context.before) return null;
      return {
        point,
        window,
        outcomeOn: window.closesOn,
        measurement,
        improvement: null,
        reason: 'missed',
      };
    }
    const base = { point, window, outcomeOn: measurement.measuredOn, measurement };
    const refuse = (reason: Reason): Found => ({ ...base, improvement: null, reason });
    if (measurement.status === 'declined' || measurement.status === 'could-not-collect')
      return refuse(measurement.status);
    if (baseline.reason !== null) return refuse(baseline.reason);
    if (!inside && metric.outsideWindow === 'refuse') return refuse('outside-window');
    const [from, to] = [baseline.measurement!.value!, measurement.value!];
    const change = scale.improvement === 'lower' ? subtract(from, to) : subtract(to, from);
    return { ...base, improvement: cap === null ? change : min(change, cap), reason: null };
  }

  function outcomeOf(baseline: ReturnType<typeof findBaseline>, one: Found, pay: WavePay): Outcome {
    const quantity = one.reason === null ? pay.points : ZERO;
    const exactMinor = multiply(quantity, rate);
    return {
      clause: context.clause,
      metric: metric.id,
      occurrence: one.point.id,
      outcomeOn: one.outcomeOn,
      quantity,
      unit: 'point',
      rateMinor,
      exactMinor,
      cutMinor: ZERO,
      reason: one.reason ?? pay.reason,
      finding: findingOf(baseline.measurement, one),
      steps: [
        {
          step: 'R4',
          before: '0',
          after: formatFraction(exactMinor),
          why:
            one.reason === null
              ? `${formatFraction(quantity)} at ${rateText}: ${pay.why}`
              : `nothing payable: ${one.reason}`,
        },
      ],
      evidence: [baseline.measurement, one.measurement].filter((o) => o !== null).map(evidenceOf),
    };
  }

  function findingOf(
    baseline: Observation | null,
    { point, window, measurement, reason }: Found,
  ): string {
    const span = `(window ${window.opensOn} to ${window.closesOn})`;
    if (measurement === null) return `No ${metric.label} measurement at ${point.label} ${span}`;
    if (measurement.value === null)
      return `${metric.label} at ${point.label} was asked for on ${measurement.measuredOn} ${span}`;
    const score = formatFraction(measurement.value);
    if (baseline?.value == null || reason === 'no-baseline')
      return `${metric.label} was ${score} on ${measurement.measuredOn} ${span}`;
    const moved = compare(measurement.value, baseline.value);
    const verb = moved < 0 ? 'fell' : 'rose';
    const change = equals(measurement.value, baseline.value)
      ? `stayed at ${score}`
      : `${verb} from ${formatFraction(baseline.value)} to ${score}`;
    return `${metric.label} ${change} between ${baseline.measuredOn} and ${measurement.measuredOn} ${span}`;
  }
}
