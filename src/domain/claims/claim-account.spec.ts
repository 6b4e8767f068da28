import type { Cap } from '../contract-terms/terms.schema.js';
import {
  claimAccount,
  type ClaimDoesNotTie,
  type LineFold,
  type PartFold,
} from './claim-account.js';

const part = (amountMinor: bigint, given: Partial<PartFold> = {}): PartFold => ({
  clause: '4.1',
  metric: 'ucla',
  periodId: '2015-Q2',
  payer: 'council',
  state: 'awaiting',
  amountMinor,
  ...given,
});
/** Ten pounds of each kind of part; what is returned counts towards no cap. */
const PARTS = [
  part(1000n),
  part(200n, { clause: '5.1' }),
  part(30n, { metric: 'job' }),
  part(4n, { payer: 'fund' }),
  part(50_000n, { state: 'returned' }),
];
const ELSEWHERE = [
  part(7n, { state: 'approved' }),
  part(60n, { periodId: '2015-Q1' }),
  part(500n, { clause: '5.1', metric: 'job', payer: 'fund', periodId: '2015-Q1' }),
];
const standing = (cap: Cap) =>
  claimAccount({ caps: [cap], currency: 'GBP' }, ['council', 'fund'], '2015-Q2', {
    lines: [{ clause: '4.1', metric: 'ucla', state: 'awaiting', lines: 1, amountMinor: 51_234n }],
    parts: PARTS,
    approvedElsewhere: ELSEWHERE,
  }).caps.map(({ limitMinor, usedMinor, thisClaimMinor, headroomMinor }) => [
    limitMinor,
    usedMinor,
    thisClaimMinor,
    headroomMinor,
  ]);

describe('how a cap stands before a claim is decided', () => {
  it.each<[Cap, bigint[][]]>([
    [{ id: 'c', scope: 'contract', amount: '20.00' }, [[2000n, 567n, 1234n, 199n]]],
    [{ id: 'c', scope: 'clause', clause: '4.1', amount: '20.00' }, [[2000n, 67n, 1034n, 899n]]],
    [{ id: 'c', scope: 'clause', clause: '5.1', amount: '20.00' }, [[2000n, 500n, 200n, 1300n]]],
    [{ id: 'c', scope: 'metric', metric: 'job', amount: '20.00' }, [[2000n, 500n, 30n, 1470n]]],
    [{ id: 'c', scope: 'payer', payer: 'fund', amount: '20.00' }, [[2000n, 500n, 4n, 1496n]]],
    [{ id: 'c', scope: 'period', amount: '10.00' }, [[1000n, 7n, 1234n, -241n]]],
    [{ id: 'c', scope: 'participant', amount: '20.00' }, []],
    [{ id: 'c', scope: 'mix', clauses: ['4.1'], percent: '40%', over: 'period' }, []],
  ])('%j', (cap, expected) => expect(standing(cap)).toEqual(expected));

  it('is never shown of a claim whose parts do not come to its lines', () =>
    expect(() =>
      claimAccount({ caps: [], currency: 'GBP' }, [], '2015-Q2', {
        lines: [],
        parts: [part(1n)],
        approvedElsewhere: [],
      }),
    ).toThrow(
      expect.objectContaining({
        name: 'ClaimDoesNotTie',
        message: 'the lines of the claim come to 0 and their parts to 1',
      }) as ClaimDoesNotTie,
    ));
});

describe('whose money a claim asks for', () => {
  const line = (clause: string, state: LineFold['state'], lines: number, amountMinor: bigint) => ({
    clause,
    metric: 'ucla',
    state,
    lines,
    amountMinor,
  });
  const account = () =>
    claimAccount({ caps: [], currency: 'GBP' }, ['council', 'fund'], '2015-Q2', {
      lines: [
        line('4.1', 'awaiting', 2, 1300n),
        line('4.1', 'approved', 1, 660n),
        line('5.1', 'approved', 3, 90n),
        line('5.1', 'returned', 1, -50n),
      ],
      parts: [
        part(1000n),
        part(300n, { payer: 'fund' }),
        part(440n, { state: 'approved' }),
        part(220n, { payer: 'fund', state: 'approved' }),
        part(90n, { clause: '5.1', payer: 'nhs', state: 'approved' }),
        part(-50n, { clause: '5.1', payer: 'nhs', state: 'returned' }),
      ],
      approvedElsewhere: [],
    });

  it('is told by payer and decision: the payers of the terms, then one that only earlier terms name', () =>
    expect(
      account().payers.map((its) => [
        its.payer,
        its.amountMinor,
        its.awaitingMinor,
        its.approvedMinor,
        its.returnedMinor,
      ]),
    ).toEqual([
      ['council', 1440n, 1000n, 440n, 0n],
      ['fund', 520n, 300n, 220n, 0n],
      ['nhs', 40n, 0n, 90n, -50n],
    ]));

  it('is told by clause and by state, with how many lines', () => {
    const { total, byState: states, byClause } = account();
    expect(total).toEqual({ lines: 7, amountMinor: 2000n });
    expect([...states]).toEqual([
      ['awaiting', { lines: 2, amountMinor: 1300n }],
      ['approved', { lines: 4, amountMinor: 750n }],
      ['returned', { lines: 1, amountMinor: -50n }],
    ]);
    expect(byClause.map(({ byState, ...its }) => [its, [...byState]])).toEqual([
      [
        { clause: '4.1', lines: 3, amountMinor: 1960n },
        [
          ['awaiting', { lines: 2, amountMinor: 1300n }],
          ['approved', { lines: 1, amountMinor: 660n }],
        ],
      ],
      [
        { clause: '5.1', lines: 4, amountMinor: 40n },
        [
          ['approved', { lines: 3, amountMinor: 90n }],
          ['returned', { lines: 1, amountMinor: -50n }],
        ],
      ],
    ]);
  });
});
