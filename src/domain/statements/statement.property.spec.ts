import fc from 'fast-check';
import { civilDate } from '../calendar/civil-date.js';
import { add, equals, fraction, formatFraction, ZERO, type Fraction } from '../money/fraction.js';
import { allocate } from '../money/allocate.js';
import type { TermsDocument } from '../contract-terms/terms.schema.js';
import { assembleStatement } from './assemble.js';
import { StatementDoesNotTie } from './cross-check.js';
import type { Apart, SpanAccount, StatementFacts } from './statement.js';
import type { OutcomeFold, PayerFold, Source, Span, StatementRows } from './statement-rows.js';

const terms = {
  title: 'Less alone',
  standing: 'real',
  currency: 'GBP',
  parties: [{ id: 'council', name: 'The Council', role: 'commissioner' }],
  cohorts: [],
  metrics: [],
  clauses: [
    { id: '4.1', title: 'Loneliness', modifiers: [] },
    { id: '5.1', title: 'Settled', modifiers: [] },
  ],
  split: {
    type: 'S1',
    shares: [
      { payer: 'council', share: '2/3' },
      { payer: 'fund', share: '1/3' },
    ],
  },
  comparison: { method: 'own-baseline', deadweightPercent: '0%' },
  plan: [
    { period: '2015-Q2', outcomes: 4, amount: '3000.00' },
    { period: '2015-Q3', outcomes: 6, amount: '4500.00' },
    { period: '2015-Q4', outcomes: 9, amount: '9999.00' },
  ],
} as unknown as TermsDocument;

const facts: StatementFacts = {
  contract: { code: 'less-alone', title: 'Less alone' },
  terms,
  termsNumber: 1,
  period: { id: '2015-Q3', from: civilDate('2015-07-01'), to: civilDate('2015-10-01') },
  periodsToDate: ['2015-Q2', '2015-Q3'],
  computations: [],
  auditHead: { sequence: 7n, hash: 'ab' },
};

/** A line as it is on record: what the database folds. */
const line = fc.record({
  span: fc.constantFrom<Span>('this-period', 'earlier'),
  source: fc.constantFrom<Source>('payment', 'true-up'),
  clause: fc.constantFrom('4.1', '5.1', '9.9'),
  outcomeChange: fc.constantFrom<-1 | 0 | 1>(-1, 0, 1),
  quantity: fc.tuple(fc.bigInt(-9n, 9n), fc.bigInt(1n, 6n)).map(([n, d]) => fraction(n, d)),
  amountMinor: fc.bigInt(-300_000n, 300_000n),
});
type Line = typeof line extends fc.Arbitrary<infer L> ? L : never;

const SHARES = [fraction(2n, 3n), fraction(1n, 3n)];
const sum = (all: readonly { amountMinor: bigint }[]) =>
  all.reduce((total, { amountMinor }) => total + amountMinor, 0n);

function rowsOf(lines: readonly Line[]): StatementRows {
  const now = sum(lines.filter(({ span }) => span === 'this-period'));
  const nil = { lines: 0, amountMinor: 0n };
  return {
    outcomes: lines.map(({ quantity, ...its }): OutcomeFold => ({
      ...its,
      lines: 1,
      quantityChange: quantity,
      unit: 'point',
    })),
    parts: lines.flatMap(({ span, source, clause, amountMinor }) =>
      allocate(amountMinor, SHARES).map((part, index): PayerFold => ({
        span,
        source,
        clause,
        payer: index === 0 ? 'council' : 'fund',
        amountMinor: part,
      })),
    ),
    approvedMinor: { 'this-period': now, earlier: sum(lines) - now },
    followUps: [],
    awaiting: { lines: 1, amountMinor: 500n },
    returned: nil,
    unclaimed: nil,
    payableMinor: now + 500n,
  };
}

const adds = <T>(its: Apart<T>, numberOf: (one: T) => bigint | number) =>
  expect(BigInt(numberOf(its.payments)) + BigInt(numberOf(its.trueUps))).toBe(
    BigInt(numberOf(its.all)),
  );

