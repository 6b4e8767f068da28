import fc from 'fast-check';
import {
  formatFraction,
  fraction,
  isPositive,
  max,
  parseFraction,
  sum,
  ZERO,
} from '../../money/fraction.js';
import { WAVE_RULES, type WaveRuleId } from './registry.js';

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
      fc.property(
        improvements,
        fc.constantFrom<WaveRuleId>('independent', 'increment'),
        (list, rule) => {
          const pays = WAVE_RULES[rule].combine(
            list.map((improvement) => ({ improvement })),
            true,
          );
          pays.forEach(({ points, reason }, i) => {
            expect(isPositive(points) || points.numerator === 0n).toBe(true);
            expect(reason === null).toBe(isPositive(points) || list[i] === null);
          });
        },
      ),
    );
  });
});
