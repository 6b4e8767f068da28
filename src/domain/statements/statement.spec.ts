import { civilDate } from '../calendar/civil-date.js';
import type { TermsDocument } from '../contract-terms/terms.schema.js';
import { formatFraction, fraction } from '../money/fraction.js';
import { assembleStatement } from './assemble.js';
import { requireSpanTies } from './cross-check.js';
import type { Account, AgainstPlan, Apart, SpanAccount, StatementFacts } from './statement.js';
import type { OutcomeFold, PayerFold, StatementRows } from './statement-rows.js';

const terms = {
  standing: 'real',
  currency: 'GBP',
  parties: [
    { id: 'council', name: 'The Council' },
    { id: 'fund', name: 'The Fund' },
  ],
  cohorts: [],
  metrics: [],
  clauses: [
    { id: '5.1', title: 'Settled', modifiers: [] },
    { id: '4.1', title: 'Loneliness', modifiers: [] },
  ],
  split: {
    type: 'S1',
    shares: [
      { payer: 'council', share: '2/3' },
      { payer: 'fund', share: '1/3' },
    ],
  },
  comparison: { method: 'matched-control', deadweightPercent: '0%' },
  plan: [
    { period: '2015-Q2', outcomes: 4, amount: '3000.00' },
    { period: '2015-Q3', outcomes: 6, amount: '4500.00' },
  ],
} as unknown as TermsDocument;
const facts: StatementFacts = {
  contract: { code: 'less-alone', title: 'Less alone' },
  terms,
  termsNumber: 2,
  period: { id: '2015-Q3', from: civilDate('2015-07-01'), to: civilDate('2015-10-01') },
  periodsToDate: ['2015-Q2', '2015-Q3'],
  computations: [],
  auditHead: { sequence: 7n, hash: 'ab' },
};

const fold = (given: Partial<OutcomeFold>): OutcomeFold => ({
  span: 'this-period',
  source: 'payment',
  clause: '4.1',
  lines: 1,
  outcomeChange: 1,
  quantityChange: fraction(1n),
  unit: 'point',
  amountMinor: 0n,
  ...given,
});
const part = (payer: string, amountMinor: bigint, given: Partial<PayerFold> = {}): PayerFold => ({
  span: 'this-period',
  source: 'payment',
  clause: '4.1',
  payer,
  amountMinor,
  ...given,
});
const trueUp = { source: 'true-up' } as const;
const earlier = { span: 'earlier' } as const;

/**
 * Three people improved by two points each at £660.00. One who was paid for a point before has lost it, and an amount was
 * adjusted by £100.00. The quarter before paid two people for a point each, and half a job under a clause that is gone.
 */
const ROWS: StatementRows = {
  outcomes: [
    fold({
      ...trueUp,
      outcomeChange: 0,
      quantityChange: fraction(0n),
      unit: 'adjustment',
      amountMinor: 10_000n,
    }),
    fold({ lines: 3, quantityChange: fraction(2n), amountMinor: 396_000n }),
    fold({ ...trueUp, outcomeChange: -1, quantityChange: fraction(-1n), amountMinor: -66_000n }),
    fold({ ...earlier, lines: 2, amountMinor: 132_000n }),
    fold({
      ...earlier,
      clause: '9.9',
      unit: 'job',
      quantityChange: fraction(1n, 2n),
      amountMinor: 30_000n,
    }),
    fold({
      ...earlier,
      ...trueUp,
      clause: '9.8',
      outcomeChange: 0,
      quantityChange: fraction(0n),
      unit: 'adjustment',
      amountMinor: 5n,
    }),
  ],
  parts: [
    part('council', 264_000n),
    part('fund', 132_000n),
    part('council', -36_000n, trueUp),
    part('fund', -20_000n, trueUp),
    part('nhs', 30_000n, { ...earlier, clause: '9.9' }),
    part('council', 88_000n, earlier),
    part('fund', 44_000n, earlier),
    part('bridge', 5n, { ...earlier, ...trueUp, clause: '9.8' }),
  ],
  followUps: [],
  approvedMinor: { 'this-period': 340_000n, earlier: 162_005n },
  awaiting: { lines: 2, amountMinor: 50_000n },
  returned: { lines: 1, amountMinor: 20_000n },
  unclaimed: { lines: 4, amountMinor: 3000n },
  payableMinor: 413_000n,
};

/** Outcomes, quantity and amount. */
const shown = ({ outcomes, quantity, amountMinor }: Account) =>
  `${outcomes} (${formatFraction(quantity)}) ${amountMinor}`;
const apart = ({ payments, trueUps, all }: Apart<Account>) => [payments, trueUps, all].map(shown);
const clausesOf = ({ clauses }: SpanAccount) =>
  clauses.map((its) => [its.clause, its.title, its.unit, ...apart(its)]);
