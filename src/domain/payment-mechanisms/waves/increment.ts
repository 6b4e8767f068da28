import { isPositive, max, subtract, ZERO, type Fraction } from '../../money/fraction.js';
import type { WaveRule } from './wave-rule.js';

/**
 * The first wave is paid on its improvement over the baseline; each later one only on what it adds to the best already
 * paid. A loss between waves takes nothing back where the rule is floored; where it is net, the later wave carries
 * the difference either way.
 */
export const increment: WaveRule = {
  inWords: 'a later time point is paid only on what it adds to the improvement already paid',
  combine(waves, floored) {
    let paid: Fraction = ZERO;
    return waves.map(({ improvement }) => {
      if (improvement === null) return { points: ZERO, reason: null, why: 'nothing counted' };
      const added = subtract(improvement, paid);
      if (!floored) {
        paid = improvement;
        return { points: added, reason: null, why: 'the change since the time point before' };
      }
      const before = paid;
      paid = max(paid, improvement);
      if (isPositive(added))
        return { points: added, reason: null, why: 'the improvement beyond what was already paid' };
      return isPositive(before)
        ? {
            points: ZERO,
            reason: 'no-further-improvement',
            why: 'no improvement beyond what was already paid',
          }
        : { points: ZERO, reason: 'not-improved', why: 'not improved' };
    });
  },
};
