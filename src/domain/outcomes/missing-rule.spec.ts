import { instrumentsBy } from '../instruments/registry.js';
import { scaleOf } from '../instruments/scale.js';
import { formatFraction, fraction } from '../money/fraction.js';
import { score } from '../../../test/support/record.builder.js';
import { changeThatCounts, type MissingRule } from './missing-rule.js';
import type { Baseline, FollowUp } from './score-changes.js';

const scale = (instrument: string) => scaleOf(instrumentsBy().get(instrument)!)!;
const at = (value: string, reason: Baseline['reason'] = null): Baseline => ({
  measurement: score('baseline', '2015-06-04', value),
  reason,
});
const NONE: Baseline = { measurement: null, reason: 'no-baseline' };

describe('what counts for somebody without a change that counts', () => {
  // loneliness goes from 3 to 9, and less is better; wellbeing from 14 to 70, and more is better
  it.each<[MissingRule, string, string, (string | null)[]]>([
    ['exclude', 'ucla-3', '5', [null, null, null]],
    ['baseline-carried-forward', 'ucla-3', '5', ['0', null, null]],
    ['zero-change', 'ucla-3', '5', ['0', '0', '0']],
    ['floor', 'ucla-3', '5', ['-4', '-6', '-6']],
    ['floor', 'wemwbs', '20', ['-6', '-56', '-56']],
  ])(
    '%s, on %s: with a baseline of %s, with one outside its window, with none: %j',
    (rule, id, value, changes) => {
      const missed = { reason: 'missed', improvement: null } as FollowUp;
      const counts = [at(value), at(value, 'baseline-outside-window'), NONE].map((baseline) => {
        const change = changeThatCounts(scale(id), rule, baseline, missed);
        return change === null ? null : formatFraction(change);
      });
      expect(counts).toEqual(changes);
    },
  );

  it('is the change itself where there is one', () => {
    const followUp = { reason: null, improvement: fraction(2n) } as FollowUp;
    expect(changeThatCounts(scale('ucla-3'), 'floor', at('8'), followUp)).toEqual(fraction(2n));
  });
});
