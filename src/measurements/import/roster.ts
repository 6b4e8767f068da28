import { ByteTable } from '../../platform/csv/byte-table.js';

/**
 * The participants of a contract, numbered from 0 in the order of loading: reference to number, number to database id.
 * Held as bytes and typed arrays, so that a million participants take some 30 MB.
 */
export class Roster {
  private readonly references = new ByteTable();
  private ids = new Float64Array(1024);
  private numbers: Map<number, number> | null = null;

  get size(): number {
    return this.references.size;
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

  /** The database id of a participant's number. */
  id(number: number): number {
    return this.ids[number]!;
  }

  /** The number of a database id, or -1. Built when first asked: only a contract that has measurements needs it. */
  numberOf(id: number): number {
    this.numbers ??= this.numbered();
    return this.numbers.get(id) ?? -1;
  }

  /** Frees what only the loading of earlier measurements needs. */
  loaded(): void {
    this.numbers = null;
  }

  private numbered(): Map<number, number> {
    const numbers = new Map<number, number>();
    for (let number = 0; number < this.size; number += 1) numbers.set(this.ids[number]!, number);
    return numbers;
  }
}
