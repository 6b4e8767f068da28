import { fraction } from '../money/fraction.js';
import type { Behind, Cell } from './cell.js';
import { publishedCount, rounded } from './count.js';
import { publishedFollowUp, type FollowUpCell } from './follow-up.js';
import { heldBackInWords } from './in-words.js';
import { releasesOf, type Release } from './release.js';
import { totalOf } from './totals.js';

const fresh = (people: number): Behind => [{ lastIn: null, people }];

/** So many people, each with one outcome at £1,000 in clause 1; the payers share it 60:40. */
const cell = (
  statement: number,
  cohort: string,
  count: number,
  given: Partial<Cell> = {},
): Cell => ({
  clause: '1',
  tariffMinor: 100_000n,
  cohort,
  statement,
  behind: fresh(Math.abs(count)),
  outcomes: count,
  quantity: fraction(BigInt(count)),
  amountMinor: BigInt(count) * 100_000n,
  payers: [
    {
      payer: 'council',
      amountMinor: BigInt(count) * 60_000n,
      behind: fresh(count),
      outcomes: count,
    },
    { payer: 'fund', amountMinor: BigInt(count) * 40_000n, behind: fresh(count), outcomes: count },
  ],
  ...given,
});

/** The releases of each statement in turn. */
function issue(
  cells: readonly Cell[],
  cohorts: readonly string[],
  statements: number,
): Release[][] {
  const history: Release[] = [];
  return Array.from({ length: statements }, (_, at) => {
    const own = releasesOf({ statement: at + 1, cells, cohorts, history });
    history.push(...own);
    return own;
  });
}

/** "c1 10 £12000 1-2": cohort, people, pounds, and the statements that are joined. */
const inBrief = ({ cohort, people, amountMinor, from, through }: Release): string =>
  `${cohort ?? 'joined'} ${people} £${amountMinor / 100n} ${from}-${through}`;

describe('counts', () => {
  it.each([
    [-13, -15],
    [-8, -10],
    [-7, null],
    [0, null],
    [1, null],
    [7, null],
    [8, 10],
    [12, 10],
    [13, 15],
    [17, 15],
    [18, 20],
    [100, 100],
  ])('%i is published as %p', (count, shown) => expect(publishedCount(count)).toBe(shown));

  it('are refused where they may not be shown, or are no whole numbers', () => {
    expect(() => rounded(7)).toThrow('a count of 7 is not shown');
    expect(() => rounded(8.5)).toThrow('whole number');
  });
});

