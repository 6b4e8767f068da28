import type { CivilDate, MonthRule } from '../calendar/civil-date.js';
import type { Instrument } from '../instruments/instrument.js';
import { scaleOf, type Scale } from '../instruments/scale.js';
import { compare, formatFraction, subtract, type Fraction } from '../money/fraction.js';
import { openBenchmark, type Benchmark, type Expected } from './benchmark.js';
import { chooseMeasurement } from './choose-measurement.js';
import type { ScoreMetric } from './metric.js';
import type { Reason } from './outcome.js';
import { evidenceOf, type Observation, type ParticipantFacts } from './participant-facts.js';
import { windowOf, type TimePoint, type Window } from './time-point.js';

/** How windows are laid, and the first day after what is being computed. */
export interface ScoreContext {
  readonly months: MonthRule;
  /** Every instrument that a metric may name, by id. */
  readonly instruments: ReadonlyMap<string, Instrument>;
  /** A window that closed before this day and holds nothing was missed. */
  readonly before: CivilDate;
  /** What is to be expected without the service, where the terms deduct it from every change. */
  readonly benchmark?: Benchmark | undefined;
}

/** The measurement that others are compared with, and why it cannot be where it cannot. */
export interface Baseline {
  readonly measurement: Observation | null;
  readonly reason: Reason | null;
}

/** A follow-up that is due: its improvement on the baseline, or the reason why it does not count. */
export interface FollowUp {
  readonly point: TimePoint;
  readonly window: Window;
  /** The day of the measurement; where there is none, the day on which the window closed. */
  readonly outcomeOn: CivilDate;
  readonly measurement: Observation | null;
  /** In points, positive for better; less what was to be expected without the service where that is deducted. */
  readonly improvement: Fraction | null;
  /** What was deducted; null where nothing is. */
  readonly expected: Expected | null;
  readonly reason: Reason | null;
}

/**
 * How a participant's score moved since the baseline, at the time points that a rule names. A follow-up whose window is
 * still open and holds nothing is not due and is left out.
 */
export class ScoreChanges {
  readonly scale: Scale;
  private readonly baselinePoint: TimePoint;
  private readonly points: readonly TimePoint[];
  private readonly expected: ReturnType<typeof openBenchmark> | null;
  /** Participants share start dates, so each window is worked out once. */
  private readonly windows = new Map<CivilDate, ReadonlyMap<string, Window>>();

  constructor(
    private readonly metric: ScoreMetric,
    timePoints: readonly string[],
    private readonly context: ScoreContext,
  ) {
    const pointOf = (id: string) => metric.timePoints.find((point) => point.id === id)!;
    // terms whose metrics name an unknown instrument or subscale do not come into force
    this.scale = scaleOf(context.instruments.get(metric.instrument)!, metric.subscale)!;
    this.baselinePoint = pointOf(metric.baseline);
    this.points = timePoints.map(pointOf);
    const { benchmark } = context;
    this.expected = benchmark === undefined ? null : openBenchmark(benchmark, metric.id);
  }

  of(facts: ParticipantFacts): { baseline: Baseline; followUps: FollowUp[] } {
    const windows = this.windowsFrom(facts.startedOn);
    const scores = facts.observations.filter(
      (o) => o.metric === this.metric.id && o.status !== 'void',
    );
    const baseline = this.baseline(scores, windows.get(this.baselinePoint.id)!);
    const followUps: FollowUp[] = [];
    for (const point of this.points) {
      const followUp = this.followUp(scores, point, windows.get(point.id)!, baseline);
      if (followUp !== null) followUps.push(followUp);
    }
    return { baseline, followUps };
  }

  private baseline(scores: readonly Observation[], window: Window): Baseline {
    const { choose, outsideWindow } = this.metric;
    const { measurement, inside } = chooseMeasurement(
      scores,
      this.baselinePoint.id,
      window,
      choose,
    );
    if (measurement === null || measurement.status !== 'recorded')
      return { measurement, reason: 'no-baseline' };
    const counts = inside || outsideWindow === 'pay';
    return { measurement, reason: counts ? null : 'baseline-outside-window' };
  }

  private followUp(
    scores: readonly Observation[],
    point: TimePoint,
    window: Window,
    baseline: Baseline,
  ): FollowUp | null {
    const { measurement, inside } = chooseMeasurement(scores, point.id, window, this.metric.choose);
    if (measurement === null && window.closesOn >= this.context.before) return null;
    const reason = this.refusal(measurement, inside, baseline);
    const improvement =
      reason === null ? this.improvement(baseline.measurement!, measurement!) : null;
    const expected =
      improvement === null || this.expected === null
        ? null
        : this.expected(point.id, measurement!.measuredOn);
    // spelt out, not spread: this runs for every outcome, and copies made by a spread outlive the young heap
    return {
      point,
      window,
      outcomeOn: measurement === null ? window.closesOn : measurement.measuredOn,
      measurement,
      improvement:
        improvement === null || expected === null
          ? improvement
          : subtract(improvement, expected.improvement),
      expected,
      reason,
    };
  }

  private refusal(
    measurement: Observation | null,
    inside: boolean,
    baseline: Baseline,
  ): Reason | null {
    if (measurement === null) return 'missed';
    const { status } = measurement;
    if (status === 'declined' || status === 'could-not-collect') return status;
    if (baseline.reason !== null) return baseline.reason;
    return inside || this.metric.outsideWindow === 'pay' ? null : 'outside-window';
  }

  private improvement(from: Observation, to: Observation): Fraction {
    return this.scale.improvement === 'lower'
      ? subtract(from.value!, to.value!)
      : subtract(to.value!, from.value!);
  }

  private windowsFrom(startedOn: CivilDate): ReadonlyMap<string, Window> {
    const known = this.windows.get(startedOn);
    if (known !== undefined) return known;
    const made = new Map(
      [this.baselinePoint, ...this.points].map((point) => [
        point.id,
        windowOf(startedOn, point, this.context.months),
      ]),
    );
    this.windows.set(startedOn, made);
    return made;
  }
}

/** The measurement versions that a follow-up rests on. */
export const evidenceFor = (baseline: Baseline, { measurement }: FollowUp): string[] =>
  [baseline.measurement, measurement].filter((o) => o !== null).map(evidenceOf);

/** "UCLA fell from 8 to 6 between 2015-06-02 and 2015-12-10 (window 2015-11-04 to 2016-01-03)". */
export function changeInWords(label: string, baseline: Baseline, followUp: FollowUp): string {
  const { point, window, measurement } = followUp;
  const span = `(window ${window.opensOn} to ${window.closesOn})`;
  if (measurement === null) return `No ${label} measurement at ${point.label} ${span}`;
  const { value, measuredOn } = measurement;
  if (value === null) return `${label} at ${point.label} was asked for on ${measuredOn} ${span}`;
  const score = formatFraction(value);
  const from = baseline.measurement;
  if (from === null || from.value === null) return `${label} was ${score} on ${measuredOn} ${span}`;
  const moved = compare(value, from.value);
  const change =
    moved === 0
      ? `stayed at ${score}`
      : `${moved < 0 ? 'fell' : 'rose'} from ${formatFraction(from.value)} to ${score}`;
  return `${label} ${change} between ${from.measuredOn} and ${measuredOn} ${span}${deductedInWords(followUp)}`;
}

/** ", less 0.2 to be expected without the service (ELSA)", where a benchmark is deducted. */
const deductedInWords = ({ expected }: FollowUp): string =>
  expected === null
    ? ''
    : `, less ${formatFraction(expected.improvement)} to be expected without the service (${expected.source})`;
