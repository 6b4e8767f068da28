import { assert } from '../shared/assert.js';
import { DomainError } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import { CURRENCIES, type Currency } from './currency.js';

/** An amount of money: an integer of minor units (pence) with its currency (ruling 1). */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/** Thrown when an amount cannot be held exactly: too many decimals, not a plain decimal, a thousands separator. */
export class NotAnAmount extends DomainError {
  constructor(
    readonly text: string,
    readonly currency: Currency,
  ) {
    const { places } = CURRENCIES[currency];
    const remedy =
      places === 0
        ? 'Write whole digits, such as 660.'
        : `Write digits with at most ${places} decimals, such as 660.00.`;
    super({
      code: 'NOT_AN_AMOUNT',
      kind: 'invalid',
      detail: `"${excerpt(text)}" is not an amount in ${currency}. ${remedy}`,
    });
  }
}

export const money = (minor: bigint, currency: Currency): Money => ({ minor, currency });
export const nothing = (currency: Currency): Money => ({ minor: 0n, currency });

/** Reads "660", "660.5" or "-1320.00" exactly; refuses a fraction of a minor unit rather than rounding it away. */
export function parseMoney(text: string, currency: Currency): Money {
  const { places } = CURRENCIES[currency];
  const match = /^(-?)(\d{1,24})(?:\.(\d{1,9}))?$/.exec(text);
  if (!match || (match[3]?.length ?? 0) > places) throw new NotAnAmount(text, currency);
  const minor = BigInt(match[2]! + (match[3] ?? '').padEnd(places, '0'));
  return { minor: match[1] ? -minor : minor, currency };
}

/** "1320.00": the form that JSON, CSV and terms use. */
export function formatAmount(value: Money): string {
  const { places } = CURRENCIES[value.currency];
  const digits = (value.minor < 0n ? -value.minor : value.minor)
    .toString()
    .padStart(places + 1, '0');
  const sign = value.minor < 0n ? '-' : '';
  return places === 0
    ? sign + digits
    : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** "£1,320.00": the form that sentences and tables use. A minus sign stands before the symbol. */
export function formatMoney(value: Money): string {
  const [whole, decimals] = formatAmount(value).replace('-', '').split('.') as [string, string?];
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const sign = value.minor < 0n ? '-' : '';
  return `${sign}${CURRENCIES[value.currency].symbol}${grouped}${decimals === undefined ? '' : `.${decimals}`}`;
}

export function plus(a: Money, b: Money): Money {
  assert(a.currency === b.currency, `cannot add ${a.currency} and ${b.currency}`);
  return { minor: a.minor + b.minor, currency: a.currency };
}

export function minus(a: Money, b: Money): Money {
  assert(a.currency === b.currency, `cannot subtract ${b.currency} from ${a.currency}`);
  return { minor: a.minor - b.minor, currency: a.currency };
}
