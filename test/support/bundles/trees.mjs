// Trees of RFC 6962 as its definitions read, with whole levels kept: to make proofs, not to check them.
import { createHash } from 'node:crypto';

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
export const hexOf = (text) => sha256(text).toString('hex');
export const leafHash = (leaf) => sha256(Buffer.of(0), leaf);
export const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);
const base64 = (hash) => hash.toString('base64');

export class LeafTree {
  #levels;

  /** @param {Buffer[]} hashes of the leaves */
  constructor(hashes) {
    this.#levels = [[...hashes]];
    while (this.#levels.at(-1).length > 1) {
      const below = this.#levels.at(-1);
      const level = [];
      for (let at = 0; at + 1 < below.length; at += 2)
        level.push(nodeHash(below[at], below[at + 1]));
      this.#levels.push(level);
    }
  }

  get size() {
    return this.#levels[0].length;
  }

  /** MTH(D[from:to]); complete subtrees are looked up. */
  hash(from, to) {
    const width = to - from;
    if (width === 0) return sha256();
    const level = Math.log2(width);
    if (Number.isInteger(level) && from % width === 0) return this.#levels[level][from / width];
    const k = splitOf(width);
    return nodeHash(this.hash(from, from + k), this.hash(from + k, to));
  }

  root(size = this.size) {
    return this.hash(0, size);
  }

  /** PATH(index, D[from:to]), from the bottom. */
  path(index, from = 0, to = this.size) {
    if (to - from === 1) return [];
    const middle = from + splitOf(to - from);
    return index < middle
      ? [...this.path(index, from, middle), this.hash(middle, to)]
      : [...this.path(index, middle, to), this.hash(from, middle)];
  }

  /** PROOF(earlier, D[0:size]). */
  proof(earlier, size = this.size) {
    const subproof = (m, from, to, isWhole) => {
      if (m === to) return isWhole ? [] : [this.hash(from, to)];
      const middle = from + splitOf(to - from);
      return m <= middle
        ? [...subproof(m, from, middle, isWhole), this.hash(middle, to)]
        : [...subproof(m, middle, to, false), this.hash(from, middle)];
    };
    return earlier === size ? [] : subproof(earlier, 0, size, true);
  }

  /** The gap line of a range. */
  gap(from, to) {
    const hashes = [];
    for (let at = from; at < to;) {
      let width = 1;
      while (at % (width * 2) === 0 && at + width * 2 <= to) width *= 2;
      hashes.push(base64(this.hash(at, at + width)));
      at += width;
    }
    return { kind: 'gap', from: String(from), to: String(to), hashes };
  }
}

function splitOf(n) {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
