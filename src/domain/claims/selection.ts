import { DomainError, type Fault } from '../shared/domain-error.js';
import { moveOf } from '../shared/transition-table.js';
import { CLAIM_LINES, type ClaimLineState } from './line-states.js';

/** A line that a provider wants to claim, as the record has it. */
export interface ClaimableLine {
  readonly lineNo: number;
  readonly amountMinor: bigint;
  readonly state: ClaimLineState;
}

/** Thrown when some of the chosen lines cannot be claimed; no claim is made. Every fault names its line. */
export class LinesNotClaimable extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'LINES_NOT_CLAIMABLE',
      kind: 'conflict',
      detail:
        'No claim was made, because some of these lines cannot be claimed. Leave them out and submit again.',
      faults,
    });
  }
}

/** Thrown when a computation has no line that could be claimed now. */
export class NothingToClaim extends DomainError {
  constructor() {
    super({
      code: 'NOTHING_TO_CLAIM',
      kind: 'conflict',
      detail:
        'This computation has no line left to claim: each is nil, awaits a decision, or is approved.',
    });
  }
}

const WHY_NOT: Readonly<
  Record<Exclude<ClaimLineState, 'unclaimed' | 'returned'>, Omit<Fault, 'at'>>
> = {
  awaiting: { code: 'LINE_AWAITS_DECISION', detail: 'is in a claim that is not decided yet' },
  approved: {
    code: 'LINE_APPROVED_ALREADY',
    detail: 'is approved already and cannot be claimed again',
  },
};

/** Checks a provider's choice of lines against the record. Refuses LinesNotClaimable with every fault. */
export function checkSelection(
  chosen: readonly { readonly reference: string; readonly lineNo: number | null }[],
  known: ReadonlyMap<number, ClaimableLine>,
): void {
  const seen = new Set<string>();
  const faults = chosen.flatMap(({ reference, lineNo }, index): Fault[] => {
    const fault = seen.has(reference)
      ? { code: 'LINE_TWICE', detail: 'is named twice' }
      : faultOf(lineNo === null ? null : (known.get(lineNo) ?? null));
    seen.add(reference);
    return fault
      ? [{ at: `/lines/${index}`, code: fault.code, detail: `Line ${reference} ${fault.detail}.` }]
      : [];
  });
  if (faults.length > 0) throw new LinesNotClaimable(faults);
}

function faultOf(line: ClaimableLine | null): Omit<Fault, 'at'> | null {
  if (line === null)
    return { code: 'LINE_NOT_IN_COMPUTATION', detail: 'is not a line of this computation' };
  if (line.amountMinor === 0n)
    return { code: 'LINE_NIL', detail: 'is a nil line, so there is nothing to pay' };
  if (moveOf(CLAIM_LINES, line.state, 'submit') !== null) return null;
  return WHY_NOT[line.state as 'awaiting' | 'approved'];
}
