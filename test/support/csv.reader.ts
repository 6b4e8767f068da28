import { parse } from 'csv-parse/sync';

/** A statement's CSV as records. */
export const readCsv = (text: string): Record<string, string>[] =>
  parse(text, { columns: true, record_delimiter: '\r\n' });