function checkSpan(span: SpanAccount, lines: readonly Line[]): void {
  const total = sum(lines);
  expect(span.total.all.amountMinor).toBe(total);
  expect(sum(span.clauses.map(({ all }) => all))).toBe(total);
  expect(sum(span.payers.map(({ all }) => all))).toBe(total);
  for (const account of [...span.clauses, span.total]) {
    adds(account, ({ amountMinor }) => amountMinor);
    adds(account, ({ outcomes }) => outcomes);
  }
  const quantity = lines.reduce((whole: Fraction, its) => add(whole, its.quantity), ZERO);
  expect(formatFraction(span.total.all.quantity)).toBe(formatFraction(quantity));
  expect(span.total.all.outcomes).toBe(lines.reduce((n, its) => n + its.outcomeChange, 0));
}

describe('a statement', () => {
  it('comes to the same by clause, by payer and by line, for the period and to date', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const statement = assembleStatement(facts, rowsOf(lines));
        checkSpan(
          statement.period,
          lines.filter(({ span }) => span === 'this-period'),
        );
        checkSpan(statement.toDate, lines);
      }),
    );
  });

  it('does not depend on how or in which order its rows were folded', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const [rows, backwards] = [rowsOf(lines), rowsOf([...lines].reverse())];
        const shown = (its: StatementRows) => {
          const { period, toDate } = assembleStatement(facts, its);
          return [period.total, toDate.total, period.plan, toDate.plan, period.payers];
        };
        expect(shown(backwards)).toEqual(shown(rows));
      }),
    );
  });

  it('is not given when one penny is missing anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('outcomes', 'parts', 'approved', 'payable'),
        (lines, where) => {
          const rows = rowsOf(lines);
          const less = <T extends { amountMinor: bigint }>([first, ...rest]: readonly T[]): T[] => [
            { ...first!, amountMinor: first!.amountMinor - 1n },
            ...rest,
          ];
          const broken: StatementRows = {
            ...rows,
            ...(where === 'outcomes' && { outcomes: less(rows.outcomes) }),
            ...(where === 'parts' && { parts: less(rows.parts) }),
            ...(where === 'approved' && {
              approvedMinor: { ...rows.approvedMinor, earlier: rows.approvedMinor.earlier - 1n },
            }),
            ...(where === 'payable' && { payableMinor: rows.payableMinor - 1n }),
          };
          expect(() => assembleStatement(facts, broken)).toThrow(StatementDoesNotTie);
        },
      ),
    );
  });

  it('stands beside the plan of its period, and beside all plans to date, later ones left out', () => {
    const { period, toDate } = assembleStatement(facts, rowsOf([]));
    expect(period.plan).toMatchObject({ planned: { amountMinor: 450_000n } });
    expect(toDate.plan).toMatchObject({
      planned: { amountMinor: 750_000n },
      difference: { amountMinor: -750_000n },
    });
    expect(equals(toDate.plan!.planned.quantity, fraction(10n))).toBe(true);
    const unplanned = { ...facts, terms: { ...terms, plan: [] } };
    expect(assembleStatement(unplanned, rowsOf([])).period.plan).toBeNull();
  });

  it('shows every clause and payer of the terms, and names a clause that only earlier terms had', () => {
    const { period } = assembleStatement(facts, rowsOf([]));
    expect(period.clauses.map(({ clause }) => clause)).toEqual(['4.1', '5.1']);
    expect(period.payers.map(({ payer, name }) => [payer, name])).toEqual([
      ['council', 'The Council'],
      ['fund', 'fund'],
    ]);
    const withOld = assembleStatement(
      facts,
      rowsOf([
        {
          span: 'earlier',
          source: 'payment',
          clause: '9.9',
          outcomeChange: 1,
          quantity: fraction(1n),
          amountMinor: 300n,
        },
      ]),
    );
    expect(withOld.toDate.clauses.at(-1)).toMatchObject({
      clause: '9.9',
      title: 'Clause 9.9 of earlier terms',
    });
  });
});
