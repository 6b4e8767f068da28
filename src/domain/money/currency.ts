/** Currencies a contract may be written in, and how many decimal places their minor unit has (ISO 4217). */
export const CURRENCIES = {
  GBP: { symbol: '£', places: 2 },
  EUR: { symbol: '€', places: 2 },
  USD: { symbol: '$', places: 2 },
  AUD: { symbol: 'A$', places: 2 },
  JPY: { symbol: '¥', places: 0 },
} as const satisfies Record<string, { symbol: string; places: number }>;

export type Currency = keyof typeof CURRENCIES;
