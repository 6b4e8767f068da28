import type { Fact } from './knowledge.js';
import { propagate, type Bounds } from './propagate.js';

export type Found = 'a-world' | 'no-world' | 'undecided';

/**
 * Whether any world agrees with all facts: exact enumeration, value by value, with propagation after each choice. It stops
 * undecided after so many choices. `near` is where a world is looked for first.
 */
export function enumerate(
  facts: readonly Fact[],
  bounds: Bounds,
  near: readonly number[],
  budget: { choices: number },
): Found {
  if (!propagate(facts, bounds)) return 'no-world';
  const { low, high } = bounds;
  let open = -1;
  for (let variable = 0; variable < low.length; variable += 1) {
    const width = high[variable]! - low[variable]!;
    if (width > 0 && (open < 0 || width < high[open]! - low[open]!)) open = variable;
  }
  if (open < 0) return 'a-world';
  let found: Found = 'no-world';
  for (const value of nearest(low[open]!, high[open]!, near[open]!)) {
    if (budget.choices <= 0) return 'undecided';
    budget.choices -= 1;
    const next = { low: [...low], high: [...high] };
    next.low[open] = next.high[open] = value;
    const its = enumerate(facts, next, near, budget);
    if (its === 'a-world') return its;
    if (its === 'undecided') found = its;
  }
  return found;
}

function nearest(low: number, high: number, near: number): number[] {
  const values = Array.from({ length: high - low + 1 }, (_, step) => low + step);
  return values.sort((a, b) => Math.abs(a - near) - Math.abs(b - near));
}
