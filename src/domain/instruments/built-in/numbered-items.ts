import type { Item } from '../instrument.js';

/** Items of an instrument whose wording is licensed: their numbers, and the numbers of their answers. */
export const numberedItems = (count: number, values: readonly number[]): Item[] =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index + 1),
    options: values.map((value) => ({ value })),
  }));
