import { createHmac, createHash } from 'node:crypto';
import fc from 'fast-check';
import { rootOf } from '../log/frontier.js';
import { leafHash } from '../log/hashes.js';
import { canonical } from '../shared/canonical.js';
import { leafOfLine, lineBody, lineSalt, subjectOf, type ActedLine } from './claim-line.js';
import { LinesTree } from './lines-tree.js';

const SALT = Buffer.alloc(32, 0x5a);
const aLine = (lineNo: number, more: Partial<ActedLine> = {}): ActedLine => ({
  lineNo,
  reference: `c.1.${lineNo}`,
  clause: '4.1',
  amountMinor: 66_000n,
  participant: `P-${lineNo}`,
  cohort: 'all',
  what: 'submitted',
  ...more,
});
const treeOf = (lines: readonly ActedLine[], salt: Uint8Array = SALT): string => {
  const tree = new LinesTree(salt);
  for (const line of lines) tree.add(line);
  return tree.root();
};

describe('the body of a line', () => {
  it('is canonical, with its amount in digits and a minus where money goes back', () =>
    expect(lineBody(aLine(7, { amountMinor: -1n }))).toBe(
      '{"amountMinor":"-1","clause":"4.1","line":"c.1.7","subject":"P-7","what":"submitted"}',
    ));

  it('is what the canonical encoder makes of it, whatever is in its texts', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'binary' }),
        (clause, participant) => {
          fc.pre(clause.isWellFormed() && participant.isWellFormed());
          const line = aLine(1, { clause, participant });
          const members = { amountMinor: 66_000n, clause, line: 'c.1.1', subject: participant };
          expect(lineBody(line)).toBe(canonical({ ...members, what: 'submitted' }));
        },
      ),
    ));

  it('names a participant by reference, and a cohort as one', () => {
    expect(subjectOf({ participant: 'P1', cohort: 'all' })).toBe('P1');
    expect(subjectOf({ participant: null, cohort: 'all' })).toBe('cohort all');
  });
});

describe('the tree of the lines of an act', () => {
  it('has the leaves that docs/audit-log.md says', () => {
    // reckoned here from the page, step by step, and not with the code that makes it
    const salt = createHmac('sha256', SALT).update('line 7').digest();
    const commitment = createHash('sha256')
      .update(salt)
      .update(
        '{"amountMinor":"66000","clause":"4.1","line":"c.1.7","subject":"P-7","what":"submitted"}',
      )
      .digest('hex');
    expect(Buffer.from(lineSalt(SALT, 7))).toEqual(salt);
    expect(leafOfLine(SALT, aLine(7))).toBe(`{"commitment":"${commitment}"}`);
    const leaf = createHash('sha256').update(`\0{"commitment":"${commitment}"}`).digest('hex');
    expect(treeOf([aLine(7)])).toBe(leaf);
  });

  it('is the tree of a log over any number of lines', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1 }), (numbers) => {
        const lines = numbers.toSorted((a, b) => a - b).map((lineNo) => aLine(lineNo));
        const root = rootOf(lines.map((line) => leafHash(leafOfLine(SALT, line))));
        expect(treeOf(lines)).toBe(Buffer.from(root).toString('hex'));
      }),
    ));

  it('changes with every part of a line and with the salt', () => {
    const one = treeOf([aLine(1)]);
    const others = [
      treeOf([aLine(1, { reference: 'c.1.2' })]),
      treeOf([aLine(1, { clause: '4.2' })]),
      treeOf([aLine(1, { amountMinor: 66_001n })]),
      treeOf([aLine(1, { participant: 'P-2' })]),
      treeOf([aLine(1, { participant: null })]),
      treeOf([aLine(1, { what: 'approved' })]),
      treeOf([aLine(1)], Buffer.alloc(32, 0x5b)),
    ];
    expect(new Set([one, ...others]).size).toBe(others.length + 1);
  });

  it('adds up what it commits to', () => {
    const tree = new LinesTree(SALT);
    tree.add(aLine(1, { what: 'approved' }));
    tree.add(aLine(2, { what: 'returned', amountMinor: -5n }));
    tree.add(aLine(3, { what: 'approved', amountMinor: 1n }));
    expect(tree.of('approved')).toEqual({ lines: 2, amountMinor: 66_001n });
    expect(tree.of('returned')).toEqual({ lines: 1, amountMinor: -5n });
    expect(tree.of('submitted')).toEqual({ lines: 0, amountMinor: 0n });
    expect(tree.size).toBe(3);
  });

  it('takes lines in the order of their numbers only, and a whole salt only', () => {
    for (const next of [1, 2])
      expect(() => treeOf([aLine(2), aLine(next)])).toThrow(
        'the lines of an act come in the order of their numbers',
      );
    expect(() => new LinesTree(Buffer.alloc(31))).toThrow('has 32 bytes and not 31');
  });
});
