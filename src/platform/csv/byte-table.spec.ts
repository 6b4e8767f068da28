import fc from 'fast-check';
import { ByteTable } from './byte-table.js';

describe('a table of byte keys', () => {
  it('numbers texts as a map would, in the order in which they come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 5, unit: 'binary' }), { maxLength: 3000 }),
        (texts) => {
          const table = new ByteTable();
          const map = new Map<string, number>();
          for (const text of texts) {
            const bytes = Buffer.from(text.toWellFormed(), 'utf8');
            const key = bytes.toString('utf8');
            expect(table.find(bytes, 0, bytes.length)).toBe(map.get(key) ?? -1);
            if (!map.has(key)) map.set(key, map.size);
            expect(table.add(bytes, 0, bytes.length)).toBe(map.get(key));
          }
          expect(table.size).toBe(map.size);
          for (const [key, number] of map) expect(table.text(number)).toBe(key);
        },
      ),
      { numRuns: 50 },
    );
  });
});