const payersOf = ({ payers }: SpanAccount) =>
  payers.map(({ payer, name, payments, trueUps, all }) => [
    payer,
    name,
    ...[payments, trueUps, all].map(({ amountMinor }) => amountMinor),
  ]);
const planOf = (plan: AgainstPlan | null) =>
  [plan!.planned, plan!.difference].map(
    ({ quantity, amountMinor }) => `${formatFraction(quantity)} ${amountMinor}`,
  );

describe('a quarter worked by hand', () => {
  it('is told by clause: those of the terms, with nils, and to date those of earlier terms too', () => {
    const { period, toDate } = assembleStatement(facts, ROWS);
    expect(clausesOf(period)).toEqual([
      ['5.1', 'Settled', '', '0 (0) 0', '0 (0) 0', '0 (0) 0'],
      ['4.1', 'Loneliness', 'point', '3 (6) 396000', '-1 (-1) -56000', '2 (5) 340000'],
    ]);
    expect(clausesOf(toDate)).toEqual([
      ['5.1', 'Settled', '', '0 (0) 0', '0 (0) 0', '0 (0) 0'],
      ['4.1', 'Loneliness', 'point', '5 (8) 528000', '-1 (-1) -56000', '4 (7) 472000'],
      ['9.8', 'Clause 9.8 of earlier terms', 'adjustment', '0 (0) 0', '0 (0) 5', '0 (0) 5'],
      ['9.9', 'Clause 9.9 of earlier terms', 'job', '1 (0.5) 30000', '0 (0) 0', '1 (0.5) 30000'],
    ]);
  });

  it('is told by payer: those of the terms, and to date those of earlier terms too', () => {
    const { period, toDate } = assembleStatement(facts, ROWS);
    expect(payersOf(period)).toEqual([
      ['council', 'The Council', 264_000n, -36_000n, 228_000n],
      ['fund', 'The Fund', 132_000n, -20_000n, 112_000n],
    ]);
    expect(payersOf(toDate)).toEqual([
      ['council', 'The Council', 352_000n, -36_000n, 316_000n],
      ['fund', 'The Fund', 176_000n, -20_000n, 156_000n],
      ['bridge', 'bridge', 0n, 5n, 5n],
      ['nhs', 'nhs', 30_000n, 0n, 30_000n],
    ]);
  });

  it('is told in all, true-ups apart, and against what was planned', () => {
    const { period, toDate } = assembleStatement(facts, ROWS);
    expect(apart(period.total)).toEqual(['3 (6) 396000', '-1 (-1) -56000', '2 (5) 340000']);
    expect(apart(toDate.total)).toEqual(['6 (8.5) 558000', '-1 (-1) -55995', '5 (7.5) 502005']);
    expect(planOf(period.plan)).toEqual(['6 450000', '-1 -110000']);
    expect(planOf(toDate.plan)).toEqual(['10 750000', '-2.5 -247995']);
  });

  it('says beside the figures what of the period is not in them', () => {
    const { awaiting, returned, unclaimed } = assembleStatement(facts, ROWS);
    expect([awaiting, returned, unclaimed]).toEqual([
      { lines: 2, amountMinor: 50_000n },
      { lines: 1, amountMinor: 20_000n },
      { lines: 4, amountMinor: 3000n },
    ]);
  });
});

describe('a statement that does not tie', () => {
  it.each<[string, Partial<StatementRows>, string]>([
    [
      'a penny too much by clause and to date',
      { outcomes: [...ROWS.outcomes, fold({ ...earlier, amountMinor: 1n })] },
      'to date: lines 502005, clauses 502006, payers 502005, total 502006',
    ],
    [
      'a penny too much by payer',
      { parts: [...ROWS.parts, part('fund', 1n)] },
      'period: lines 340000, clauses 340000, payers 340001, total 340000',
    ],
    [
      'a penny too little by state',
      { unclaimed: { lines: 4, amountMinor: 2999n } },
      'payable 413000, approved 340000, awaiting 50000, returned 20000, unclaimed 2999',
    ],
  ])('says which sums differ: %s', (_, change, sums) =>
    expect(() => assembleStatement(facts, { ...ROWS, ...change })).toThrow(
      expect.objectContaining({
        name: 'StatementDoesNotTie',
        message: `the statement does not tie: ${sums}`,
      }),
    ),
  );

  it.each([
    ['clauses', { clauses: 99n }],
    ['payers', { payers: 99n }],
    ['the total', { total: 99n }],
  ])('is refused where %s alone differs', (_, change) => {
    const minor = { clauses: 100n, payers: 100n, total: 100n };
    const span = (its: typeof minor) =>
      ({
        clauses: [{ all: { amountMinor: its.clauses } }],
        payers: [{ all: { amountMinor: its.payers } }],
        total: { all: { amountMinor: its.total } },
      }) as unknown as SpanAccount;
    expect(() => requireSpanTies('period', span(minor), 100n)).not.toThrow();
    expect(() => requireSpanTies('period', span({ ...minor, ...change }), 100n)).toThrow();
  });
});
