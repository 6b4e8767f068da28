import { valueOf, type Knowledge } from './knowledge.js';

const DEEPEST = 6;
const MOVES = 1_500;

/**
 * Looks for another world beside a known one: moves one variable by one, then moves further variables, each to put right a
 * fact that the moves before it broke. What it finds agrees with every fact; that it finds nothing proves nothing.
 */
export class Repair {
  private readonly factsOf: (readonly [fact: number, coefficient: number])[][];
  private readonly values: number[];
  private readonly world: number[];
  private moves = 0;

  constructor(
    private readonly knowledge: Knowledge,
    truth: readonly number[],
  ) {
    this.world = [...truth];
    this.values = knowledge.facts.map((fact) => valueOf(fact, truth));
    this.factsOf = truth.map(() => []);
    for (const [number, { variables, coefficients }] of knowledge.facts.entries())
      for (const [at, variable] of variables.entries())
        this.factsOf[variable]!.push([number, coefficients[at]!]);
  }

  /** Whether some world gives the cell, a sum of variables, another value. */
  canMove(cell: readonly number[]): boolean {
    for (let depth = 1; depth <= DEEPEST; depth += 1) {
      this.moves = MOVES;
      for (const own of cell)
        for (const step of [1, -1]) if (this.tryMove(own, step, new Set(cell), depth)) return true;
    }
    return false;
  }

  /** Makes the move, repairs what it breaks, and takes it all back again: only whether it can be done is wanted. */
  private tryMove(variable: number, step: number, moved: Set<number>, depth: number): boolean {
    this.moves -= 1;
    const value = this.world[variable]! + step;
    if (value < this.knowledge.low[variable]! || value > this.knowledge.high[variable]!)
      return false;
    this.shift(variable, step);
    const isNew = !moved.has(variable);
    moved.add(variable);
    const done = this.repaired(moved, depth);
    if (isNew) moved.delete(variable);
    this.shift(variable, -step);
    return done;
  }

  private shift(variable: number, step: number): void {
    this.world[variable]! += step;
    for (const [fact, coefficient] of this.factsOf[variable]!)
      this.values[fact]! += coefficient * step;
  }

  private repaired(moved: Set<number>, depth: number): boolean {
    const broken = this.broken(moved);
    if (broken === undefined) return true;
    if (depth <= 1) return false;
    const { variables, coefficients, low, high } = this.knowledge.facts[broken]!;
    const value = this.values[broken]!;
    const missing = value < low ? low - value : high - value;
    for (const [at, variable] of variables.entries()) {
      if (this.moves <= 0) return false;
      if (moved.has(variable)) continue;
      const step = missing / coefficients[at]!;
      const whole = step > 0 ? Math.ceil(step) : Math.floor(step);
      if (low === high && whole !== step) continue;
      if (this.tryMove(variable, whole, moved, depth - 1)) return true;
    }
    return false;
  }

  private broken(moved: ReadonlySet<number>): number | undefined {
    for (const variable of moved)
      for (const [fact] of this.factsOf[variable]!) {
        const { low, high } = this.knowledge.facts[fact]!;
        if (this.values[fact]! < low || this.values[fact]! > high) return fact;
      }
    return undefined;
  }
}
