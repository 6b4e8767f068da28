import { prefersCsv } from './prefers-csv.js';

describe('which form of a statement is asked for', () => {
  it.each([
    [undefined, false],
    ['*/*', false],
    ['application/json', false],
    ['text/csv', true],
    ['TEXT/CSV; charset=utf-8', true],
    ['text/*', true],
    ['text/csv, application/json', false],
    ['text/csv, application/json;q=0.9', true],
    ['text/csv;q=0.1, application/json;q=0.2', false],
    ['text/csv;q=0', false],
    ['text/html, text/csv;q=0.5, */*;q=0.1', true],
  ])('%s: %s', (accept, csv) => expect(prefersCsv(accept)).toBe(csv));
});
