import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvScanner } from './csv-scanner.js';

/** Reads a whole text through the scanner, in blocks of a given size. */
function scan(text: string, blockBytes: number): { records: string[][]; faults: string[] } {
  const source = Buffer.from(text, 'utf8');
  const scanner = new CsvScanner(1 << 16, blockBytes);
  const records: string[][] = [];
  const faults: string[] = [];
  for (let at = 0; ;) {
    const copied = source.copy(scanner.buffer(), 0, at, at + blockBytes);
    scanner.filled(copied);
    at += copied;
    while (scanner.next()) {
      if (scanner.fault !== null) faults.push(scanner.fault);
      const cells: string[] = [];
      for (let cell = 0; cell < scanner.cells; cell += 1)
        cells.push(scanner.bytes.toString('utf8', scanner.starts[cell], scanner.ends[cell]));
      records.push(cells);
    }
    if (copied === 0) return { records, faults };
  }
}

const cell = fc.string({
  unit: fc.constantFrom('a', 'é', '😀', '"', ',', ' ', '\n', '\r', '0', "'"),
  maxLength: 6,
});
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const written = fc.tuple(cell, fc.boolean()).map(([text, always]) => ({
  text,
  source: always || /[",\r\n]/.test(text) ? quoted(text) : text,
}));
const table = fc.array(fc.array(written, { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 8,
});
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

/** What csv-parse makes of a text; null where it refuses. */
function parsed(text: string): string[][] | null {
  try {
    return parse(text, { relax_column_count: true, record_delimiter: '\n' });
  } catch {
    return null;
  }
}

describe('the CSV scanner', () => {
  it('reads what was written, however the blocks fall', () => {
    fc.assert(
      fc.property(
        table,
        lineEnd,
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        (rows, end, last, block) => {
          const text = rows.map((row) => row.map(({ source }) => source).join(',')).join(end);
          const { records, faults } = scan(last ? text + end : text, block);
          const spaceless = (value: string) => value.replace(/^ +| +$/g, '');
          const expected = rows.map((row) => row.map(({ text: value }) => spaceless(value)));
          if (!last && text.endsWith(end)) expected.pop();
          if (
            !last &&
            rows.at(-1)!.length === 1 &&
            rows.at(-1)![0]!.source === '' &&
            expected.length === rows.length
          )
            expected.pop();
          expect(records).toEqual(expected);
          expect(faults).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('agrees with csv-parse about any text at all: the same cells, or a fault', () => {
    const any = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é'), maxLength: 30 });
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 12 }), (text, block) => {
        const expected = parsed(text);
        const { records, faults } = scan(text, block);
        if (expected === null) expect(faults).not.toEqual([]);
        else expect({ records, faults }).toEqual({ records: expected, faults: [] });
      }),
      { numRuns: 5000 },
    );
  });

  it('stops at a record that is longer than any row can be, and at a quote without an end', () => {
    expect(scan('a'.repeat(70_000), 4096).faults).toEqual(['too-long']);
    expect(scan(`a,"${'b\n'.repeat(40_000)}`, 4096).faults).toEqual(['too-long']);
    expect(scan('a,"b\nc,d\n', 4).faults).toEqual(['quote-unclosed']);
  });
});
