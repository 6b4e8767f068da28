import { EMPTY_ROOT, nodeHash, type TreeHash } from './hashes.js';
import { NoSuchProof } from './log.errors.js';
import { foldRight, requireSize, subtreesOf, widthOf, type Subtree } from './subtrees.js';

/** A full subtree with its hash. */
export interface HashedSubtree extends Subtree {
  readonly hash: TreeHash;
}

/**
 * The right edge of a growing tree: the hashes of the full subtrees into which all its leaves fall, at most 53. It is all
 * that is needed to add leaves, or whole subtrees whose leaves are not shown, and to tell the root.
 */
export class Frontier {
  private readonly edge: HashedSubtree[] = [];
  private leaves = 0;

  /** The frontier of a tree of that size, from the hashes of its subtrees in the order of `subtreesOf({ from: 0, to: size })`. */
  static of(size: number, hashes: readonly TreeHash[]): Frontier {
    const subtrees = subtreesOf({ from: 0, to: size });
    if (subtrees.length !== hashes.length)
      throw new NoSuchProof(
        `A tree of ${size} leaves has ${subtrees.length} subtrees at its edge and not ${hashes.length}.`,
      );
    const frontier = new Frontier();
    subtrees.forEach((subtree, at) => frontier.edge.push({ ...subtree, hash: hashes[at]! }));
    frontier.leaves = size;
    return frontier;
  }

  get size(): number {
    return this.leaves;
  }

  /**
   * Adds a leaf by its hash, or at a higher level a full subtree. Gives every full subtree that is complete now: what was
   * added first, then the ones that it completes, going up.
   */
  append(hash: TreeHash, level = 0): HashedSubtree[] {
    const width = widthOf(level);
    requireSize(this.leaves + width);
    if (this.leaves % width !== 0)
      throw new NoSuchProof(`No subtree of ${width} leaves begins at leaf ${this.leaves}.`);
    const made: HashedSubtree[] = [{ level, index: this.leaves / width, hash }];
    for (let last = made[0]!; this.edge.at(-1)?.level === last.level; made.push(last)) {
      const left = this.edge.pop()!;
      const above = last.level + 1;
      const index = (left.index * widthOf(left.level)) / widthOf(above);
      last = { level: above, index, hash: nodeHash(left.hash, last.hash) };
    }
    this.edge.push(made.at(-1)!);
    this.leaves += width;
    return made;
  }

  /** The root of the tree as it stands. */
  root(): TreeHash {
    return foldRight(this.hashes()) ?? EMPTY_ROOT;
  }

  /** The hashes of the subtrees at the edge, the largest first. */
  hashes(): TreeHash[] {
    return this.edge.map(({ hash }) => hash);
  }
}

/** The root of the tree over these leaves. */
export function rootOf(leafHashes: Iterable<TreeHash>): TreeHash {
  const frontier = new Frontier();
  for (const hash of leafHashes) frontier.append(hash);
  return frontier.root();
}
