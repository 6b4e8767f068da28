import fc from 'fast-check';
import { isContinued, isIncluded, type TreeHead } from './check-proofs.js';
import { Frontier, rootOf } from './frontier.js';
import { EMPTY_ROOT, leafHash, nodeHash, type TreeHash } from './hashes.js';
import { consistencyPlan, inclusionPlan, proofOf, subtreesIn } from './proofs.js';
import {
  CONSISTENCIES,
  EMPTY_ROOT_HEX,
  INCLUSIONS,
  LEAVES,
  ROOTS,
  type ConsistencyVector,
  type InclusionVector,
} from './rfc6962.vectors.js';
import { foldRight, splitOf, subtreesOf, widthOf, type Subtree } from './subtrees.js';

const hex = (text: string): TreeHash => new Uint8Array(Buffer.from(text, 'hex'));
const base64 = (text: string): TreeHash => new Uint8Array(Buffer.from(text, 'base64'));
const hexOf = (hash: TreeHash) => Buffer.from(hash).toString('hex');
const base64Of = (hash: TreeHash) => Buffer.from(hash).toString('base64');

const HASHES = LEAVES.map((leaf) => leafHash(hex(leaf)));
const rootAt = (size: number): TreeHash =>
  size > 0 && size <= 8 ? hex(ROOTS[size - 1]!) : leafHash(`no tree of ${size}`);

/** The definition of RFC 6962 section 2.1, letter by letter. */
function byDefinition(hashes: readonly TreeHash[]): TreeHash {
  if (hashes.length === 0) return EMPTY_ROOT;
  if (hashes.length === 1) return hashes[0]!;
  const split = splitOf(hashes.length);
  return nodeHash(byDefinition(hashes.slice(0, split)), byDefinition(hashes.slice(split)));
}

const someHashes = (count: number, mark = '') =>
  Array.from({ length: count }, (_, index) => leafHash(`${mark}${index}`));
const lookUp =
  (hashes: readonly TreeHash[]) =>
  ({ level, index }: Subtree) =>
    byDefinition(hashes.slice(index * widthOf(level), (index + 1) * widthOf(level)));
const headOf = (hashes: readonly TreeHash[]): TreeHead => ({
  size: hashes.length,
  root: byDefinition(hashes),
});
const flipped = (hash: TreeHash, bit: number): TreeHash =>
  hash.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

describe('published trees', () => {
  it('have the published roots at every size', () => {
    expect(hexOf(EMPTY_ROOT)).toBe(EMPTY_ROOT_HEX);
    expect(HASHES.map((_, last) => hexOf(rootOf(HASHES.slice(0, last + 1))))).toEqual(ROOTS);
  });

  it.each(INCLUSIONS)('prove leaf $index of $size as published', ({ index, size, proof }) => {
    expect(proofOf(inclusionPlan(index, size), lookUp(HASHES)).map(base64Of)).toEqual(proof);
  });

  it.each(CONSISTENCIES)(
    'prove that $size continues $from as published',
    ({ from, size, proof }) => {
      expect(proofOf(consistencyPlan(from, size), lookUp(HASHES)).map(base64Of)).toEqual(proof);
    },
  );
});

