import { compare, isPositive, ZERO, type Fraction } from '../../money/fraction.js';
import type { WaveRule } from './wave-rule.js';

/**
 * Each wave is paid on its own improvement over the baseline, a later one only if it is at least as good as the one that
 * counted before it. An improvement that was not held takes nothing back, floored or net. Where the wave before is
 * missing there is nothing to hold, and the later one is paid like a first.
 */
export const held: WaveRule = {
  inWords: 'a later time point is paid only if the improvement before it was held',
  combine(waves, floored) {
    let before: Fraction | null = null;
    return waves.map(({ improvement }) => {
      if (improvement === null) return { points: ZERO, reason: null, why: 'nothing counted' };
      const earlier = before;
      before = improvement;
      if (earlier !== null && isPositive(earlier) && compare(improvement, earlier) < 0)
        return { points: ZERO, reason: 'not-held', why: 'the earlier improvement was not held' };
      if (floored && !isPositive(improvement))
        return { points: ZERO, reason: 'not-improved', why: 'not improved' };
      return { points: improvement, reason: null, why: 'the improvement over the baseline' };
    });
  },
};
