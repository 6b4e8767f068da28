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
  combine(waves: readonly Wave[], floored: boolean): readonly WavePay[];
}
