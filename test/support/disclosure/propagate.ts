import type { Fact } from './knowledge.js';

/** Bounds of whole numbers that are narrowed in place. */
export interface Bounds {
  readonly low: number[];
  readonly high: number[];
}

/**
 * Narrows bounds by the facts until nothing changes: each term can only take what the others leave of the fact's interval,
 * rounded to whole numbers. False where a contradiction is met, so that no world is left.
 */
export function propagate(facts: readonly Fact[], bounds: Bounds): boolean {
  for (let hasChanged = true; hasChanged;) {
    hasChanged = false;
    for (const fact of facts) {
      const changed = narrow(fact, bounds);
      if (changed === null) return false;
      hasChanged ||= changed;
    }
  }
  return true;
}

/** Whether any bound was narrowed by the fact; null where it cannot hold. */
function narrow(fact: Fact, { low, high }: Bounds): boolean | null {
  const { variables, coefficients } = fact;
  let [least, most] = [0, 0];
  for (let at = 0; at < variables.length; at += 1) {
    const [coefficient, variable] = [coefficients[at]!, variables[at]!];
    least += coefficient * (coefficient > 0 ? low[variable]! : high[variable]!);
    most += coefficient * (coefficient > 0 ? high[variable]! : low[variable]!);
  }
  if (least > fact.high || most < fact.low) return null;
  if (least >= fact.low && most <= fact.high) return false; // says nothing
  let hasChanged = false;
  for (let at = 0; at < variables.length; at += 1) {
    const [coefficient, variable] = [coefficients[at]!, variables[at]!];
    const isUp = coefficient > 0;
    const [from, to] = [low[variable]!, high[variable]!];
    const restLeast = least - coefficient * (isUp ? from : to);
    const restMost = most - coefficient * (isUp ? to : from);
    const [one, other] = [
      (fact.low - restMost) / coefficient,
      (fact.high - restLeast) / coefficient,
    ];
    const [newLow, newHigh] = [Math.ceil(isUp ? one : other), Math.floor(isUp ? other : one)];
    if (newLow > from) {
      low[variable] = newLow;
      if (isUp) least += coefficient * (newLow - from);
      else most += coefficient * (newLow - from);
      hasChanged = true;
    }
    if (newHigh < to) {
      high[variable] = newHigh;
      if (isUp) most -= coefficient * (to - newHigh);
      else least -= coefficient * (to - newHigh);
      hasChanged = true;
    }
    if (low[variable]! > high[variable]!) return null;
  }
  return hasChanged;
}
