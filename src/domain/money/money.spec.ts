import { DomainError } from '../shared/domain-error.js';
import type { Currency } from './currency.js';
import {
  formatAmount,
  formatMoney,
  minus,
  money,
  NotAnAmount,
  nothing,
  parseMoney,
  plus,
} from './money.js';

describe('an amount of money', () => {
  it.each<[string, Currency, bigint]>([
    ['660', 'GBP', 66000n],
    ['660.5', 'GBP', 66050n],
    ['660.00', 'GBP', 66000n],
    ['0.01', 'GBP', 1n],
    ['-1320.00', 'GBP', -132000n],
    ['-0.01', 'GBP', -1n],
    ['0', 'GBP', 0n],
    ['-0.00', 'GBP', 0n],
    ['007.50', 'GBP', 750n],
    // Beyond 2^53 pence, where a float would already have lost the last one.
    ['90071992547409.93', 'GBP', 9007199254740993n],
    ['123456789012345678901234.56', 'GBP', 12345678901234567890123456n],
    ['660', 'JPY', 660n],
    ['-7', 'JPY', -7n],
  ])('%s %s is read exactly', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toEqual({ minor, currency });
  });

  it.each<[string, string, Currency]>([
    ['half a penny', '0.005', 'GBP'],
    ['a third decimal, though it is nought', '1.000', 'GBP'],
    ['decimals of a currency that has none', '1.5', 'JPY'],
    ['a thousands separator', '1,320.00', 'GBP'],
    ['a continental comma', '1320,00', 'GBP'],
    ['a currency sign', '£660', 'GBP'],
    ['scientific notation', '1e3', 'GBP'],
    ['not a number', 'NaN', 'GBP'],
    ['infinity', 'Infinity', 'GBP'],
    ['a hexadecimal', '0x10', 'GBP'],
    ['a blank', '', 'GBP'],
    ['a space', ' ', 'GBP'],
    ['spaces around', ' 660 ', 'GBP'],
    ['a line end', '660\n', 'GBP'],
    ['a plus sign', '+660', 'GBP'],
    ['two signs', '--660', 'GBP'],
    ['no pounds before the point', '.50', 'GBP'],
    ['no pence after the point', '660.', 'GBP'],
    ['two points', '6.6.0', 'GBP'],
    ['full-width digits', '６６０', 'GBP'],
    ['Arabic digits', '٦٦٠', 'GBP'],
    ['brackets for a negative', '(660.00)', 'GBP'],
    ['a true minus sign', '−660', 'GBP'],
  ])('is refused where it is %s', (_name, text, currency) => {
    expect(() => parseMoney(text, currency)).toThrow(NotAnAmount);
  });

  it('is refused in a sentence that says what to write', () => {
    const refusal = (() => {
      try {
        return parseMoney('0.005', 'GBP');
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(DomainError);
    expect((refusal as NotAnAmount).message).toBe(
      '"0.005" is not an amount in GBP. Write digits with at most 2 decimals, such as 660.00.',
    );
  });

  it('says of a currency without pence that there are none', () => {
    expect(() => parseMoney('1.5', 'JPY')).toThrow(
      '"1.5" is not an amount in JPY. Write whole digits, such as 660.',
    );
  });

  it('does not repeat an endless text back', () => {
    const endless = '9'.repeat(1_000_000) + 'x';
    const thrown = (() => {
      try {
        return parseMoney(endless, 'GBP');
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(NotAnAmount);
    expect((thrown as Error).message.length).toBeLessThan(300);
  });

  it.each<[bigint, Currency, string, string]>([
    [0n, 'GBP', '0.00', '£0.00'],
    [1n, 'GBP', '0.01', '£0.01'],
    [-1n, 'GBP', '-0.01', '-£0.01'],
    [10n, 'GBP', '0.10', '£0.10'],
    [-132000n, 'GBP', '-1320.00', '-£1,320.00'],
    [99999n, 'GBP', '999.99', '£999.99'],
    [100000n, 'GBP', '1000.00', '£1,000.00'],
    [333200000n, 'GBP', '3332000.00', '£3,332,000.00'],
    [9007199254740993n, 'GBP', '90071992547409.93', '£90,071,992,547,409.93'],
    [1000n, 'JPY', '1000', '¥1,000'],
    [-1234567n, 'JPY', '-1234567', '-¥1,234,567'],
    [0n, 'JPY', '0', '¥0'],
  ])(
    '%s minor units of %s are written %s in data and %s in sentences',
    (minor, currency, plain, spoken) => {
      expect(formatAmount(money(minor, currency))).toBe(plain);
      expect(formatMoney(money(minor, currency))).toBe(spoken);
    },
  );

  it('adds and subtracts only within a currency', () => {
    expect(plus(money(1n, 'GBP'), money(2n, 'GBP'))).toEqual(money(3n, 'GBP'));
    expect(minus(money(1n, 'GBP'), money(2n, 'GBP'))).toEqual(money(-1n, 'GBP'));
    expect(() => plus(nothing('GBP'), nothing('EUR'))).toThrow();
    expect(() => minus(nothing('GBP'), nothing('EUR'))).toThrow();
  });
});
