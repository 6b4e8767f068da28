import { civilDate } from '../calendar/civil-date.js';
import { fraction } from '../money/fraction.js';
import type { PostedLine } from './payment-line.js';
import { foldPosted, outcomeKey } from './posted-outcomes.js';

const posted = (
  revision: number,
  kind: PostedLine['kind'],
  parts: readonly (readonly [string, bigint])[],
  given: Partial<PostedLine> = {},
): PostedLine => ({
  reference: `trial.${revision}.1`,
  termsNumber: 1,
  clause: '4.1',
  metric: 'ucla',
  occurrence: '6m',
  revision,
  kind,
  outcomeOn: civilDate('2015-12-10'),
  quantity: fraction(2n),
  unit: 'point',
  rateMinor: 66_000n,
  uncappedMinor: 132_000n,
  amountMinor: parts.reduce((sum, [, part]) => sum + part, 0n),
  parts: new Map(parts),
  reason: null,
  ...given,
});
const PAID = posted(1, 'payment', [
  ['council', 79_200n],
  ['fund', 52_800n],
]);
const LESS = posted(2, 'true-up', [['council', -66_000n]]);
const AGAIN = posted(3, 'true-up', [['university', 1_000n]]);
const CUT = posted(9, 'withheld', []);

describe('what has been posted for an outcome', () => {
  it.each([
    ['as they were posted', [PAID, LESS, AGAIN, CUT]],
    ['in another order', [CUT, AGAIN, PAID, LESS]],
  ])('is all its lines together, %s, and the last that is no mere note', (_order, lines) => {
    const one = foldPosted(lines).get('4.1|6m')!;
    expect(one.last).toBe(AGAIN);
    expect(one.amountMinor).toBe(67_000n);
    expect(Object.fromEntries(one.parts)).toEqual({
      council: 13_200n,
      fund: 52_800n,
      university: 1_000n,
    });
  });

  it('is kept apart by clause and occurrence', () => {
    const other = posted(1, 'payment', [['council', 5n]], { clause: '4.2' });
    const later = posted(1, 'payment', [['council', 7n]], { occurrence: '18m' });
    const folded = foldPosted([PAID, other, later]);
    expect([...folded].map(([key, { amountMinor }]) => [key, amountMinor])).toEqual([
      ['4.1|6m', 132_000n],
      ['4.2|6m', 5n],
      ['4.1|18m', 7n],
    ]);
    expect(outcomeKey(later)).toBe('4.1|18m');
  });

  it('is nothing where only a note of what was withheld was posted, or no line at all', () => {
    expect(foldPosted([CUT]).size).toBe(0);
    expect(foldPosted([]).size).toBe(0);
  });
});
