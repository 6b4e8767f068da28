import { isSameHash, nodeHash, type TreeHash } from './hashes.js';
import { splitOf } from './subtrees.js';

const isSize = (size: number) => Number.isSafeInteger(size) && size >= 1;

/**
 * The root that an inclusion proof leads to from a leaf's hash (RFC 6962 section 2.1.1); null where the proof has not
 * exactly as many hashes as it must.
 */
export function rootFromInclusion(
  leaf: TreeHash,
  index: number,
  size: number,
  proof: readonly TreeHash[],
): TreeHash | null {
  if (!isSize(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return null;
  if (size === 1) return proof.length === 0 ? leaf : null;
  const sibling = proof.at(-1);
  if (sibling === undefined) return null;
  const [split, rest] = [splitOf(size), proof.slice(0, -1)];
  if (index < split) {
    const left = rootFromInclusion(leaf, index, split, rest);
    return left && nodeHash(left, sibling);
  }
  const right = rootFromInclusion(leaf, index - split, size - split, rest);
  return right && nodeHash(sibling, right);
}

/** Whether the proof shows that the leaf has that index in the tree with that size and root. */
export function isIncluded(
  leaf: TreeHash,
  index: number,
  tree: { readonly size: number; readonly root: TreeHash },
  proof: readonly TreeHash[],
): boolean {
  const root = rootFromInclusion(leaf, index, tree.size, proof);
  return root !== null && isSameHash(root, tree.root);
}

/** A tree as a checkpoint names it. */
export interface TreeHead {
  readonly size: number;
  readonly root: TreeHash;
}

/** Whether the proof shows that the later tree begins with all leaves of the earlier (RFC 6962 section 2.1.2). */
export function isContinued(
  earlier: TreeHead,
  later: TreeHead,
  proof: readonly TreeHash[],
): boolean {
  if (!isSize(earlier.size) || !isSize(later.size) || earlier.size > later.size) return false;
  const roots = rootsFrom(earlier.size, later.size, proof, earlier.root);
  return (
    roots !== null && isSameHash(roots.earlier, earlier.root) && isSameHash(roots.later, later.root)
  );
}

interface Roots {
  readonly earlier: TreeHash;
  readonly later: TreeHash;
}

/** Both roots that a proof leads to. `known` is the earlier root while the part looked at still begins at leaf 0. */
function rootsFrom(
  from: number,
  size: number,
  proof: readonly TreeHash[],
  known: TreeHash | null,
): Roots | null {
  const last = proof.at(-1);
  if (from === size) {
    if (known) return proof.length === 0 ? { earlier: known, later: known } : null;
    return last && proof.length === 1 ? { earlier: last, later: last } : null;
  }
  if (last === undefined) return null;
  const [split, rest] = [splitOf(size), proof.slice(0, -1)];
  if (from <= split) {
    const left = rootsFrom(from, split, rest, known);
    return left && { earlier: left.earlier, later: nodeHash(left.later, last) };
  }
  const right = rootsFrom(from - split, size - split, rest, null);
  return right && { earlier: nodeHash(last, right.earlier), later: nodeHash(last, right.later) };
}
