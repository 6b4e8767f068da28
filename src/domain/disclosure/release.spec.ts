import { fraction } from '../money/fraction.js';
import type { Behind, Cell, PayerPart } from './cell.js';
import { releasesOf } from './release.js';

const fresh = (people: number): Behind => [{ lastIn: null, people }];

const TEN: Cell = {
  clause: '1',
  tariffMinor: 100n,
  cohort: 'c1',
  statement: 1,
  behind: fresh(10),
  outcomes: 10,
  quantity: fraction(10n),
  amountMinor: 1_000n,
  payers: [],
};
const PART: PayerPart = { payer: 'council', amountMinor: 600n, behind: fresh(10), outcomes: 10 };
const NONE: PayerPart = { payer: 'fund', amountMinor: 0n, behind: [], outcomes: 0 };

const releases = (...cells: Cell[]) =>
  releasesOf({ statement: 1, cells, cohorts: ['c1', 'c2'], history: [] });
const only = (...cells: Cell[]) => {
  const made = releases(...cells);
  expect(made).toHaveLength(1);
  return made[0]!;
};
const named = (...payers: PayerPart[]) =>
  only({ ...TEN, payers }).payers?.map(({ payer, amountMinor }) => `${payer} ${amountMinor}`);

describe('payers of a release', () => {
  it('are named in the order of their names, and one who carries nothing stands with nothing', () => {
    expect(named(PART, NONE)).toEqual(['council 600', 'fund 0']);
    expect(named(NONE, PART)).toEqual(['council 600', 'fund 0']);
  });

  it.each<[string, PayerPart]>([
    ['of 7 people', { ...NONE, amountMinor: 70n, behind: fresh(7), outcomes: 8 }],
    ['of 7 outcomes', { ...NONE, amountMinor: 70n, behind: fresh(8), outcomes: 7 }],
    ['of nobody', { ...NONE, amountMinor: 70n, behind: [], outcomes: 0 }],
    ['of 7 that come to nothing', { ...NONE, amountMinor: 0n, behind: fresh(7), outcomes: 0 }],
    ['of 8 whose outcomes cancel', { ...NONE, amountMinor: 0n, behind: fresh(8), outcomes: 0 }],
  ])('are not named, any of them, where one has a part %s', (_, part) =>
    expect(named(PART, part)).toBeUndefined(),
  );

  it('are named where outcomes are not counted and 8 people stand behind each part', () => {
    const group = { ...PART, outcomes: null };
    expect(named(group)).toEqual(['council 600']);
    expect(named({ ...group, behind: fresh(7) })).toBeUndefined();
  });

  it('are weighed over all the cells that are joined: one cell with nothing does not stand for the others', () => {
    const cell = (cohort: string, part: PayerPart): Cell => ({
      ...TEN,
      cohort,
      behind: fresh(4),
      outcomes: 4,
      amountMinor: 400n,
      payers: [part],
    });
    const few: PayerPart = { ...PART, behind: fresh(4), outcomes: 4 };
    const nothing: PayerPart = { ...PART, amountMinor: 0n, behind: [], outcomes: 0 };
    expect(only(cell('c1', few), cell('c2', nothing)).payers).toBeNull();
    expect(only(cell('c1', few), cell('c2', few)).payers).toEqual([
      { payer: 'council', amountMinor: 1_200n },
    ]);
  });

  it('are named whatever they carry of what is about no one', () => {
    const fee: Cell = { ...TEN, behind: null, outcomes: null, payers: [{ ...PART, behind: [] }] };
    expect(only(fee)).toMatchObject({ people: null, outcomes: null, payers: [{}] });
  });
});

describe('a release', () => {
  it('of cells of which some are about people is about people', () => {
    const fee: Cell = { ...TEN, behind: null, outcomes: 0 };
    expect(only(TEN, fee)).toMatchObject({ people: 10, outcomes: 10, amountMinor: 2_000n });
    const few: Cell = { ...TEN, behind: fresh(7), outcomes: 10 };
    expect(releases(few, fee)).toEqual([]);
  });

  it('joins cohorts where a cell is of one that the terms do not name', () => {
    const cohorts = [TEN, { ...TEN, cohort: 'c2' }, { ...TEN, cohort: 'other' }];
    expect(releases(...cohorts).map(({ cohort }) => cohort)).toEqual([null]);
    expect(releases(...cohorts.slice(0, 2)).map(({ cohort }) => cohort)).toEqual(['c1', 'c2']);
  });

  it.each([
    [12n, 1n, 10],
    [25n, 2n, 15], // 12.5: halves go up
    [249n, 20n, 10], // 12.45
    [251n, 20n, 15],
    [-25n, 2n, -15],
    [0n, 1n, 0],
  ])('shows a quantity of %s/%s as %i', (numerator, denominator, shown) =>
    expect(only({ ...TEN, quantity: fraction(numerator, denominator) }).quantity).toBe(shown),
  );

  it('stands by clause, and then by tariff', () => {
    const of = (clause: string, tariffMinor: bigint): Cell => ({ ...TEN, clause, tariffMinor });
    const cells = [of('2', 90n), of('1', 100n), of('2', 80n), of('1', 99n), of('2', 100n)];
    expect(releases(...cells).map(({ clause, tariffMinor }) => `${clause} ${tariffMinor}`)).toEqual(
      ['1 99', '1 100', '2 80', '2 90', '2 100'],
    );
  });
});
