import { ByteTable } from '../../platform/csv/byte-table.js';

/**
 * The participants of a contract, numbered from 0 in the order of their ids, which is that of loading: reference to number, number to database id.
 * Held as bytes and typed arrays, so that a million participants take some 30 MB.
 */
export class Roster {
  private readonly references = new ByteTable();
  private ids = new Float64Array(1024);
  /** Open addressing by database id: the number, or -1. */
  private places: Int32Array | null = null;

  get size(): number {
    return this.references.size;
  }

  /** The lowest id; 0 when there is nobody. */
  get firstId(): number {
    return this.size === 0 ? 0 : this.ids[0]!;
  }

  /** The highest id; 0 when there is nobody. */
  get lastId(): number {
    return this.size === 0 ? 0 : this.ids[this.size - 1]!;
  }

  add(id: number, bytes: Uint8Array, start: number, end: number): void {
    const number = this.references.add(bytes, start, end);
    if (number === this.ids.length) {
      const wider = new Float64Array(number * 2);
      wider.set(this.ids);
      this.ids = wider;
    }
    this.ids[number] = id;
  }

  /** The number of the participant with this reference, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.references.find(bytes, start, end);
  }

  /** The reference of a participant's number. */
  reference(number: number): string {
    return this.references.text(number);
  }

  /** Lends the bytes of a reference, of which a million need not be made into texts. */
  withReference(
    number: number,
    use: (bytes: Uint8Array, start: number, end: number) => void,
  ): void {
    this.references.lend(number, use);
  }

  /** The database id of a participant's number. */
  id(number: number): number {
    return this.ids[number]!;
  }

  /** The number of a database id, or -1. The places are laid out when first asked for: few imports need them. */
  numberOf(id: number): number {
    this.places ??= this.layOut();
    return this.places[this.placeOf(this.places, id)]!;
  }

  /** Frees what only the loading of earlier measurements needs. */
  loaded(): void {
    this.places = null;
  }

  private layOut(): Int32Array {
    let length = 1024;
    while (length < this.size * 2) length *= 2;
    const places = new Int32Array(length).fill(-1);
    for (let number = 0; number < this.size; number += 1)
      places[this.placeOf(places, this.ids[number]!)] = number;
    return places;
  }

  private placeOf(places: Int32Array, id: number): number {
    const mask = places.length - 1;
    let place = (Math.imul(id % 4294967296, 0x9e3779b1) >>> 7) & mask;
    for (;;) {
      const number = places[place]!;
      if (number < 0 || this.ids[number] === id) return place;
      place = (place + 1) & mask;
    }
  }
}
