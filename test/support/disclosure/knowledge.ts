/** Part of a linear statement: so many times a variable. */
export type Term = readonly [variable: number, coefficient: number];

/** `low` <= the sum of the terms <= `high`. */
export interface Fact {
  readonly variables: readonly number[];
  readonly coefficients: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** What a reader knows: whole numbers between bounds, and linear facts about them. Nothing here knows how they came about. */
export class Knowledge {
  readonly low: number[] = [];
  readonly high: number[] = [];
  readonly facts: Fact[] = [];

  variable(low: number, high: number): number {
    this.low.push(low);
    this.high.push(high);
    return this.low.length - 1;
  }

  /** Adds a fact, in which a variable stands once; an equality where no higher bound is given. */
  know(terms: readonly Term[], low: number, high = low): void {
    const variables = new Array<number>(terms.length);
    const coefficients = new Array<number>(terms.length);
    for (let at = 0; at < terms.length; at += 1) [variables[at], coefficients[at]] = terms[at]!;
    this.facts.push({ variables, coefficients, low, high });
  }

  /** The first fact or bound that a world contradicts, in words; undefined where it agrees with everything. */
  contradiction(world: readonly number[]): string | undefined {
    for (const [variable, value] of world.entries())
      if (value < this.low[variable]! || value > this.high[variable]!)
        return `variable ${variable} is ${value}, not ${this.low[variable]} to ${this.high[variable]}`;
    const wrong = this.facts.find((fact) => {
      const value = valueOf(fact, world);
      return value < fact.low || value > fact.high;
    });
    return wrong && `${JSON.stringify(wrong)} comes to ${valueOf(wrong, world)}`;
  }
}

export function valueOf({ variables, coefficients }: Fact, world: readonly number[]): number {
  let value = 0;
  for (let at = 0; at < variables.length; at += 1)
    value += coefficients[at]! * world[variables[at]!]!;
  return value;
}
