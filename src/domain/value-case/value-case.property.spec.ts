import fc from 'fast-check';
import {
  aValueCase,
  aWorking,
  type ValueCaseData,
} from '../../../test/support/value-case.builder.js';
import { fraction, formatFraction } from '../money/fraction.js';
import { dataOf } from './data.js';
import { parseValueCase } from './parse.js';
import { reportOn } from './report.js';

const KINDS = ['cashable', 'non-cashable', 'quality-of-life', 'unstated'];
const BODIES = ['health', 'care', 'people'];
const source = { source: 'study', at: 'page 3' };

/** Exact shares of one, for bodies chosen among the three. */
const split = fc
  .array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 3 })
  .filter((weights) => weights.some((weight) => weight > 0))
  .map((weights) => {
    const whole = BigInt(weights.reduce((sum, weight) => sum + weight, 0));
    return weights.map((weight, n) => ({
      body: BODIES[n]!,
      share: formatFraction(fraction(BigInt(weight), whole)),
    }));
  });

const benefit = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    years: fc.constantFrom('early', 'late'),
    to: split,
    pounds: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    parts: fc.integer({ min: 1, max: 997 }),
    mode: fc.constantFrom('half-up', 'half-even', 'down', 'up'),
    step: fc.constantFrom('penny', 'pound', 'ten', 'thousand'),
  })
  .map(({ kind, years, to, pounds, parts, mode, step }) => ({
    kind,
    years,
    to,
    amount: {
      by: 'quotient',
      of: [
        { take: 'number', value: String(pounds), is: 'amount', label: 'a' },
        { take: 'number', value: String(parts), label: 'b' },
      ],
    },
    rounding: { to: step, mode },
    source,
  }));

const valueCase = fc
  .record({ benefits: fc.array(benefit, { maxLength: 6 }), paid: split })
  .map(({ benefits, paid }): ValueCaseData => {
    const data = aValueCase();
    data.benefits = benefits.map((one, n) => ({ id: `b${n}`, label: `b${n}`, ...one }));
    data.price.alternatives[0]!.shares = paid;
    data.workings = benefits.map((_, n) =>
      aWorking(
        `w${n}`,
        {
          by: 'sum',
          of: [
            { take: 'benefit', id: `b${n}`, taken: 'rounded' },
            ...(n > 0 ? [{ take: 'working', id: `w${n - 1}`, taken: 'exact' }] : []),
          ],
        },
        { unit: 'money' },
      ),
    );
    return data;
  });

const total = (list: readonly { minor: bigint }[]) =>
  list.reduce((sum, { minor }) => sum + minor, 0n);

describe('any value case', () => {
  it('gives parts that sum to the whole, whichever way they are added up', () => {
    fc.assert(
      fc.property(valueCase, (data) => {
        const { benefits, totals, whoPaid, workings } = reportOn(parseValueCase(data));
        for (const { amount, parts } of benefits)
          expect(total(parts.map((part) => part.amount))).toBe(amount.minor);
        const whole = total(benefits.map(({ amount }) => amount));
        for (const list of [totals.byBody, totals.byKind, totals.byBand, [totals.all]])
          expect(total(list.map(({ each }) => each))).toBe(list.length === 0 ? 0n : whole);
        for (const { sides, paid } of whoPaid) {
          const bodies = sides.filter(({ isGroup }) => !isGroup);
          expect(total(bodies.map((side) => side.paid))).toBe(paid.minor);
          const gained = bodies.flatMap(({ returns }) => returns.map((back) => back.gained));
          expect(total(gained)).toBe(whole);
        }
        const last = workings.at(-1);
        if (last) expect(last.exact).toEqual(fraction(whole, 100n));
      }),
    );
  });

  it('gives the same in whatever order it is written', () => {
    const byId = <T extends { id: string }>(list: readonly T[]) =>
      [...list].sort((a, b) => a.id.localeCompare(b.id));
    const inOrder = (data: ValueCaseData) => {
      const report = dataOf(reportOn(parseValueCase(data)));
      const { totals } = report;
      const named = (list: typeof totals.byBody) =>
        [...list].sort((a, b) => a.of.localeCompare(b.of));
      return {
        benefits: byId(report.benefits),
        workings: byId(report.workings),
        byBody: named(totals.byBody),
        byBand: named(totals.byBand),
        byKind: totals.byKind,
        all: totals.all,
        differences: byId(report.differences),
        sides: report.whoPaid[0]!.sides.map((side) => JSON.stringify(side)).sort(),
      };
    };
    fc.assert(
      fc.property(valueCase, fc.infiniteStream(fc.nat()), (data, seeds) => {
        const shuffled = structuredClone(data);
        for (const list of ['bodies', 'yearBands', 'benefits', 'workings'] as const)
          (shuffled[list] as unknown[]).sort(() => (Number(seeds.next().value) % 2 ? 1 : -1));
        expect(inOrder(shuffled)).toEqual(inOrder(data));
      }),
    );
  });

  it('gives no number that is not exact', () => {
    const floats = (value: unknown): unknown[] => {
      if (typeof value === 'number') return Number.isSafeInteger(value) ? [] : [value];
      if (typeof value === 'bigint') return [value];
      return typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(floats)
        : [];
    };
    fc.assert(
      fc.property(valueCase, (data) => {
        expect(floats(dataOf(reportOn(parseValueCase(data))))).toEqual([]);
      }),
    );
  });
});
