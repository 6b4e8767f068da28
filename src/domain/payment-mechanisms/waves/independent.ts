import { isPositive, ZERO } from '../../money/fraction.js';
import type { WaveRule } from './wave-rule.js';

/** Each wave is paid on its own improvement over the baseline, whatever the others showed. */
export const independent: WaveRule = {
  inWords: 'each time point is paid on its own improvement over the baseline',
  combine: (waves, floored) =>
    waves.map(({ improvement }) => {
      if (improvement === null) return { points: ZERO, reason: null, why: 'nothing counted' };
      if (floored && !isPositive(improvement))
        return { points: ZERO, reason: 'not-improved', why: 'not improved' };
      return { points: improvement, reason: null, why: 'the improvement over the baseline' };
    }),
};
