import {
  add,
  compare,
  divide,
  equals,
  formatFraction,
  fraction,
  max,
  min,
  multiply,
  NotAFraction,
  parseFraction,
  subtract,
  sum,
} from './fraction.js';

describe('an exact number', () => {
  it.each<[string, bigint, bigint]>([
    ['12', 12n, 1n],
    ['-3', -3n, 1n],
    ['0', 0n, 1n],
    ['-0', 0n, 1n],
    ['0.25', 1n, 4n],
    ['-0.25', -1n, 4n],
    ['0.1', 1n, 10n],
    ['445/720', 89n, 144n],
    ['-6/4', -3n, 2n],
    ['6 / 4', 3n, 2n],
    ['25%', 1n, 4n],
    ['0.5%', 1n, 200n],
    ['99.99%', 9999n, 10000n],
    ['100%', 1n, 1n],
    ['9007199254740993', 9007199254740993n, 1n],
  ])('%s is read as %s/%s', (text, numerator, denominator) => {
    expect(parseFraction(text)).toEqual({ numerator, denominator });
  });

  it.each([
    '',
    ' ',
    'NaN',
    'Infinity',
    '1e3',
    '0x10',
    '1,000',
    '1.2.3',
    '.5',
    '5.',
    '1/0',
    '1/-2',
    '1.5/2',
    '1/2/3',
    '+1',
    '--1',
    '٣',
    '１',
    '25 %',
    '%',
    '1_000',
    '12\n',
  ])('%j is refused', (text) => {
    expect(() => parseFraction(text)).toThrow(NotAFraction);
  });

  it('is refused with the text and with what to write instead', () => {
    expect(() => parseFraction('1e3')).toThrow(
      expect.objectContaining({
        code: 'NOT_A_FRACTION',
        kind: 'invalid',
        message: '"1e3" is not an exact number. Write it as 12, -3, 0.25, 445/720 or 25%.',
        text: '1e3',
      }) as Error,
    );
    expect(() => fraction(7n, 0n)).toThrow('"7/0"');
  });

  it('is kept in lowest terms with a positive denominator', () => {
    expect(fraction(6n, -4n)).toEqual({ numerator: -3n, denominator: 2n });
    expect(fraction(0n, -7n)).toEqual({ numerator: 0n, denominator: 1n });
    expect(() => fraction(1n, 0n)).toThrow();
  });

  it.each([
    ['2', '2'],
    ['-2.50', '-2.5'],
    ['0.375', '0.375'],
    ['1/8', '0.125'],
    ['1/3', '1/3'],
    ['-1/3', '-1/3'],
    ['445/720', '89/144'],
    ['1/1024', '0.0009765625'],
    ['-1/200', '-0.005'],
    ['0/5', '0'],
  ])('%s is written %s', (text, written) => {
    expect(formatFraction(parseFraction(text))).toBe(written);
  });

  it('does what arithmetic does, exactly', () => {
    const [tenth, fifth, third] = [
      parseFraction('0.1'),
      parseFraction('0.2'),
      parseFraction('1/3'),
    ];
    expect(add(tenth, fifth)).toEqual(parseFraction('0.3')); // which floats famously miss
    expect(subtract(tenth, fifth)).toEqual(parseFraction('-0.1'));
    expect(multiply(third, parseFraction('3'))).toEqual(parseFraction('1'));
    expect(divide(tenth, parseFraction('-0.2'))).toEqual(parseFraction('-0.5'));
    expect(sum([third, third, third])).toEqual(parseFraction('1'));
    expect(sum([])).toEqual(parseFraction('0'));
    expect(compare(tenth, fifth)).toBeLessThan(0);
    expect(equals(parseFraction('2/4'), parseFraction('50%'))).toBe(true);
    expect(equals(tenth, fifth)).toBe(false);
    expect(max(tenth, fifth)).toEqual(fifth);
    expect(min(tenth, fifth)).toEqual(tenth);
    expect(() => divide(tenth, parseFraction('0'))).toThrow();
  });
});