/** Rows of statements; in each, outcomes by cohort. Then what each statement releases. */
describe('lines, worked by hand', () => {
  it.each<[string, number[][], string[][]]>([
    ['cohorts that are all large stay apart', [[20, 9]], [['c1 20 £20000 1-1', 'c2 10 £9000 1-1']]],
    ['a small cohort is joined with the large', [[20, 3]], [['joined 25 £23000 1-1']]],
    ['an empty cohort is treated like a small one', [[20, 0]], [['joined 20 £20000 1-1']]],
    ['two small ones are shown together', [[4, 4]], [['joined 10 £8000 1-1']]],
    ['two small ones that are 7 together are held back', [[4, 3]], [[]]],
    [
      'what is held back comes with a later quarter',
      [
        [3, 0],
        [2, 1],
        [4, 1],
      ],
      [[], [], ['joined 10 £11000 1-3']],
    ],
    [
      'a small quarter after a large one is held back: nothing is added to what was published',
      [
        [12, 9],
        [2, 0],
        [9, 9],
      ],
      [['c1 10 £12000 1-1', 'c2 10 £9000 1-1'], [], ['c1 10 £11000 2-3', 'c2 10 £9000 2-3']],
    ],
  ])('%s', (_, table, expected) => {
    const cells = table.flatMap((counts, at) =>
      counts.flatMap((count, cohort) =>
        count === 0 ? [] : [cell(at + 1, `c${cohort + 1}`, count)],
      ),
    );
    const issued = issue(cells, ['c1', 'c2'], table.length);
    expect(issued.map((releases) => releases.map(inBrief))).toEqual(expected);
  });

  it('at two tariffs are never joined, though both are small', () => {
    const cells = [cell(1, 'c1', 6), cell(1, 'c1', 6, { clause: '2', tariffMinor: 66_000n })];
    expect(issue(cells, ['c1'], 1)).toEqual([[]]);
  });

  it('count a person once, however many statements the line has them in', () => {
    const again: Behind = [{ lastIn: 1, people: 5 }];
    const cells = [cell(1, 'c1', 5), cell(2, 'c1', 5, { behind: again }), cell(3, 'c1', 3)];
    expect(issue(cells, ['c1'], 3).map((its) => its.map(inBrief))).toEqual([
      [],
      [],
      ['joined 10 £13000 1-3'],
    ]);
  });

  it('count those as new whom an earlier release has shown already', () => {
    const again: Behind = [{ lastIn: 1, people: 9 }];
    const cells = [cell(1, 'c1', 9), cell(2, 'c1', 9, { behind: again })];
    expect(issue(cells, ['c1'], 2).map((its) => its.map(inBrief))).toEqual([
      ['joined 10 £9000 1-1'],
      ['joined 10 £9000 2-2'],
    ]);
  });

  it('are held back where what is taken back leaves few outcomes, or an amount of few', () => {
    const behind = fresh(10);
    expect(issue([cell(1, 'c1', 7, { behind })], ['c1'], 1)).toEqual([[]]);
    const amount = { behind, amountMinor: 799_900n, payers: [] };
    expect(issue([cell(1, 'c1', 10, amount)], ['c1'], 1)).toEqual([[]]);
    const enough = { behind, amountMinor: 800_000n, payers: [] };
    expect(issue([cell(1, 'c1', 10, enough)], ['c1'], 1)[0]!.map(inBrief)).toEqual([
      'joined 10 £8000 1-1',
    ]);
  });

  it('taken back from many are shown as what they are', () => {
    const taken = cell(1, 'c1', -9, { payers: [] });
    expect(issue([taken], ['c1'], 1)[0]).toMatchObject([
      { people: 10, outcomes: -10, quantity: -10, amountMinor: -900_000n },
    ]);
  });

  it('about no one are shown whatever they come to, and for groups by the size of the group', () => {
    const about = { tariffMinor: 0n, outcomes: null, payers: [] };
    const fee = cell(1, '*', 1, { ...about, behind: null });
    expect(issue([fee], ['c1'], 1)[0]).toMatchObject([{ people: null, outcomes: null }]);
    for (const [size, releases] of [
      [7, 0],
      [8, 1],
    ] as const) {
      const group = cell(1, 'c1', 1, { ...about, behind: fresh(size) });
      expect(issue([group], ['c1'], 1)[0]).toHaveLength(releases);
    }
  });

  it('are never issued before what has been issued', () => {
    const history = issue([cell(1, 'c1', 9)], ['c1'], 1).flat();
    expect(() =>
      releasesOf({ statement: 1, cells: [cell(1, 'c1', 9)], cohorts: ['c1'], history }),
    ).toThrow('statement 1 has been issued already');
  });
});

describe('payers of a line', () => {
  const byHome = (north: number, south: number): Cell =>
    cell(1, 'c1', north + south, {
      payers: [
        {
          payer: 'north',
          amountMinor: BigInt(north) * 100_000n,
          behind: fresh(north),
          outcomes: north,
        },
        {
          payer: 'south',
          amountMinor: BigInt(south) * 100_000n,
          behind: south === 0 ? [] : fresh(south),
          outcomes: south,
        },
      ],
    });

  it.each([
    [12, 8, true],
    [12, 7, false],
    [12, 1, false],
    [12, 0, true],
  ])('with %i and %i people behind them: named %p', (north, south, isNamed) => {
    const [[release]] = issue([byHome(north, south)], ['c1'], 1) as [[Release]];
    expect(release.amountMinor).toBe(BigInt(north + south) * 100_000n);
    expect(release.payers !== null).toBe(isNamed);
    const total = totalOf([release]);
    expect(total.notByPayerMinor).toBe(isNamed ? 0n : release.amountMinor);
    expect(total.payers.reduce((sum, its) => sum + its.amountMinor, total.notByPayerMinor)).toBe(
      total.amountMinor,
    );
  });
});

