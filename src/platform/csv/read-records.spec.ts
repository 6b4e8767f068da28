import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readRecords } from './read-records.js';

describe('reading the records of a file', () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'outturn-records-'));
  afterAll(() => fs.rmSync(dir, { recursive: true }));

  const read = async (text: string) => {
    const file = path.join(dir, 'file.csv');
    fs.writeFileSync(file, text);
    const seen: string[] = [];
    await readRecords(
      file,
      ({ row, fault, bytes, starts, ends }) =>
        seen.push(`${row} ${fault ?? bytes.toString('utf8', starts[0], ends[0])}`),
      async () => Promise.resolve(),
    );
    return seen;
  };

  // wherever in a block it begins, and however many blocks come after
  const before = [0, 1, 30_000, 32_767, 32_768, 40_000];
  const after = [0, 100, 65_000, 65_536, 70_000, 131_072, 140_000, 300_000];
  it.each(before.flatMap((rows) => after.map((bytes) => [rows, bytes] as const)))(
    'after %i of them gives up one that does not end in the %i bytes after it',
    async (rows, bytes) => {
      const seen = await read(`${'x\n'.repeat(rows)}"${'y\n'.repeat(bytes / 2)}`);
      expect(seen).toHaveLength(rows + 1);
      expect(seen.slice(0, rows)).toEqual(Array.from({ length: rows }, (_, i) => `${i + 1} x`));
      expect(seen.at(-1)).toMatch(`${rows + 1} ${bytes >= 65_536 ? 'too-long' : 'quote-unclosed'}`);
    },
  );

  it('passes over a byte order mark, and takes the last line without an end', async () => {
    expect(await read('\ufeffa\nb')).toEqual(['1 a', '2 b']);
    expect(await read('')).toEqual([]);
  });
});
