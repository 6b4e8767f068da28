import type { TreeHash } from './hashes.js';
import { NoSuchProof } from './log.errors.js';
import {
  foldRight,
  requireSize,
  splitOf,
  subtreesOf,
  type Range,
  type Subtree,
} from './subtrees.js';

/**
 * What a proof says, before any hash is read: for each of its hashes, the full subtrees from which that hash is made. A
 * log looks them all up at once, at most two for each level of the tree.
 */
export type ProofPlan = readonly (readonly Subtree[])[];

/** Finds the hash of a full subtree. */
export type SubtreeHash = (subtree: Subtree) => TreeHash;

/** The proof that the leaf with that index is in the tree of that size (RFC 6962 section 2.1.1). */
export function inclusionPlan(index: number, size: number): ProofPlan {
  requireSize(index, 'index of a leaf');
  requireSize(size);
  if (index >= size) throw new NoSuchProof(`A log of ${size} leaves has no leaf ${index}.`);
  const ranges: Range[] = [];
  for (let [from, to] = [0, size]; to - from > 1;) {
    const split = from + splitOf(to - from);
    if (index < split) {
      ranges.unshift({ from: split, to });
      to = split;
    } else {
      ranges.unshift({ from, to: split });
      from = split;
    }
  }
  return ranges.map(subtreesOf);
}

/** The proof that the tree of `size` leaves begins with the tree of `from` leaves, which has at least 1 (section 2.1.2). */
export function consistencyPlan(from: number, size: number): ProofPlan {
  requireSize(from);
  requireSize(size);
  if (from < 1 || from > size)
    throw new NoSuchProof(
      `No log of ${size} leaves continues one of ${from}: give sizes from 1 up.`,
    );
  const ranges: Range[] = [];
  // the subtree that holds the last leaf of the earlier tree, until it ends where that tree ends
  let [first, end] = [0, size];
  while (end !== from) {
    const split = first + splitOf(end - first);
    if (from <= split) {
      ranges.unshift({ from: split, to: end });
      end = split;
    } else {
      ranges.unshift({ from: first, to: split });
      first = split;
    }
  }
  // the whole earlier tree is known to whoever checks
  if (first > 0) ranges.unshift({ from: first, to: end });
  return ranges.map(subtreesOf);
}

/** Every subtree that a proof needs. */
export const subtreesIn = (plan: ProofPlan): Subtree[] => plan.flat();

/** The hashes of a proof. */
export const proofOf = (plan: ProofPlan, hashOf: SubtreeHash): TreeHash[] =>
  plan.map((subtrees) => foldRight(subtrees.map(hashOf))!);
