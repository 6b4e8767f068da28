import { createHash } from 'node:crypto';

/** A hash of a Merkle tree: 32 bytes. */
export type TreeHash = Uint8Array;

export const HASH_BYTES = 32;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The hash of a leaf as RFC 6962 section 2.1 says: SHA-256 over the byte 0x00 and the leaf's bytes (of a text, its UTF-8). */
export const leafHash = (leaf: string | Uint8Array): TreeHash =>
  createHash('sha256').update(LEAF).update(leaf).digest();

/** The hash of a node: SHA-256 over the byte 0x01 and its two children. The prefix keeps a node from passing for a leaf. */
export const nodeHash = (left: TreeHash, right: TreeHash): TreeHash =>
  createHash('sha256').update(NODE).update(left).update(right).digest();

/** The root of a tree without leaves: SHA-256 of nothing. No checkpoint of ours is that small. */
export const EMPTY_ROOT: TreeHash = createHash('sha256').digest();

export const isSameHash = (a: TreeHash, b: TreeHash): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
