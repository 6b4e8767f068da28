import { z } from 'zod';
import type { CivilDate } from '../calendar/civil-date.js';
import { day } from '../calendar/civil-date.schema.js';
import { dateInWords } from '../calendar/date-in-words.js';
import { amountFaults } from '../money/amount-faults.js';
import type { Currency } from '../money/currency.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import type { Fault } from '../shared/domain-error.js';

/**
 * A price that changes by itself on days agreed at the start, within one edition of the terms: outcomes from each day on
 * are paid at its price, and those before it at the one before, whenever they come to light. Refused: a price that is no
 * amount, days out of their order, and a price that is that of the days before, so that nothing would change.
 */
export const laterPricesSchema = z
  .array(
    z.strictObject({
      from: day.describe('First day of the outcomes it applies to.'),
      price: z.string().describe('The price from that day on: "420.00".'),
    }),
  )
  .min(1)
  .optional()
  .describe('Later prices, each from an agreed day on, by the day of the outcome.');
export type LaterPrices = z.infer<typeof laterPricesSchema>;

/** The price in force on a day. */
export interface PriceOnDay {
  readonly minor: bigint;
  /** "£420.00", or "£420.00, the price from 2025-04-01" where it is a later one. */
  readonly inWords: string;
}

/** Opens prices for the days of outcomes. */
export function openPrices(
  first: string,
  later: LaterPrices,
  currency: Currency,
): (on: CivilDate) => PriceOnDay {
  const read = (price: string, from: string | null): PriceOnDay => {
    const { minor } = parseMoney(price, currency);
    const pounds = formatMoney(money(minor, currency));
    return { minor, inWords: from === null ? pounds : `${pounds}, the price from ${from}` };
  };
  const atFirst = read(first, null);
  if (later === undefined) return () => atFirst;
  const steps = later.map(({ from, price }) => ({ from, price: read(price, from) }));
  return (on) => steps.findLast(({ from }) => from <= on)?.price ?? atFirst;
}

/** "£400.00 (£420.00 from 1 April 2025)", for term sheets. */
export function pricesInWords(first: string, later: LaterPrices, currency: Currency): string {
  const pounds = (price: string) => formatMoney(parseMoney(price, currency));
  if (later === undefined) return pounds(first);
  const then = later.map(({ from, price }) => `${pounds(price)} from ${dateInWords(from)}`);
  return `${pounds(first)} (${then.join(', ')})`;
}

/** What contradicts itself among the prices of a rule; `at` is the place of the first. */
export function priceFaults(
  at: string,
  first: string,
  later: LaterPrices,
  currency: Currency,
): Fault[] {
  const own = amountFaults(at, first, currency, 'PRICE_NEGATIVE');
  const steps = (later ?? []).flatMap(({ from, price }, index): Fault[] => {
    const place = `/laterPrices/${index}`;
    const before = later![index - 1];
    const unreadable = amountFaults(`${place}/price`, price, currency, 'PRICE_NEGATIVE');
    return [
      ...unreadable,
      ...(before !== undefined && from <= before.from
        ? [
            {
              at: `${place}/from`,
              code: 'PRICES_OUT_OF_ORDER',
              detail: `This price begins on ${from}, not after the one before it. List prices by date.`,
            },
          ]
        : []),
      ...(unreadable.length === 0 && isSame(price, before?.price ?? first, currency)
        ? [
            {
              at: `${place}/price`,
              code: 'PRICE_UNCHANGED',
              detail: `"${price}" is the price of the days before, so that nothing changes on ${from}. Correct it, or remove it.`,
            },
          ]
        : []),
    ];
  });
  return [...own, ...steps];
}

const isSame = (price: string, before: string, currency: Currency): boolean =>
  amountFaults('', before, currency).length === 0 &&
  parseMoney(price, currency).minor === parseMoney(before, currency).minor;
