import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  firstOtherBlock,
  RowsCommitment,
  ROWS_IN_BLOCK,
  rowText,
  type RowsCommitted,
} from './rows-commitment.js';

type Row = readonly [reference: string, text: string, day: number];
const SALT = Buffer.alloc(32, 7);

/** Row by row, as whoever reads what is stored does. */
function committed(rows: readonly Row[], salt = SALT): RowsCommitted {
  const commitment = new RowsCommitment(salt);
  let before: string | null = null;
  for (const [reference, text, day] of rows) {
    if (reference !== before) commitment.subject(reference);
    before = reference;
    commitment.say(text, day);
  }
  return commitment.finish();
}

const sha256 = (...parts: readonly (string | Uint8Array)[]) =>
  parts
    .reduce<ReturnType<typeof createHash>>((h, part) => h.update(part), createHash('sha256'))
    .digest();

describe('what an import commits to', () => {
  it('is written as its description says', () => {
    const block = Buffer.concat([
      Buffer.from([0]),
      SALT,
      Buffer.from(
        'P\0\0\0\x03P-1T\0\0\0\x01xR\0\0\0\0\0\0\0\x02R\0\0\0\0\xff\xff\xff\xff',
        'latin1',
      ),
      Buffer.from('P\0\0\0\x03\xc3\xa91T\0\0\0\x01yR\0\0\0\x01\0\0\x16\x11', 'latin1'),
    ]);
    const rows: Row[] = [
      ['P-1', 'x', 2],
      ['P-1', 'x', -1],
      ['é1', 'y', 5649],
    ];
    const { rowsHash, blocks } = committed(rows);
    expect(Buffer.from(blocks)).toEqual(sha256(block));
    expect(rowsHash).toBe(sha256(Buffer.of(1), sha256(block)).toString('hex'));
  });

  it('of nothing is the digest of no block', () => {
    const { rowsHash, blocks } = committed([]);
    expect(blocks).toHaveLength(0);
    expect(rowsHash).toBe(sha256(Buffer.of(1)).toString('hex'));
  });

  it('ends a block with the rows of whoever it is about, and says every text anew in each', () => {
    const many = Array.from({ length: 2 * ROWS_IN_BLOCK }, (_, at): Row => [`P-${at}`, 'x', at]);
    expect(committed(many).blocks).toHaveLength(2 * 32);
    const ofOne = many.map(([, text, day]): Row => ['P-0', text, day]);
    expect(committed(ofOne).blocks).toHaveLength(32);
  });

  it('is the same whether texts and references come as such or as what is known of them', () => {
    const references = ['P-1', 'Ünï', 'P-3'];
    const byText = committed(
      references.flatMap((one): Row[] => [
        [one, 'a', 1],
        [one, 'b', 2],
      ]),
    );
    const commitment = new RowsCommitment(SALT);
    const [a, b] = [rowText('a'), rowText('b')];
    for (const reference of references) {
      const bytes = Buffer.from(`--${reference}--`);
      commitment.subjectIn(bytes, 2, bytes.length - 2);
      commitment.row(a, 1);
      commitment.row(b, 2);
    }
    expect(commitment.finish()).toEqual(byText);
  });

  it('differs for any other rows, any other order and any other salt', () =>
    fc.assert(
      fc.property(someRows(), someRows(), (some, others) => {
        const isSame = JSON.stringify(some) === JSON.stringify(others);
        expect(committed(some).rowsHash === committed(others).rowsHash).toBe(isSame);
        expect(committed(some, Buffer.alloc(32, 8)).rowsHash).not.toBe(
          some.length === 0 ? null : committed(some).rowsHash,
        );
      }),
    ));

  it('takes texts of any length', () => {
    const long = 'é'.repeat(200_000);
    expect(committed([['P-1', long, 1]]).rowsHash).not.toBe(
      committed([['P-1', `${long}é`, 1]]).rowsHash,
    );
  });

  it('tells the first block that is another, as long as what tells was not altered', () => {
    const rows = Array.from({ length: 1000 }, (_, at): Row => [`P-${at}`, 'x', at]);
    const { rowsHash, blocks } = committed(rows);
    const changed = rows.map((row, at): Row => (at === 600 ? [row[0], 'z', row[2]] : row));
    expect(firstOtherBlock(blocks, rowsHash, committed(changed).blocks)).toBe(2);
    expect(firstOtherBlock(blocks, rowsHash, committed(rows.slice(0, 512)).blocks)).toBe(2);
    expect(firstOtherBlock(blocks, rowsHash, blocks)).toBe(-1);
    const altered = Buffer.from(blocks).fill(1, 0, 1);
    expect(firstOtherBlock(altered, rowsHash, committed(changed).blocks)).toBe(-1);
  });

  it('asks for a whole salt', () => {
    expect(() => new RowsCommitment(Buffer.alloc(31))).toThrow('32 bytes');
  });
});

/** Rows of subjects that each stand together. */
const someRows = () =>
  fc
    .uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 4 })
    .chain((references) =>
      fc.tuple(
        ...references.map((reference) =>
          fc.array(
            fc.tuple(
              fc.constant(reference),
              fc.string({ maxLength: 3 }),
              fc.integer({ min: -2, max: 2 }),
            ),
            { minLength: 1, maxLength: 3 },
          ),
        ),
      ),
    )
    .map((rows) => rows.flat() as Row[]);
