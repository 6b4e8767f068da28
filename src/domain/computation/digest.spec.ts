import { createHash } from 'node:crypto';
import { civilDate } from '../calendar/civil-date.js';
import { fraction } from '../money/fraction.js';
import { LineDigest } from './digest.js';
import { encodeLine, type PaymentLine } from './payment-line.js';

const aLine = (explanation: string): PaymentLine => ({
  participant: 'P-1',
  cohort: 'all',
  termsNumber: 1,
  clause: '4.1',
  metric: 'ucla',
  occurrence: '6m',
  revision: 1,
  kind: 'payment',
  outcomeOn: civilDate('2015-12-10'),
  quantity: fraction(2n),
  unit: 'point',
  rateMinor: 66_000n,
  uncappedMinor: 132_000n,
  amountMinor: 132_000n,
  withheldMinor: 0n,
  parts: new Map([['council', 132_000n]]),
  reason: null,
  steps: [],
  evidence: [],
  corrects: null,
  explanation,
});
const digestOf = (lines: readonly PaymentLine[]): string => {
  const digest = new LineDigest();
  for (const line of lines) digest.add(line);
  return digest.finish().toString('hex');
};
const times = (many: number, explanation: string) =>
  Array.from({ length: many }, (_, n) => aLine(`${n} ${explanation}`));

/** A witness needs nothing but the lines: SHA-256 over their canonical bytes, a line feed after each. */
const hashOf = (lines: readonly PaymentLine[]): string =>
  createHash('sha256')
    .update(lines.map((line) => `${encodeLine(line)}\n`).join(''), 'utf8')
    .digest('hex');

describe('the digest of a computation', () => {
  it.each<[string, PaymentLine[]]>([
    ['no line', []],
    ['one line', times(1, 'two points')],
    ['lines that are gathered several times over', times(500, 'two points at £660.00 each')],
    [
      'signs of three bytes, which fill the room sooner than their number says',
      times(300, '€'.repeat(150)),
    ],
    ['a line longer than the room in which lines are gathered', times(1, 'x'.repeat(70_000))],
    [
      'long lines of signs of three bytes between short ones',
      [...times(3, 'short'), ...times(2, '€'.repeat(30_000)), ...times(3, 'short')],
    ],
    ['a line that would just fit if its signs were letters', times(4, '€'.repeat(20_000))],
  ])('of %s is that of their bytes', (_what, lines) => expect(digestOf(lines)).toBe(hashOf(lines)));

  it('is the one that everybody knows for nothing', () => {
    expect(digestOf([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});
