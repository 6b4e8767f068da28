import { hash } from 'node:crypto';

/** A hash of a Merkle tree: 32 bytes. */
export type TreeHash = Uint8Array;

export const HASH_BYTES = 32;

/** In one call each, and not piece by piece: a log hashes millions of small texts. */
const sha256 = (bytes: string | Uint8Array): TreeHash => hash('sha256', bytes, 'buffer');

/** The hash of a leaf as RFC 6962 section 2.1 says: SHA-256 over the byte 0x00 and the leaf's bytes (of a text, its UTF-8). */
export const leafHash = (leaf: string | Uint8Array): TreeHash =>
  sha256(typeof leaf === 'string' ? `\0${leaf}` : prefixed(0, leaf));

/** The hash of a node: SHA-256 over the byte 0x01 and its two children. The prefix keeps a node from passing for a leaf. */
export const nodeHash = (left: TreeHash, right: TreeHash): TreeHash =>
  sha256(prefixed(1, left, right));

/** The root of a tree without leaves: SHA-256 of nothing. No checkpoint of ours is that small. */
export const EMPTY_ROOT: TreeHash = sha256('');

export const isSameHash = (a: TreeHash, b: TreeHash): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

function prefixed(prefix: number, first: Uint8Array, second?: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(1 + first.length + (second?.length ?? 0));
  bytes[0] = prefix;
  bytes.set(first, 1);
  if (second) bytes.set(second, 1 + first.length);
  return bytes;
}
