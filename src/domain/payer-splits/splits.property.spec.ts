import fc from 'fast-check';
import { splitOf, type SplitTerms } from './registry.js';
import type { Shares } from './shares.js';

const PAYERS = ['a', 'b', 'c', 'd'];
/** Shares in whole parts of their sum, so that they are always the whole. */
const shares: fc.Arbitrary<Shares> = fc
  .array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 4 })
  .filter((weights) => weights.some((weight) => weight > 0))
  .map((weights) => {
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    return PAYERS.map((payer, at) => ({ payer, share: `${weights[at]}/${whole}` }));
  });

const splits: fc.Arbitrary<SplitTerms> = fc.oneof(
  shares.map((its): SplitTerms => ({ type: 'S1', shares: its })),
  fc.tuple(shares, shares).map(([home, others]): SplitTerms => ({
    type: 'S2',
    attribute: 'district',
    homes: [{ is: 'wyre', shares: home }],
    others,
  })),
  fc.tuple(shares, shares).map(([its, others]): SplitTerms => ({
    type: 'S3',
    metrics: [{ metric: 'ucla', shares: its }],
    others,
  })),
  shares.map((its): SplitTerms => ({
    type: 'S5',
    shares: its,
    limits: [{ payer: 'b', amount: '1.00', then: 'c' }],
  })),
);
const amounts = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const rooms = fc.bigInt({ min: 0n, max: 10n ** 15n });
const ABOUT = { clause: '1', metric: 'ucla', outcomeOn: '2016-01-01', attributes: null };

describe('every split', () => {
  it('gives parts that sum to the line, and never more than a limit leaves', () =>
    fc.assert(
      fc.property(splits, amounts, rooms, (terms, amount, room) => {
        const split = splitOf(terms);
        const limited = new Set(split.limits(terms).map(({ payer }) => payer));
        const parts = split.open(terms)(amount, ABOUT, (p) =>
          limited.has(p) ? { leftMinor: room, carriedMinor: 0n } : null,
        );
        expect([...parts.keys()]).toEqual(split.payers(terms));
        expect([...parts.values()].reduce((sum, part) => sum + part, 0n)).toBe(amount);
        for (const payer of limited) if (amount > 0n) expect(parts.get(payer)! <= room).toBe(true);
      }),
    ));
});
