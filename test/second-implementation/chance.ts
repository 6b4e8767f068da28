import { addDays, civilDate, type CivilDate } from '../../src/domain/calendar/civil-date.js';

/** Chance from a seed (mulberry32): the same seed always gives the same contract, on every machine. */
export class Chance {
  constructor(private state: number) {}

  /** A whole number from one to another, both inside. */
  int(from: number, to: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return from + (((mixed ^ (mixed >>> 14)) >>> 0) % (to - from + 1));
  }

  /** True so many times in a hundred. */
  in100(times: number): boolean {
    return this.int(1, 100) <= times;
  }

  of<T>(...values: readonly T[]): T {
    return values[this.int(0, values.length - 1)]!;
  }

  many<T>(from: number, to: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.int(from, to) }, (_, index) => make(index));
  }

  /** Some of the values, at least one, in their order. */
  some<T>(...values: readonly T[]): T[] {
    const kept = values.filter(() => this.in100(60));
    return kept.length > 0 ? kept : [this.of(...values)];
  }

  /** A decimal with so many places, from one whole number to another. */
  decimal(from: number, to: number, places: number): string {
    const scale = 10 ** places;
    const digits = String(this.int(from * scale, to * scale)).padStart(places + 1, '0');
    return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  }

  amount(from: number, to: number): string {
    return this.decimal(from, to, 2);
  }

  day(from: string, days: number): CivilDate {
    return addDays(civilDate(from), this.int(0, days));
  }
}
