import { DomainError, type Fault } from '../shared/domain-error.js';
import type { Currency } from './currency.js';
import { formatMoney, money, parseMoney } from './money.js';

/** Far more than any contract pays, and little enough that sums of a million lines stay within the record's integers. */
const MOST_MINOR = 10n ** 14n;

/** What keeps a text from being a price, a cap or another amount of a contract: an amount of the currency, nil or more. */
export function amountFaults(
  at: string,
  text: string,
  currency: Currency,
  ifNegative = 'AMOUNT_NEGATIVE',
): Fault[] {
  const refuse = (code: string, detail: string): Fault[] => [{ at, code, detail }];
  try {
    const { minor } = parseMoney(text, currency);
    if (minor < 0n)
      return refuse(ifNegative, `"${text}" is negative. Write nil or more, such as 660.00.`);
    if (minor > MOST_MINOR)
      return refuse(
        'AMOUNT_TOO_LARGE',
        `"${text}" is more than ${formatMoney(money(MOST_MINOR, currency))}, the most that is held here.`,
      );
    return [];
  } catch (error) {
    if (error instanceof DomainError) return refuse(error.code, error.message);
    throw error;
  }
}
