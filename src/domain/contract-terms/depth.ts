import type { Fault } from '../shared/domain-error.js';

/** Deeper than any terms are nested, and shallow enough for readers that descend by recursion. */
export const MAX_DEPTH = 100;

export const TOO_DEEP: Fault = {
  at: '',
  code: 'TERMS_TOO_DEEP',
  detail: 'The document is nested too deeply. Write its parts side by side.',
};

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
