import { randomInt } from 'node:crypto';

const ABSENT = -1;

/**
 * Numbers texts in the order in which they are first seen, without making a string of any of them: keys are runs of
 * bytes in one growing buffer. A million references take about 25 MB where a Map of strings takes five times that, and
 * a look-up allocates nothing. The hash is seeded per process, so that nobody can prepare a file of collisions.
 */
export class ByteTable {
  private slots = new Int32Array(1024).fill(ABSENT);
  private hashes = new Int32Array(512);
  private ends = new Uint32Array(512);
  private bytes = Buffer.allocUnsafe(8192);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The number of the key, or -1 when it has none. */
  find(source: Uint8Array, start: number, end: number): number {
    const hash = hashOf(source, start, end);
    return this.slots[this.slotOf(hash, source, start, end)]!;
  }

  /** The number of the key; a new key is given the next one. */
  add(source: Uint8Array, start: number, end: number): number {
    const hash = hashOf(source, start, end);
    const slot = this.slotOf(hash, source, start, end);
    const known = this.slots[slot]!;
    if (known !== ABSENT) return known;
    const entry = this.count;
    this.keep(entry, hash, source, start, end);
    this.slots[slot] = entry;
    this.count += 1;
    if (this.count * 2 > this.slots.length) this.widen();
    return entry;
  }

  /** The key that has this number, as text. */
  text(entry: number): string {
    return this.bytes.toString('utf8', entry === 0 ? 0 : this.ends[entry - 1], this.ends[entry]);
  }

  /** Lends the bytes of a key; they may move with the next one. */
  lend(entry: number, use: (bytes: Uint8Array, start: number, end: number) => void): void {
    use(this.bytes, entry === 0 ? 0 : this.ends[entry - 1]!, this.ends[entry]!);
  }

  private slotOf(hash: number, source: Uint8Array, start: number, end: number): number {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const entry = this.slots[slot]!;
      if (entry === ABSENT) return slot;
      if (this.hashes[entry] === hash && this.same(entry, source, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private same(entry: number, source: Uint8Array, start: number, end: number): boolean {
    let at = entry === 0 ? 0 : this.ends[entry - 1]!;
    if (this.ends[entry]! - at !== end - start) return false;
    const { bytes } = this;
    for (let from = start; from < end; from += 1, at += 1)
      if (bytes[at] !== source[from]) return false;
    return true;
  }

  private keep(entry: number, hash: number, source: Uint8Array, start: number, end: number) {
    const from = entry === 0 ? 0 : this.ends[entry - 1]!;
    const to = from + end - start;
    if (to > this.bytes.length) {
      const wider = Buffer.allocUnsafe(Math.max(to, this.bytes.length * 2));
      this.bytes.copy(wider, 0, 0, from);
      this.bytes = wider;
    }
    if (entry === this.ends.length) {
      this.ends = grown(this.ends, new Uint32Array(entry * 2));
      this.hashes = grown(this.hashes, new Int32Array(entry * 2));
    }
    for (let at = from, read = start; read < end; at += 1, read += 1)
      this.bytes[at] = source[read]!;
    this.ends[entry] = to;
    this.hashes[entry] = hash;
  }

  private widen() {
    const slots = new Int32Array(this.slots.length * 2).fill(ABSENT);
    const mask = slots.length - 1;
    for (let entry = 0; entry < this.count; entry += 1) {
      let slot = this.hashes[entry]! & mask;
      while (slots[slot] !== ABSENT) slot = (slot + 1) & mask;
      slots[slot] = entry;
    }
    this.slots = slots;
  }
}

const SEED = randomInt(1, 2 ** 31);

/** FNV-1a over the bytes, finished so that the low bits depend on all of them. */
function hashOf(source: Uint8Array, start: number, end: number): number {
  let hash = SEED;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ source[at]!, 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function grown<A extends Uint32Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
