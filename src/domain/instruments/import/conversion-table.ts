import type { Fault } from '../../shared/domain-error.js';
import { excerpt } from '../../shared/excerpt.js';
import type { Conversion } from '../instrument.js';
import { ImportRefused } from './import-refused.js';

/** A row of a file, by its heading. */
export type Row = Readonly<Record<string, string>>;

/**
 * Reads a conversion table from the columns raw (the sum of the answers) and score. Refuses ImportRefused with every row
 * that cannot be read; whether the table is whole and in order is checked with the instrument.
 */
export function readConversion(rows: readonly Row[]): Conversion[] {
  const faults: Fault[] = [];
  const table = rows.map((row, index) => {
    const [raw = '', score = ''] = [row['raw']?.trim(), row['score']?.trim()];
    const refuse = (column: string, text: string, what: string) =>
      faults.push({
        at: `row ${index + 2}, ${column}`,
        code: 'CONVERSION_UNREADABLE',
        detail: `"${excerpt(text)}" is not ${what}. The columns are raw and score.`,
      });
    if (!/^-?\d{1,9}$/.test(raw)) refuse('raw', raw, 'a whole number');
    if (!/^-?\d{1,9}(\.\d{1,4})?$/.test(score)) refuse('score', score, 'a number such as 19.98');
    return { raw: Number(raw), score };
  });
  if (rows.length < 2)
    faults.push({
      at: '',
      code: 'CONVERSION_UNREADABLE',
      detail: 'A conversion table has a heading "raw,score" and a row for every sum.',
    });
  if (faults.length > 0) throw new ImportRefused(faults);
  return table;
}
