import type { Fraction } from '../../money/fraction.js';
import type { Reason } from '../../outcomes/outcome.js';

/** The improvement found at one wave (time point), in the order of the schedule; null where nothing counted. */
export interface Wave {
  readonly improvement: Fraction | null;
}

/** What is paid at one wave, and why it is less than the improvement where it is. */
export interface WavePay {
  readonly points: Fraction;
  readonly reason: Reason | null;
  readonly why: string;
}

/** How improvements found at several waves combine into what is paid at each. */
export interface WaveRule {
  readonly inWords: string;
  /** Given every time point that the terms name, in order, also those that are not due yet: the last one is the last. */
  combine(waves: readonly Wave[], floored: boolean): readonly WavePay[];
}

/** What each follow-up pays, where some of the time points that the terms name may not be due yet. */
export function combineDue<Due extends { readonly point: { readonly id: string } }>(
  rule: WaveRule,
  timePoints: readonly string[],
  due: readonly Due[],
  improvementOf: (followUp: Due) => Fraction | null,
  floored: boolean,
): readonly WavePay[] {
  if (due.length === timePoints.length)
    return rule.combine(
      due.map((followUp) => ({ improvement: improvementOf(followUp) })),
      floored,
    );
  const known = new Map(due.map((followUp) => [followUp.point.id, followUp]));
  const pays = rule.combine(
    timePoints.map((id) => {
      const followUp = known.get(id);
      return { improvement: followUp === undefined ? null : improvementOf(followUp) };
    }),
    floored,
  );
  return due.map(({ point }) => pays[timePoints.indexOf(point.id)]!);
}
