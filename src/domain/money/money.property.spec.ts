import fc from 'fast-check';
import { CURRENCIES, type Currency } from './currency.js';
import { formatAmount, formatMoney, minus, money, NotAnAmount, parseMoney, plus } from './money.js';

/** Up to twenty-four digits, which is more money than there is. */
const minor = fc.bigInt({ min: -(10n ** 24n) + 1n, max: 10n ** 24n - 1n });
const currency = fc.constantFrom(...(Object.keys(CURRENCIES) as Currency[]));

describe('any amount of money', () => {
  it('comes back from its text unchanged', () => {
    fc.assert(
      fc.property(minor, currency, (m, c) => {
        expect(parseMoney(formatAmount(money(m, c)), c)).toEqual(money(m, c));
      }),
    );
  });

  it('is spoken with the digits it is written with', () => {
    fc.assert(
      fc.property(minor, currency, (m, c) => {
        const spoken = formatMoney(money(m, c));
        expect(spoken.replace(CURRENCIES[c].symbol, '').replaceAll(',', '')).toBe(
          formatAmount(money(m, c)),
        );
      }),
    );
  });

  it('is unchanged by adding and taking away the same', () => {
    fc.assert(
      fc.property(minor, minor, currency, (a, b, c) => {
        expect(minus(plus(money(a, c), money(b, c)), money(b, c))).toEqual(money(a, c));
      }),
    );
  });

  it('is read exactly or refused, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[-+]?[0-9., e£]{0,12}$/),
      fc.double().map(String),
    );
    fc.assert(
      fc.property(typed, currency, (text, c) => {
        try {
          const [whole, decimals = ''] = formatAmount(parseMoney(text, c)).split('.');
          expect(BigInt(whole!.replace('-', '') + decimals)).toBe(
            BigInt(
              text.replace(/[-.]/g, '') +
                '0'.repeat(decimals.length - (text.split('.')[1]?.length ?? 0)),
            ),
          );
        } catch (error) {
          expect(error).toBeInstanceOf(NotAnAmount);
        }
      }),
    );
  });
});
