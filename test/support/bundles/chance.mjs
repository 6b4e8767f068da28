/** Chance from a seed (mulberry32): the same seed always gives the same bundle, on every machine. */
export class Chance {
  #state;

  constructor(seed) {
    this.#state = seed;
  }

  /** A whole number from one to another, both inside. */
  int(from, to) {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return from + (((mixed ^ (mixed >>> 14)) >>> 0) % (to - from + 1));
  }

  in100(times) {
    return this.int(1, 100) <= times;
  }

  of(...values) {
    return values[this.int(0, values.length - 1)];
  }

  many(from, to, make) {
    return Array.from({ length: this.int(from, to) }, (_, index) => make(index));
  }

  hex(bytes) {
    return Array.from({ length: bytes }, () => this.int(0, 255).toString(16).padStart(2, '0')).join(
      '',
    );
  }

  uuid() {
    const hex = this.hex(16);
    return [8, 12, 16, 20, 32].map((end, at, ends) => hex.slice(ends[at - 1] ?? 0, end)).join('-');
  }
}
