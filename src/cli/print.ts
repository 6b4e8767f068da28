import Table from 'cli-table3';
import type { Terminal } from './terminal.js';

/** A value as JSON on one line; amounts that are still bigint are texts, as in every JSON of ours. */
export const toJson = (value: unknown): string =>
  `${JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? String(member) : member))}\n`;

/** Prints a result: as JSON where it was asked for, else in words. */
export function print(
  terminal: Terminal,
  asJson: boolean,
  value: unknown,
  inWords: () => string,
): void {
  terminal.out(asJson ? toJson(value) : `${inWords()}\n`);
}

/** Rows under headings; columns named in `right` are set to the right, as figures are. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const shown = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, index) => (right.includes(index) ? 'right' : 'left')),
  });
  shown.push(...rows.map((row) => [...row]));
  return shown.toString();
}
