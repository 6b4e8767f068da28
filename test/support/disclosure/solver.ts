import { enumerate, type Found } from './enumerate.js';
import type { Fact, Knowledge } from './knowledge.js';
import { Repair } from './repair.js';

/** What a reader can say of a cell, the sum of some variables: pinned where only one value is possible. */
export type Verdict = 'open' | 'pinned' | 'undecided';

const CHOICES = 1_000;

/**
 * A reader with a computer. A cell is pinned when no world that agrees with everything known gives it another value than
 * the true one. It is told the truth only to know which value to look beside; whatever it concludes rests on the facts.
 */
export class Solver {
  private columnsOnce: string[] | undefined;
  private readonly repair: Repair;

  /** Refuses knowledge that the truth contradicts: such a reader would be mistaken, not clever. */
  constructor(
    private readonly knowledge: Knowledge,
    private readonly truth: readonly number[],
  ) {
    const contradiction = knowledge.contradiction(truth);
    if (contradiction !== undefined) throw new Error(`the reader is mistaken: ${contradiction}`);
    this.repair = new Repair(knowledge, truth);
  }

  verdict(cell: readonly number[]): Verdict {
    if (this.repair.canMove(cell)) return 'open';
    const sides = [this.search(cell, -1), this.search(cell, 1)];
    if (sides.includes('a-world')) return 'open';
    return sides.includes('undecided') ? 'undecided' : 'pinned';
  }

  /** In which facts each variable stands, with which coefficient: worked out once, and only when it is asked for. */
  private get columns(): string[] {
    if (this.columnsOnce) return this.columnsOnce;
    const columns: string[][] = this.truth.map(() => []);
    for (const [number, { variables, coefficients }] of this.knowledge.facts.entries())
      for (const [at, variable] of variables.entries())
        columns[variable]!.push(`${number}*${coefficients[at]}`);
    return (this.columnsOnce = columns.map((its) => its.join(' ')));
  }

  /** Looks for a world in which the cell is smaller (-1) or larger (1) than it is. */
  private search(cell: readonly number[], side: -1 | 1): Found {
    const problem = this.merged(cell);
    const sum = cell.reduce((total, variable) => total + this.truth[variable]!, 0);
    const variables = cell.map((_, at) => at);
    const aside: Fact = {
      variables,
      coefficients: variables.map(() => 1),
      low: side < 0 ? -Infinity : sum + 1,
      high: side < 0 ? sum - 1 : Infinity,
    };
    const facts = [aside, ...problem.facts, ...differences(problem.facts)];
    return enumerate(facts, problem, problem.near, { choices: CHOICES });
  }

  /**
   * The same knowledge with variables that no fact tells apart taken together: any value of their sum between the sums of
   * their bounds can be divided among them. The variables of the cell come first and stay apart.
   */
  private merged(cell: readonly number[]) {
    const { low, high, facts } = this.knowledge;
    const places = new Map<string, number>();
    const placeOf = this.truth.map((_, variable) => {
      const own = cell.indexOf(variable);
      if (own >= 0) return own;
      const column = this.columns[variable]!;
      const place = places.get(column) ?? cell.length + places.size;
      places.set(column, place);
      return place;
    });
    const size = cell.length + places.size;
    const problem = {
      low: new Array<number>(size).fill(0),
      high: new Array<number>(size).fill(0),
      near: new Array<number>(size).fill(0),
    };
    for (const [variable, place] of placeOf.entries()) {
      problem.low[place]! += low[variable]!;
      problem.high[place]! += high[variable]!;
      problem.near[place]! += this.truth[variable]!;
    }
    return { ...problem, facts: facts.map((fact) => mergedFact(fact, placeOf)) };
  }
}

/** What is left of a fact when an equality that lies wholly within it is taken off: one published figure less another. */
function differences(facts: readonly Fact[]): Fact[] {
  const equalities = facts.filter(({ low, high }) => low === high).map((fact) => termsOf(fact));
  return facts.flatMap((fact) => {
    const whole = termsOf(fact);
    return equalities.flatMap((part): Fact[] => {
      const isWithin =
        part.terms.size < whole.terms.size &&
        [...part.terms].every(([variable, its]) => whole.terms.get(variable) === its);
      if (!isWithin) return [];
      const rest = [...whole.terms].filter(([variable]) => !part.terms.has(variable));
      return [
        {
          variables: rest.map(([variable]) => variable),
          coefficients: rest.map(([, its]) => its),
          low: fact.low - part.low,
          high: fact.high - part.low,
        },
      ];
    });
  });
}

const termsOf = ({ variables, coefficients, low }: Fact) => ({
  low,
  terms: new Map(variables.map((variable, at) => [variable, coefficients[at]!])),
});

function mergedFact(fact: Fact, placeOf: readonly number[]): Fact {
  const coefficients = new Map<number, number>();
  for (const [at, variable] of fact.variables.entries())
    coefficients.set(placeOf[variable]!, fact.coefficients[at]!);
  return { ...fact, variables: [...coefficients.keys()], coefficients: [...coefficients.values()] };
}
