/** Deeper than any document of ours is nested, and shallow enough for readers that descend by recursion. */
export const MAX_DEPTH = 100;

/** Whether data is nested too deeply; looked at level by level, because descending is what it would exhaust. */
export function isTooDeep(data: unknown): boolean {
  let level = [data];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return false;
}