describe('totals', () => {
  it('are sums of what is shown: rounded counts, exact amounts', () => {
    const cells = [
      cell(1, 'c1', 8),
      cell(1, 'c1', 8, { clause: '2' }),
      cell(1, 'c1', 6, { clause: '3' }),
    ];
    expect(totalOf(issue(cells, ['c1'], 1).flat())).toMatchObject({
      outcomes: 20, // 16 in truth
      quantity: 20,
      amountMinor: 1_600_000n, // what is held back of clause 3 is in no total
      payers: [
        { payer: 'council', amountMinor: 960_000n },
        { payer: 'fund', amountMinor: 640_000n },
      ],
    });
  });
});

describe('follow-up, worked by hand', () => {
  const place = { clause: '4.1', timePoint: '6m', excluded: 0 };
  const row = (cohort: string, measured: number, ...others: [number, number, number, number]) => {
    const [late, missed, declined, couldNotCollect] = others;
    return { ...place, cohort, measured, late, missed, declined, couldNotCollect } as FollowUpCell;
  };

  it('joins the reasons of those not measured, and sums what is shown', () => {
    expect(publishedFollowUp([row('c1', 73, 2, 3, 1, 3)], ['c1'])).toMatchObject([
      { cohort: null, measured: 75, notMeasured: 10, reasons: null, due: 85, excluded: null },
    ]);
    const [{ rate }] = publishedFollowUp([row('c1', 73, 2, 3, 1, 3)], ['c1']) as [
      ReturnType<typeof publishedFollowUp>[number],
    ];
    expect(rate).toEqual(fraction(15n, 17n));
  });

  it('shows the reasons where each is large enough, and lets them sum', () => {
    expect(publishedFollowUp([row('c1', 73, 8, 9, 12, 13)], ['c1'])).toMatchObject([
      {
        notMeasured: 45, // 42 in truth
        reasons: { late: 10, missed: 10, declined: 10, couldNotCollect: 15 },
        due: 120,
      },
    ]);
  });

  it('shows no rate where one part of it is held back, and no part of what is due for the whole', () => {
    expect(publishedFollowUp([row('c1', 73, 0, 0, 1, 0)], ['c1'])).toMatchObject([
      { measured: 75, notMeasured: null, due: 75, rate: null },
    ]);
    expect(publishedFollowUp([row('c1', 7, 0, 0, 0, 0)], ['c1'])).toMatchObject([
      { measured: null, notMeasured: null, due: null, rate: null },
    ]);
  });

  it('keeps cohorts apart only where both parts of each are large enough', () => {
    const large = [row('c1', 30, 2, 6, 0, 0), row('c2', 20, 0, 8, 0, 0)];
    expect(publishedFollowUp(large, ['c1', 'c2']).map(({ cohort }) => cohort)).toEqual([
      'c1',
      'c2',
    ]);
    const mixed = [row('c1', 30, 2, 6, 0, 0), row('c2', 20, 0, 7, 0, 0)];
    expect(publishedFollowUp(mixed, ['c1', 'c2'])).toMatchObject([
      { cohort: null, measured: 50, notMeasured: 15 },
    ]);
  });
});

describe('in words', () => {
  it('says since when something is held back, and not whether there is anything', () => {
    expect(heldBackInWords(1)).toBe('Of 0 to 7 people so far, and carried forward.');
    expect(heldBackInWords(4)).toBe('Of 0 to 7 people since statement 3, and carried forward.');
  });
});