describe('an inclusion proof', () => {
  const SOME = leafHash('garbage');
  const check = (vector: InclusionVector, change: Partial<Claim> = {}) => {
    const claim: Claim = {
      leaf: HASHES[vector.index]!,
      index: vector.index,
      size: vector.size,
      root: rootAt(vector.size),
      proof: vector.proof.map(base64),
      ...change,
    };
    return isIncluded(claim.leaf, claim.index, claim, claim.proof);
  };
  interface Claim extends TreeHead {
    readonly leaf: TreeHash;
    readonly index: number;
    readonly proof: readonly TreeHash[];
  }

  it.each(INCLUSIONS)('of leaf $index of $size holds', (vector) => {
    expect(check(vector)).toBe(true);
  });

  // the alterations that transparency-dev/merkle publishes for each happy path
  it.each(INCLUSIONS)('of leaf $index of $size does not hold once altered', (vector) => {
    const proof = vector.proof.map(base64);
    const { index, size } = vector;
    const root = rootAt(size);
    const alterations: Partial<Claim>[] = [
      { index: index - 1 },
      { index: index + 1 },
      { index: index ^ 2 },
      { size: size * 2 },
      { size: size >> 1 },
      { leaf: SOME },
      { root: EMPTY_ROOT },
      { root: SOME },
      { proof: [...proof, new Uint8Array(0)] },
      { proof: [...proof, SOME] },
      { proof: [...proof, root] },
      { proof: [SOME, ...proof] },
      { proof: [root, ...proof] },
      ...proof.map((_, at) => ({ proof: proof.with(at, flipped(proof[at]!, 3)) })),
      ...(proof.length > 0
        ? [{ proof: proof.slice(0, -1) }, { proof: proof.toSpliced(1, 0, SOME) }, { leaf: root }]
        : []),
    ];
    for (const alteration of alterations) {
      expect([alteration, check(vector, alteration)]).toEqual([alteration, false]);
    }
  });

  it('asks nothing of trees without leaves, or of sizes that are none', () => {
    for (const size of [0, -1, 1.5, 2 ** 53, Number.NaN])
      expect(isIncluded(HASHES[0]!, 0, { size, root: EMPTY_ROOT }, [])).toBe(false);
    expect(() => inclusionPlan(0, 0)).toThrow('no leaf 0');
    expect(() => inclusionPlan(8, 8)).toThrow('no leaf 8');
    expect(() => inclusionPlan(-1, 8)).toThrow('no index of a leaf');
  });
});

describe('a consistency proof', () => {
  const SOME = leafHash('garbage');
  const check = (vector: ConsistencyVector, change: Change = {}) =>
    isContinued(
      { size: change.from ?? vector.from, root: change.root1 ?? rootAt(vector.from) },
      { size: change.size ?? vector.size, root: change.root2 ?? rootAt(vector.size) },
      change.proof ?? vector.proof.map(base64),
    );
  interface Change {
    readonly from?: number;
    readonly size?: number;
    readonly root1?: TreeHash;
    readonly root2?: TreeHash;
    readonly proof?: readonly TreeHash[];
  }

  it.each(CONSISTENCIES)('from $from to $size holds', (vector) => {
    expect(check(vector)).toBe(true);
  });

  // the alterations that transparency-dev/merkle publishes for each happy path
  it.each(CONSISTENCIES)('from $from to $size does not hold once altered', (vector) => {
    const { from, size } = vector;
    const proof = vector.proof.map(base64);
    const [root1, root2] = [rootAt(from), rootAt(size)];
    const alterations: Change[] = [
      { from: from - 1 },
      { from: from + 1 },
      { from: from ^ 2 },
      { size: size * 2 },
      { size: size >> 1 },
      { root1: SOME },
      { root2: SOME },
      { proof: [...proof, new Uint8Array(0)] },
      { proof: [...proof, root1] },
      { proof: [...proof, root2] },
      { proof: [SOME, ...proof] },
      { proof: [root1, ...proof] },
      { proof: [root2, ...proof] },
      ...proof.map((_, at) => ({ proof: proof.with(at, flipped(proof[at]!, 4)) })),
      ...proof.map((_, at) => ({ proof: [...proof.slice(0, at + 1), ...proof] })),
      ...(from === size
        ? []
        : [{ root1: root2, root2: root1 }, { proof: proof.slice(0, -1) }, { proof: [] }]),
    ];
    for (const alteration of alterations)
      expect([alteration, check(vector, alteration)]).toEqual([alteration, false]);
  });

  it('proves nothing from an empty log, and nothing backwards', () => {
    expect(isContinued({ size: 0, root: EMPTY_ROOT }, headOf(HASHES), [])).toBe(false);
    expect(isContinued(headOf(HASHES), headOf(HASHES.slice(0, 7)), [])).toBe(false);
    expect(() => consistencyPlan(0, 8)).toThrow('from 1 up');
    expect(() => consistencyPlan(9, 8)).toThrow('continues one of 9');
  });
});

