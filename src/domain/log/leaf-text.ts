import { hash } from 'node:crypto';
import { canonical } from '../shared/canonical.js';
import { toBase64 } from './base64.js';
import type { TreeHash } from './hashes.js';

/** How many random bytes hide the body of an entry. */
export const SALT_BYTES = 32;

/**
 * What stands for the body of an entry where it is not shown: SHA-256 over its 32 bytes of salt and the UTF-8 bytes of the
 * body. Without the salt even a body with few possible contents cannot be guessed from it.
 */
export function commitmentOf(salt: Uint8Array, body: string): Uint8Array {
  if (salt.length !== SALT_BYTES)
    throw new Error(`A salt has ${SALT_BYTES} bytes and not ${salt.length}`);
  const bytes = Buffer.allocUnsafe(SALT_BYTES + Buffer.byteLength(body));
  bytes.set(salt);
  bytes.write(body, SALT_BYTES, 'utf8');
  return hash('sha256', bytes, 'buffer');
}

/** An entry as the log has it: all but its body. */
export interface EntryLeaf {
  /** SHA-256 over salt and body: 32 bytes. */
  readonly commitment: Uint8Array;
  readonly seq: bigint;
  readonly stream: string;
  /** As in the body. */
  readonly type: string;
}

/**
 * What a leaf says of its entry's type, to whoever is not shown the body: that it puts an edition of the terms in force, and
 * else only that it is an act. Payments rest on every edition, so that none may be hidden; an act of another kind can be about
 * one person, and how many of a kind there were would be a count of persons.
 */
export const typeInLeaf = (type: string): string => (type === 'terms.activated' ? type : 'act');

/** The leaf of an entry: exactly these bytes are hashed. */
export const entryLeaf = (entry: EntryLeaf): string =>
  canonical({
    commitment: Buffer.from(entry.commitment).toString('hex'),
    seq: entry.seq,
    stream: entry.stream,
    type: typeInLeaf(entry.type),
  });

/** How far every stream goes: the last leaf of every checkpoint. */
export interface HeadsLeaf {
  /** The root of the tree of heads. */
  readonly heads: TreeHash;
  readonly recordedAt: string;
  /** How many streams have an entry in the log. */
  readonly streams: number;
}

export const headsLeaf = (leaf: HeadsLeaf): string =>
  canonical({
    heads: toBase64(leaf.heads),
    recordedAt: leaf.recordedAt,
    streams: String(leaf.streams),
  });
