import { isSameHash, nodeHash, type TreeHash } from '../log/hashes.js';

/**
 * Which single leaf of a tree has to be another for the tree to have the root that was recorded: its index, or -1 where no
 * single one does. `others` has for each leaf the one that it may have been before. So a decision that was turned round is
 * named although the trail shows no line, since there is but one way to turn it back.
 */
export function oneOtherLeaf(
  leaves: readonly TreeHash[],
  others: readonly TreeHash[],
  root: TreeHash,
): number {
  const levels = levelsOf(leaves);
  return others.findIndex((other, index) => isSameHash(rootWith(levels, index, other), root));
}

/** Every level of the tree of RFC 6962: a last node without a neighbour goes up as it is. */
function levelsOf(leaves: readonly TreeHash[]): (readonly TreeHash[])[] {
  const levels: (readonly TreeHash[])[] = [leaves];
  for (let below = leaves; below.length > 1; below = levels.at(-1)!) {
    const above: TreeHash[] = [];
    for (let at = 0; at < below.length; at += 2)
      above.push(at + 1 < below.length ? nodeHash(below[at]!, below[at + 1]!) : below[at]!);
    levels.push(above);
  }
  return levels;
}

function rootWith(
  levels: readonly (readonly TreeHash[])[],
  leaf: number,
  other: TreeHash,
): TreeHash {
  let hash = other;
  let index = leaf;
  for (const level of levels.slice(0, -1)) {
    if (index % 2 === 1) hash = nodeHash(level[index - 1]!, hash);
    else if (index + 1 < level.length) hash = nodeHash(hash, level[index + 1]!);
    index >>= 1;
  }
  return hash;
}
