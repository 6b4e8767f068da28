import { isPositive, ZERO } from '../../money/fraction.js';
import type { WaveRule } from './wave-rule.js';

/** Only the last time point that the terms name pays, on its own improvement over the baseline. Earlier ones are tracked. */
export const last: WaveRule = {
  inWords: 'only the last time point pays, on its own improvement over the baseline',
  combine: (waves, floored) =>
    waves.map(({ improvement }, index) => {
      if (improvement === null) return { points: ZERO, reason: null, why: 'nothing counted' };
      if (index < waves.length - 1)
        return { points: ZERO, reason: 'not-last', why: 'only the last time point pays' };
      if (floored && !isPositive(improvement))
        return { points: ZERO, reason: 'not-improved', why: 'not improved' };
      return { points: improvement, reason: null, why: 'the improvement over the baseline' };
    }),
};
