import type { Cap } from '../contract-terms/terms.schema.js';
import { claimAccount, type ClaimDoesNotTie, type PartFold } from './claim-account.js';

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
