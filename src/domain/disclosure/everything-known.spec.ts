import { fraction } from '../money/fraction.js';
import type { Behind, Cell } from './cell.js';
import { releasesOf, type Release } from './release.js';

/** How many statements, cohorts and payers' areas a table has; each payer pays for its own area. */
interface Shape {
  readonly statements: number;
  readonly cohorts: number;
  readonly areas: number;
}

const TARIFF = 100_000n;
const behind = (people: number): Behind => (people === 0 ? [] : [{ lastIn: null, people }]);

/** Cells of one clause, of outcomes counted by statement, cohort and area in that order; nobody is paid for twice. */
function cellsOf({ statements, cohorts, areas }: Shape, counts: readonly number[]): Cell[] {
  const cells: Cell[] = [];
  for (let statement = 1, at = 0; statement <= statements; statement += 1)
    for (let cohort = 0; cohort < cohorts; cohort += 1, at += areas) {
      const own = counts.slice(at, at + areas);
      const count = own.reduce((sum, its) => sum + its, 0);
      if (count === 0) continue;
      cells.push({
        clause: '1',
        tariffMinor: TARIFF,
        cohort: `c${cohort}`,
        statement,
        behind: behind(count),
        outcomes: count,
        quantity: fraction(BigInt(count)),
        amountMinor: BigInt(count) * TARIFF,
        payers: own.map((its, area) => ({
          payer: `p${area}`,
          amountMinor: BigInt(its) * TARIFF,
          behind: behind(its),
          outcomes: its,
        })),
      });
    }
  return cells;
}

function publishedOf(shape: Shape, counts: readonly number[]): Release[] {
  const cells = cellsOf(shape, counts);
  const cohorts = Array.from({ length: shape.cohorts }, (_, cohort) => `c${cohort}`);
  const history: Release[] = [];
  for (let statement = 1; statement <= shape.statements; statement += 1)
    history.push(...releasesOf({ statement, cells, cohorts, history }));
  return history;
}

const asText = (releases: readonly Release[]): string =>
  JSON.stringify(releases, (_, its: unknown) => (typeof its === 'bigint' ? `${its}` : its));

/** Every way of putting at most so many outcomes into so many cells. */
function* tables(size: number, most: number, cells: number[] = []): Generator<number[]> {
  if (cells.length === size) {
    yield cells;
    return;
  }
  for (let count = 0; count <= most; count += 1)
    yield* tables(size, most - count, [...cells, count]);
}

/**
 * Counts of 1 to 7 that are the same in every table with the same publication. A publication is looked at only where every
 * table that could have it was tried: what it shows and 7 held back are within the most that was.
 */
function pinnedIn(shape: Shape, most: number): { pinned: string[]; publications: number } {
  const size = shape.statements * shape.cohorts * shape.areas;
  const seen = new Map<string, Set<number>[]>();
  for (const counts of tables(size, most)) {
    const releases = publishedOf(shape, counts);
    const shown = releases.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) / TARIFF;
    if (Number(shown) + 7 > most) continue;
    const text = asText(releases);
    const values = seen.get(text) ?? counts.map(() => new Set<number>());
    for (const [at, count] of counts.entries()) values[at]!.add(count);
    seen.set(text, values);
  }
  const pinned = [...seen].flatMap(([text, values]) =>
    values.flatMap((its, at) => {
      const [only] = [...its];
      return its.size === 1 && only! >= 1 && only! <= 7 ? [`cell ${at} is ${only}: ${text}`] : [];
    }),
  );
  return { pinned, publications: seen.size };
}

/**
 * The strongest reader: one who can run the method. They try every table there is and keep those with the same publication,
 * so that they also learn from what was joined, what was held back and which payers are not named.
 */
describe('a reader who runs the method on every possible table', () => {
  it.each([
    [{ statements: 1, cohorts: 2, areas: 1 }, 60],
    [{ statements: 1, cohorts: 3, areas: 1 }, 36],
    [{ statements: 3, cohorts: 1, areas: 1 }, 36],
    [{ statements: 2, cohorts: 2, areas: 1 }, 23],
    [{ statements: 1, cohorts: 1, areas: 3 }, 36],
    [{ statements: 2, cohorts: 1, areas: 2 }, 23],
    [{ statements: 1, cohorts: 2, areas: 2 }, 23],
    [{ statements: 3, cohorts: 2, areas: 1 }, 15],
  ] as const)('pins no count of 1 to 7: %j, up to %i outcomes', (shape, most) => {
    const { pinned, publications } = pinnedIn(shape, most);
    expect(pinned).toEqual([]);
    expect(publications).toBeGreaterThan(1);
  });
});
