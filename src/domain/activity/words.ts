import { dateInWords } from '../calendar/date-in-words.js';
import { CURRENCIES, type Currency } from '../money/currency.js';
import { formatMoney, money } from '../money/money.js';
import type { AuditPayloads, AuditType } from '../audit/entry-types.js';

/** How people are called in sentences, and who of them acted. */
export interface Words {
  /** "Cora Council", or what a reader may see of who it is. */
  readonly name: (personId: string) => string;
  /** "their" where the person is who acted, else "Cora Council's". */
  readonly whose: (personId: string) => string;
}

/** What an act of each of these types is in words, without who acted: "submitted claim 2: 3 lines, £3,960.00". */
export type Sentences<Type extends AuditType> = {
  readonly [One in Type]: (payload: AuditPayloads[One], words: Words) => string;
};

/** "3 lines", "1 line", "no lines". */
export function counted(number: number, one: string, many = `${one}s`): string {
  if (number === 1) return `1 ${one}`;
  return `${number === 0 ? 'no' : grouped(number)} ${many}`;
}

const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** "£3,960.00"; an amount that is none, of a trail that somebody changed, is left as it is written. */
export function amountInWords(minor: string, currency: string): string {
  if (!Object.hasOwn(CURRENCIES, currency) || !/^-?\d{1,30}$/.test(minor))
    return `${minor} ${currency}`;
  return formatMoney(money(BigInt(minor), currency as Currency));
}

export const day = dateInWords;

/** "name, phone and postcode". */
export function listed(items: readonly string[]): string {
  const [last = 'nothing', ...before] = [...items].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}
