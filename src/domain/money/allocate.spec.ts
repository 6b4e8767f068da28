import { allocate } from './allocate.js';
import { parseFraction } from './fraction.js';

const split = (amount: bigint, ...shares: string[]) => allocate(amount, shares.map(parseFraction));

describe('splitting an amount by exact shares', () => {
  it.each<[string, bigint, string[], bigint[]]>([
    ['7p at 60/25/15', 7n, ['60%', '25%', '15%'], [4n, 2n, 1n]],
    ['15p at 80/8/12', 15n, ['80%', '8%', '12%'], [12n, 1n, 2n]],
    ['£660.00 at 445:275', 66000n, ['445/720', '275/720'], [40792n, 25208n]],
    ['£1,320.00 at 445:275', 132000n, ['445/720', '275/720'], [81583n, 50417n]],
    ['1p in three, to the earliest', 1n, ['1/3', '1/3', '1/3'], [1n, 0n, 0n]],
    ['2p in three, to the two earliest', 2n, ['1/3', '1/3', '1/3'], [1n, 1n, 0n]],
    ['£100.00 in three', 10000n, ['1/3', '1/3', '1/3'], [3334n, 3333n, 3333n]],
    ['1p at halves', 1n, ['1/2', '1/2'], [1n, 0n]],
    ['nothing', 0n, ['60%', '40%'], [0n, 0n]],
    ['all to one', 12345n, ['1'], [12345n]],
    ['a payer of nought', 7n, ['0', '1'], [0n, 7n]],
    ['the largest remainder, though it is later', 10n, ['0.11', '0.89'], [1n, 9n]],
    ['beyond 2^53', 9007199254740993n, ['1/2', '1/2'], [4503599627370497n, 4503599627370496n]],
  ])('%s', (_name, amount, shares, parts) => {
    expect(split(amount, ...shares)).toEqual(parts);
    expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount);
  });

  it.each([
    [7n, ['60%', '25%', '15%']],
    [1n, ['1/3', '1/3', '1/3']],
    [66000n, ['445/720', '275/720']],
  ] as const)('takes back the very pennies it gave: -%sp', (amount, shares) => {
    expect(split(-amount, ...shares)).toEqual(split(amount, ...shares).map((part) => -part));
  });

  it.each<[string, string[]]>([
    ['no share', []],
    ['shares of more than all', ['60%', '41%']],
    ['shares of less than all', ['60%', '39%']],
  ])('stops at %s', (_name, shares) => {
    expect(() => split(100n, ...shares)).toThrow('Assertion failed');
  });
});
