import { divide, fraction, isPositive, max, sum, ZERO } from '../../money/fraction.js';
import type { WaveRule } from './wave-rule.js';

/**
 * Pays once, at the last time point, the mean of the improvements at all of them. Floored, a wave that worsened counts as
 * nought in the mean. A wave that is missing counts as no change, so that losing sight of somebody never raises a payment;
 * where the last is missing there is no day to pay on, and nothing is paid.
 */
export const average: WaveRule = {
  inWords:
    'only the last time point pays, on the mean of the improvements at all of them; one that is missing counts as no change',
  combine(waves, floored) {
    const counted = waves.map(({ improvement }) =>
      improvement === null ? ZERO : floored ? max(ZERO, improvement) : improvement,
    );
    const mean = divide(sum(counted), fraction(BigInt(Math.max(1, waves.length))));
    return waves.map(({ improvement }, index) => {
      if (improvement === null) return { points: ZERO, reason: null, why: 'nothing counted' };
      if (index < waves.length - 1)
        return { points: ZERO, reason: 'not-last', why: 'it counts in the mean paid at the last' };
      if (floored && !isPositive(mean))
        return { points: ZERO, reason: 'not-improved', why: 'not improved' };
      return { points: mean, reason: null, why: 'the mean of the improvements at all time points' };
    });
  },
};
