import type { Range } from '../subtrees.js';

/** A leaf that is shown, and the leaves before it that are not (empty where it follows the one before). */
export interface Shown<T> {
  readonly before: Range;
  readonly item: T;
}

/** What stands between leaves that are shown, in the order of their indexes; `from` is the first leaf not yet accounted for. */
export function withGaps<T extends { readonly index: number }>(
  items: readonly T[],
  from: number,
): Shown<T>[] {
  let next = from;
  return items.map((item) => {
    if (item.index < next) throw new Error('leaves are shown in the order of their indexes');
    const before = { from: next, to: item.index };
    next = item.index + 1;
    return { before, item };
  });
}
