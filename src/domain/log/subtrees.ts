import { nodeHash, type TreeHash } from './hashes.js';
import { NoSuchProof } from './log.errors.js';

/** Leaves from one index up to and not including another. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * A full subtree of a log: 2^level leaves, of which the first has an index that is a multiple of 2^level. Its hash never
 * changes as the log grows, which is why the log keeps it. `index` counts the full subtrees of its level from the left.
 */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

export const widthOf = (level: number): number => 2 ** level;

/** Refuses a number of leaves that is not a whole number up to 2^53 - 1. */
export function requireSize(size: number, what = 'size of a log'): void {
  if (Number.isSafeInteger(size) && size >= 0) return;
  throw new NoSuchProof(`${size} is no ${what}: give a whole number up to 2^53 - 1.`);
}

/** The largest power of two below a size of at least 2: where RFC 6962 splits a tree. */
export function splitOf(size: number): number {
  let width = 1;
  while (width * 2 < size) width *= 2;
  return width;
}

/**
 * The full subtrees that a range of leaves falls into: from its start, each time the largest that is aligned there and does
 * not go past its end. There is exactly one such list, of at most 2 · 53 subtrees, and none for an empty range.
 */
export function subtreesOf({ from, to }: Range): Subtree[] {
  requireSize(from, 'index of a leaf');
  requireSize(to);
  if (from > to) throw new NoSuchProof(`No leaves go from ${from} to ${to}.`);
  const subtrees: Subtree[] = [];
  for (let at = from; at < to;) {
    let level = 0;
    while (at % widthOf(level + 1) === 0 && at + widthOf(level + 1) <= to) level += 1;
    subtrees.push({ level, index: at / widthOf(level) });
    at += widthOf(level);
  }
  return subtrees;
}

/** The hash over neighbouring subtrees of falling size, as they stand at the right edge of a tree. Null for none. */
export function foldRight(hashes: readonly TreeHash[]): TreeHash | null {
  let folded: TreeHash | null = null;
  for (const hash of hashes.toReversed()) folded = folded === null ? hash : nodeHash(hash, folded);
  return folded;
}
