import type { LineSpec } from '../support/lines.builder.js';

/**
 * Two quarters worked by hand. £660 a point (clause 4.1), £1,000 for each person settled (clause 5.1), payers 60:40.
 *
 * Second quarter, computation 1: P1 two points £1,320, P2 one point £660, P3 nothing, P1 settled £1,000, P4 one point
 * £660 (returned). Third quarter, computation 2: P5 three points £1,980; P1's score corrected from two points to one,
 * so £660 goes back; P2's withdrawn, so £660 goes back and the outcome with it; P3's late score pays one point £660;
 * P6 settled £1,000 (not claimed).
 */
export const TWO_QUARTERS = {
  computations: (code: string) => [
    {
      number: 1,
      periodId: '2015-Q2',
      lines: [
        { participant: 'P1', amount: '1320.00' },
        { participant: 'P2', amount: '660.00' },
        { participant: 'P3', amount: '0.00' },
        { participant: 'P1', amount: '1000.00', clause: '5.1' },
        { participant: 'P4', amount: '660.00' },
      ] satisfies LineSpec[],
      returned: [5],
    },
    {
      number: 2,
      periodId: '2015-Q3',
      lines: [
        { participant: 'P5', amount: '1980.00' },
        trueUp('P1', '-660.00', '1', `${code}.1.1`),
        trueUp('P2', '-660.00', '0', `${code}.1.2`),
        trueUp('P3', '660.00', '1', `${code}.1.3`),
        { participant: 'P6', amount: '1000.00', clause: '5.1' },
      ] satisfies LineSpec[],
      claimed: [1, 2, 3, 4],
      returned: [],
    },
  ],
  secondQuarter: {
    total: { outcomes: 3, quantity: '4', amount: '2980.00' },
    payers: { council: '1788.00', fund: '1192.00' },
    /** Planned: 4 for £3,000.00. */
    difference: { quantity: '0', amount: '-20.00' },
    pending: { awaiting: '0.00', returned: '660.00', unclaimed: '0.00' },
  },
  thirdQuarter: {
    payments: { outcomes: 1, quantity: '3', amount: '1980.00' },
    /** P1 keeps an outcome with a point less, P2 loses one, P3 gains one. */
    trueUps: { outcomes: 0, quantity: '-1', amount: '-660.00' },
    all: { outcomes: 1, quantity: '2', amount: '1320.00' },
    payers: { council: '792.00', fund: '528.00' },
    /** Planned: 6 for £4,500.00. */
    difference: { quantity: '-4', amount: '-3180.00' },
    pending: { awaiting: '0.00', returned: '0.00', unclaimed: '1000.00' },
  },
  toDate: {
    all: { outcomes: 4, quantity: '6', amount: '4300.00' },
    payers: { council: '2580.00', fund: '1720.00' },
    /** Planned: 10 for £7,500.00. */
    difference: { quantity: '-4', amount: '-3200.00' },
  },
} as const;

function trueUp(participant: string, amount: string, quantity: string, corrects: string): LineSpec {
  return { participant, amount, quantity, corrects, revision: 2 };
}
