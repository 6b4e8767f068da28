import fc from 'fast-check';
import {
  compare,
  formatFraction,
  fraction,
  isPositive,
  max,
  parseFraction,
  sum,
  ZERO,
} from '../../money/fraction.js';
import { WAVE_RULE_IDS, WAVE_RULES, type WaveRuleId } from './registry.js';

const waves = (improvements: readonly (string | null)[]) =>
  improvements.map((text) => ({ improvement: text === null ? null : parseFraction(text) }));

/** The points that each wave pays, and why it pays none. */
const paid = (rule: WaveRuleId, floored: boolean, improvements: readonly (string | null)[]) =>
  WAVE_RULES[rule]
    .combine(waves(improvements), floored)
    .map(({ points, reason }) => [formatFraction(points), reason]);

describe('how waves combine', () => {
  it.each<[string, WaveRuleId, boolean, (string | null)[], [string, string | null][]]>([
    // Engine document, section 2: 8, then 6, then 7.
    [
      '8, 6, 7, each by itself',
      'independent',
      true,
      ['2', '1'],
      [
        ['2', null],
        ['1', null],
      ],
    ],
    [
      '8, 6, 7, increments',
      'increment',
      true,
      ['2', '1'],
      [
        ['2', null],
        ['0', 'no-further-improvement'],
      ],
    ],
    [
      '8, 7, 6, increments',
      'increment',
      true,
      ['1', '2'],
      [
        ['1', null],
        ['1', null],
      ],
    ],
    [
      '8, 8, 6, increments',
      'increment',
      true,
      ['0', '2'],
      [
        ['0', 'not-improved'],
        ['2', null],
      ],
    ],
    [
      '8, 9, 7, increments',
      'increment',
      true,
      ['-1', '1'],
      [
        ['0', 'not-improved'],
        ['1', null],
      ],
    ],
    [
      '8, 9, 9, increments',
      'increment',
      true,
      ['-1', '-1'],
      [
        ['0', 'not-improved'],
        ['0', 'not-improved'],
      ],
    ],
    [
      '8, 6, 9, increments',
      'increment',
      true,
      ['2', '-1'],
      [
        ['2', null],
        ['0', 'no-further-improvement'],
      ],
    ],
    [
      '8, 6, 6, increments',
      'increment',
      true,
      ['2', '2'],
      [
        ['2', null],
        ['0', 'no-further-improvement'],
      ],
    ],
    [
      'three waves, 2, 1, 3',
      'increment',
      true,
      ['2', '1', '3'],
      [
        ['2', null],
        ['0', 'no-further-improvement'],
        ['1', null],
      ],
    ],
    [
      '8, 6, 7, net increments',
      'increment',
      false,
      ['2', '1'],
      [
        ['2', null],
        ['-1', null],
      ],
    ],
    [
      '8, 9, 7, net increments',
      'increment',
      false,
      ['-1', '1'],
      [
        ['-1', null],
        ['2', null],
      ],
    ],
    [
      '8, 9, 7, each by itself, net',
      'independent',
      false,
      ['-1', '1'],
      [
        ['-1', null],
        ['1', null],
      ],
    ],
    [
      '8, 9, 7, each by itself, floored',
      'independent',
      true,
      ['-1', '1'],
      [
        ['0', 'not-improved'],
        ['1', null],
      ],
    ],
    [
      'the first wave is missing',
      'increment',
      true,
      [null, '2'],
      [
        ['0', null],
        ['2', null],
      ],
    ],
    [
      'a wave between is missing',
      'increment',
      true,
      ['1', null, '3'],
      [
        ['1', null],
        ['0', null],
        ['2', null],
      ],
    ],
    [
      'the first is missing, each by itself',
      'independent',
      true,
      [null, '2'],
      [
        ['0', null],
        ['2', null],
      ],
    ],
    [
      'half points',
      'increment',
      true,
      ['0.5', '2'],
      [
        ['0.5', null],
        ['1.5', null],
      ],
    ],
    // held
    [
      '8, 6, 7, held',
      'held',
      true,
      ['2', '1'],
      [
        ['2', null],
        ['0', 'not-held'],
      ],
    ],
    [
      '8, 6, 6, held',
      'held',
      true,
      ['2', '2'],
      [
        ['2', null],
        ['2', null],
      ],
    ],
    [
      '8, 6, 5, held',
      'held',
      true,
      ['2', '3'],
      [
        ['2', null],
        ['3', null],
      ],
    ],
    [
      '8, 6, 9, held',
      'held',
      true,
      ['2', '-1'],
      [
        ['2', null],
        ['0', 'not-held'],
      ],
    ],
    [
      '8, 9, 9, held',
      'held',
      true,
      ['-1', '-1'],
      [
        ['0', 'not-improved'],
        ['0', 'not-improved'],
      ],
    ],
    [
      '8, 9, 7, held',
      'held',
      true,
      ['-1', '1'],
      [
        ['0', 'not-improved'],
        ['1', null],
      ],
    ],
    [
      '8, 6, 7, held, net',
      'held',
      false,
      ['2', '1'],
      [
        ['2', null],
        ['0', 'not-held'],
      ],
    ],
    [
      '8, 9, 9, held, net',
      'held',
      false,
      ['-1', '-1'],
      [
        ['-1', null],
        ['-1', null],
      ],
    ],
    [
      'nothing to hold',
      'held',
      true,
      [null, '1'],
      [
        ['0', null],
        ['1', null],
      ],
    ],
    [
      'held against the one that counted',
      'held',
      true,
      ['2', null, '1'],
      [
        ['2', null],
        ['0', null],
        ['0', 'not-held'],
      ],
    ],
    [
      'held against the one before, not the best',
      'held',
      true,
      ['3', '1', '2'],
      [
        ['3', null],
        ['0', 'not-held'],
        ['2', null],
      ],
    ],
    // average
    [
      '8, 6, 7, average',
      'average',
      true,
      ['2', '1'],
      [
        ['0', 'not-last'],
        ['1.5', null],
      ],
    ],
    [
      '8, 6, 7, average, net',
      'average',
      false,
      ['2', '1'],
      [
        ['0', 'not-last'],
        ['1.5', null],
      ],
    ],
    [
      '8, 9, 7, average',
      'average',
      true,
      ['-1', '1'],
      [
        ['0', 'not-last'],
        ['0.5', null],
      ],
    ],
    [
      '8, 9, 7, average, net',
      'average',
      false,
      ['-1', '1'],
      [
        ['0', 'not-last'],
        ['0', null],
      ],
    ],
    [
      '8, 9, 8, average',
      'average',
      true,
      ['-1', '0'],
      [
        ['0', 'not-last'],
        ['0', 'not-improved'],
      ],
    ],
    [
      'first missing, average',
      'average',
      true,
      [null, '2'],
      [
        ['0', null],
        ['1', null],
      ],
    ],
    [
      'last missing, average',
      'average',
      true,
      ['2', null],
      [
        ['0', 'not-last'],
        ['0', null],
      ],
    ],
    [
      'three, average',
      'average',
      true,
      ['1', '1', '2'],
      [
        ['0', 'not-last'],
        ['0', 'not-last'],
        ['4/3', null],
      ],
    ],
    // last
    [
      '8, 6, 7, last',
      'last',
      true,
      ['2', '1'],
      [
        ['0', 'not-last'],
        ['1', null],
      ],
    ],
    [
      '8, 6, 9, last',
      'last',
      true,
      ['2', '-1'],
      [
        ['0', 'not-last'],
        ['0', 'not-improved'],
      ],
    ],
    [
      '8, 6, 9, last, net',
      'last',
      false,
      ['2', '-1'],
      [
        ['0', 'not-last'],
        ['-1', null],
      ],
    ],
    [
      'last missing',
      'last',
      true,
      ['2', null],
      [
        ['0', 'not-last'],
        ['0', null],
      ],
    ],
  ])('%s', (_name, rule, floored, improvements, pays) => {
    expect(paid(rule, floored, improvements)).toEqual(pays);
  });

  const improvements = fc.array(
    fc.option(
      fc.integer({ min: -6, max: 6 }).map((n) => fraction(BigInt(n))),
      { nil: null },
    ),
    { maxLength: 5 },
  );
  const found = (list: readonly ({ numerator: bigint; denominator: bigint } | null)[]) =>
    list.filter((one) => one !== null);

  it('increments pay in all the best improvement, floored, and the last, net', () => {
    fc.assert(
      fc.property(improvements, (list) => {
        const pay = (floored: boolean) =>
          sum(
            WAVE_RULES.increment
              .combine(
                list.map((improvement) => ({ improvement })),
                floored,
              )
              .map(({ points }) => points),
          );
        expect(pay(true)).toEqual(found(list).reduce((a, b) => max(a, b), ZERO));
        expect(pay(false)).toEqual(found(list).at(-1) ?? ZERO);
      }),
    );
  });

  it('floored waves never take anything back, and a wave that pays nothing says why unless nothing counted', () => {
    fc.assert(
      fc.property(improvements, fc.constantFrom<WaveRuleId>(...WAVE_RULE_IDS), (list, rule) => {
        const pays = WAVE_RULES[rule].combine(
          list.map((improvement) => ({ improvement })),
          true,
        );
        pays.forEach(({ points, reason }, i) => {
          expect(isPositive(points) || points.numerator === 0n).toBe(true);
          expect(reason === null).toBe(isPositive(points) || list[i] === null);
        });
      }),
    );
  });

  it('a wave that comes to light never lowers what floored waves pay in all', () => {
    const total = (rule: WaveRuleId, list: readonly (typeof ZERO | null)[]) =>
      sum(
        WAVE_RULES[rule]
          .combine(
            list.map((improvement) => ({ improvement })),
            true,
          )
          .map(({ points }) => points),
      );
    fc.assert(
      fc.property(
        improvements.filter((list) => list.length > 0),
        fc.nat(),
        fc.integer({ min: -6, max: 6 }),
        fc.constantFrom<WaveRuleId>(...WAVE_RULE_IDS),
        (list, place, found, rule) => {
          const at = place % list.length;
          const before = list.map((one, i) => (i === at ? null : one));
          const after = list.map((one, i) => (i === at ? fraction(BigInt(found)) : one));
          expect(compare(total(rule, after), total(rule, before))).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
