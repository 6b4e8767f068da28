import { formatExactAmount } from './exact-amount.js';

it.each([
  ['0', '0.00'],
  ['132000', '1320.00'],
  ['-5', '-0.05'],
  ['1/2', '0.005'],
  ['200/3', '2/3'],
])('%s pence is %s', (minor, amount) => expect(formatExactAmount(minor, 'GBP')).toBe(amount));

it('knows currencies without minor units', () => {
  expect(formatExactAmount('1320', 'JPY')).toBe('1320');
  expect(formatExactAmount('1/2', 'JPY')).toBe('0.5');
});
