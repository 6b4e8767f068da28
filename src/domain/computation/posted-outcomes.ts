import type { PostedLine } from './payment-line.js';

/** What earlier computations have posted for one outcome, all its lines folded together. */
export interface PostedOutcome {
  /** The latest line that is not merely a note of what was withheld. */
  readonly last: PostedLine;
  readonly amountMinor: bigint;
  readonly parts: ReadonlyMap<string, bigint>;
}

export const outcomeKey = (line: {
  readonly clause: string;
  readonly occurrence: string;
}): string => `${line.clause}|${line.occurrence}`;

const NONE: ReadonlyMap<string, PostedOutcome> = new Map();

/** Folds posted lines, in any order, into one record for each outcome. */
export function foldPosted(lines: readonly PostedLine[]): ReadonlyMap<string, PostedOutcome> {
  if (lines.length === 0) return NONE;
  const outcomes = new Map<string, PostedOutcome>();
  for (const line of lines) {
    if (line.kind === 'withheld') continue;
    const key = outcomeKey(line);
    const before = outcomes.get(key);
    outcomes.set(
      key,
      before === undefined
        ? { last: line, amountMinor: line.amountMinor, parts: line.parts }
        : join(before, line),
    );
  }
  return outcomes;
}

function join(before: PostedOutcome, line: PostedLine): PostedOutcome {
  const parts = new Map(before.parts);
  for (const [payer, part] of line.parts) parts.set(payer, (parts.get(payer) ?? 0n) + part);
  return {
    last: line.revision > before.last.revision ? line : before.last,
    amountMinor: before.amountMinor + line.amountMinor,
    parts,
  };
}
