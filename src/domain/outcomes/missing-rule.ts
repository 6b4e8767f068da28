import { z } from 'zod';
import type { Scale } from '../instruments/scale.js';
import { subtract, ZERO, type Fraction } from '../money/fraction.js';
import type { Baseline, FollowUp } from './score-changes.js';

/**
 * What somebody counts who was due and has no change that counts: missed, declined, could not be collected, measured
 * outside a window, or without a baseline. Left out; no change since the baseline, where there is one to carry forward,
 * and left out where there is none; no change, baseline or not; or the worst that the scale allows, from the person's
 * baseline to its bad end, or over the whole scale where there is no baseline.
 */
export const missingRuleSchema = z
  .enum(['exclude', 'baseline-carried-forward', 'zero-change', 'floor'])
  .describe(
    'What counts for somebody due without a change that counts: exclude leaves them out; ' +
      'baseline-carried-forward counts no change, and leaves out whoever has no baseline; zero-change counts no change ' +
      'for everybody due; floor counts a worsening as far as the scale allows.',
  );
export type MissingRule = z.infer<typeof missingRuleSchema>;

export const MISSING_IN_WORDS: Readonly<Record<MissingRule, string>> = {
  exclude: 'those without one are left out',
  'baseline-carried-forward': 'those without one count as unchanged if they have a baseline',
  'zero-change': 'those without one count as unchanged',
  floor: 'those without one count as worsened as far as the scale allows',
};

/** The change that counts, in points and positive for better; null where the participant is left out. */
export function changeThatCounts(
  scale: Scale,
  missing: MissingRule,
  baseline: Baseline,
  { reason, improvement }: FollowUp,
): Fraction | null {
  if (reason === null) return improvement;
  switch (missing) {
    case 'exclude':
      return null;
    case 'baseline-carried-forward':
      return baseline.reason === null ? ZERO : null;
    case 'zero-change':
      return ZERO;
    case 'floor':
      return worstChange(scale, baseline);
  }
}

function worstChange(
  { min, max, improvement }: Scale,
  { measurement, reason }: Baseline,
): Fraction {
  const known = reason === null ? measurement!.value! : null;
  return improvement === 'lower' ? subtract(known ?? min, max) : subtract(min, known ?? max);
}
