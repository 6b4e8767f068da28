import fc from 'fast-check';
import type { Cap } from '../contract-terms/terms.schema.js';
import { claimAccount, ClaimDoesNotTie, type LineFold, type PartFold } from './claim-account.js';
import type { ClaimLineState } from './line-states.js';

const PAYERS = ['council', 'fund'];
const CAPS: Cap[] = [
  { id: 'whole', scope: 'contract', amount: '1000.00' },
  { id: 'clause', scope: 'clause', clause: '4.1', amount: '500.00' },
  { id: 'metric', scope: 'metric', metric: 'ucla', amount: '500.00' },
  { id: 'quarter', scope: 'period', amount: '400.00' },
  { id: 'fund', scope: 'payer', payer: 'fund', amount: '300.00' },
  { id: 'person', scope: 'participant', amount: '26.00' },
];
const TERMS = { caps: CAPS, currency: 'GBP' as const };

const states = fc.constantFrom<ClaimLineState>('awaiting', 'approved', 'returned');
const clauses = fc.constantFrom('4.1', '5.1');
const part = fc.record({
  clause: clauses,
  metric: fc.constantFrom('ucla', 'settled'),
  periodId: fc.constantFrom('2015-Q2', '2015-Q3'),
  payer: fc.constantFrom(...PAYERS),
  state: states,
  amountMinor: fc.bigInt(-100_000n, 100_000n),
});

/** Lines and their parts: each line's amount is what its two parts come to. */
const lines = fc.array(
  fc.record({
    clause: clauses,
    metric: fc.constantFrom('ucla', 'settled'),
    state: states,
    council: fc.bigInt(-100_000n, 100_000n),
    fund: fc.bigInt(-100_000n, 100_000n),
  }),
  { maxLength: 20 },
);
const foldsOf = (all: typeof lines extends fc.Arbitrary<infer L> ? L : never) => ({
  lines: all.map(({ clause, metric, state, council, fund }): LineFold => ({
    clause,
    metric,
    state,
    lines: 1,
    amountMinor: council + fund,
  })),
  parts: all.flatMap(({ clause, metric, state, ...amounts }) =>
    (['council', 'fund'] as const).map((payer): PartFold => ({
      clause,
      metric,
      periodId: '2015-Q2',
      payer,
      state,
      amountMinor: amounts[payer],
    })),
  ),
});
const sum = (all: readonly { amountMinor: bigint }[]) =>
  all.reduce((total, { amountMinor }) => total + amountMinor, 0n);

describe('the account of a claim', () => {
  it('shares every penny between payers, clauses and states', () => {
    fc.assert(
      fc.property(lines, fc.array(part), (all, elsewhere) => {
        const folds = { ...foldsOf(all), approvedElsewhere: elsewhere };
        const account = claimAccount(TERMS, PAYERS, '2015-Q2', folds);
        expect(sum(account.payers)).toBe(account.total.amountMinor);
        expect(sum(account.byClause)).toBe(account.total.amountMinor);
        expect(sum([...account.byState.values()])).toBe(account.total.amountMinor);
        for (const payer of account.payers)
          expect(payer.awaitingMinor + payer.approvedMinor + payer.returnedMinor).toBe(
            payer.amountMinor,
          );
        expect(account.byClause.reduce((count, its) => count + its.lines, 0)).toBe(all.length);
      }),
    );
  });

  it('leaves each cap what its limit has beyond both uses, and counts a returned line under none', () => {
    fc.assert(
      fc.property(lines, fc.array(part), (all, elsewhere) => {
        const folds = { ...foldsOf(all), approvedElsewhere: elsewhere };
        const { caps } = claimAccount(TERMS, PAYERS, '2015-Q2', folds);
        const kept = all.filter(({ state }) => state !== 'returned');
        const without = claimAccount(TERMS, PAYERS, '2015-Q2', {
          ...foldsOf(kept),
          approvedElsewhere: elsewhere,
        });
        expect(caps).toEqual(without.caps);
        expect(caps.map(({ cap }) => cap.id)).toEqual([
          'whole',
          'clause',
          'metric',
          'quarter',
          'fund',
        ]);
        for (const its of caps)
          expect(its.headroomMinor).toBe(its.limitMinor - its.usedMinor - its.thisClaimMinor);
        const [whole, , , quarter] = caps;
        expect(whole!.usedMinor).toBe(sum(elsewhere));
        expect(quarter!.usedMinor).toBe(sum(elsewhere.filter((p) => p.periodId === '2015-Q2')));
      }),
    );
  });

  it('is not given when parts and lines do not come to the same', () => {
    const { lines: own, parts } = foldsOf([
      { clause: '4.1', metric: 'ucla', state: 'awaiting', council: 60n, fund: 40n },
    ]);
    const missing = { lines: own, parts: parts.slice(1), approvedElsewhere: [] };
    expect(() => claimAccount(TERMS, PAYERS, '2015-Q2', missing)).toThrow(ClaimDoesNotTie);
  });
});