describe('any tree', () => {
  const size = fc.integer({ min: 1, max: 70 });

  it('has the root of the definition, and keeps every full subtree', () => {
    fc.assert(
      fc.property(size, (leaves) => {
        const hashes = someHashes(leaves);
        const frontier = new Frontier();
        const kept = hashes.flatMap((hash) => frontier.append(hash));
        expect(hexOf(frontier.root())).toBe(hexOf(byDefinition(hashes)));
        for (const subtree of kept)
          expect(hexOf(subtree.hash)).toBe(hexOf(lookUp(hashes)(subtree)));
        expect(new Set(kept.map(({ level, index }) => `${level}/${index}`)).size).toBe(kept.length);
        expect(kept.length).toBe(2 * leaves - subtreesOf({ from: 0, to: leaves }).length);
      }),
    );
  });

  it('is the same when ranges come as subtrees, and when it is taken up again from its edge', () => {
    fc.assert(
      fc.property(size, fc.array(fc.nat(70), { maxLength: 5 }), (leaves, marks) => {
        const hashes = someHashes(leaves);
        const cuts = [0, ...marks.map((mark) => mark % leaves).sort((a, b) => a - b), leaves];
        let frontier = new Frontier();
        cuts.slice(1).forEach((to, at) => {
          for (const subtree of subtreesOf({ from: cuts[at]!, to }))
            frontier.append(lookUp(hashes)(subtree), subtree.level);
          frontier = Frontier.of(frontier.size, frontier.hashes());
        });
        expect(frontier.size).toBe(leaves);
        expect(hexOf(frontier.root())).toBe(hexOf(byDefinition(hashes)));
      }),
    );
  });

  it('proves every leaf, with hashes of full subtrees alone', () => {
    fc.assert(
      fc.property(size, fc.nat(), (leaves, pick) => {
        const hashes = someHashes(leaves);
        const index = pick % leaves;
        const plan = inclusionPlan(index, leaves);
        const proof = proofOf(plan, lookUp(hashes));
        expect(isIncluded(hashes[index]!, index, headOf(hashes), proof)).toBe(true);
        expect(subtreesIn(plan).length).toBeLessThanOrEqual(12);
        const other = (index + 1) % leaves;
        if (other !== index)
          expect(isIncluded(hashes[other]!, index, headOf(hashes), proof)).toBe(false);
      }),
    );
  });

  it('proves that it continues each of its beginnings, and nothing else', () => {
    fc.assert(
      fc.property(size, fc.nat(), (leaves, pick) => {
        const hashes = someHashes(leaves);
        const from = 1 + (pick % leaves);
        const earlier = headOf(hashes.slice(0, from));
        const proof = proofOf(consistencyPlan(from, leaves), lookUp(hashes));
        expect(isContinued(earlier, headOf(hashes), proof)).toBe(true);
        const forked = headOf(someHashes(from, 'other '));
        expect(isContinued(forked, headOf(hashes), proof)).toBe(false);
        expect(isContinued(earlier, headOf(someHashes(leaves, 'other ')), proof)).toBe(false);
      }),
    );
  });

  it('refuses a subtree where none begins, and an edge that is not its own', () => {
    const frontier = new Frontier();
    frontier.append(HASHES[0]!);
    expect(() => frontier.append(HASHES[1]!, 1)).toThrow('No subtree of 2 leaves begins at leaf 1');
    expect(() => Frontier.of(3, [HASHES[0]!])).toThrow('2 subtrees at its edge and not 1');
    expect(() => subtreesOf({ from: 3, to: 2 })).toThrow('No leaves go from 3 to 2');
  });

  it('may be as large as a whole number can be', () => {
    const largest = Number.MAX_SAFE_INTEGER;
    const subtrees = subtreesOf({ from: 0, to: largest });
    expect(subtrees).toHaveLength(53);
    expect(subtrees.reduce((sum, { level }) => sum + widthOf(level), 0)).toBe(largest);
    expect(inclusionPlan(largest - 1, largest).length).toBe(52);
    expect(foldRight([])).toBeNull();
  });
});
