import { DomainError, type Fault } from '../shared/domain-error.js';
import type { ClaimLineState, Decision } from './line-states.js';
import { CLAIM_LINES } from './line-states.js';
import { moveOf } from '../shared/transition-table.js';

/** What a commissioner decides of one line of a claim. */
export interface LineDecision {
  /** Line number within the claim's computation. */
  readonly lineNo: number;
  readonly reference: string;
  readonly decision: Decision;
  /** Why it is returned; may be given for an approval too. */
  readonly reason: string | null;
}

/** Thrown when some decisions of an act cannot stand; none of them is recorded. Every fault names its line. */
export class DecisionsRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'DECISIONS_REFUSED',
      kind: faults.every(({ code }) => code === 'LINE_DECIDED_ALREADY') ? 'conflict' : 'invalid',
      detail:
        'No decision was recorded, because some cannot stand. Correct each fault and send all of them again.',
      faults,
    });
  }
}

/** Thrown when an act would decide no line at all. */
export class NothingToDecide extends DomainError {
  constructor() {
    super({
      code: 'NOTHING_TO_DECIDE',
      kind: 'conflict',
      detail:
        'There is nothing to decide: name at least one line, or look for a claim with undecided lines.',
    });
  }
}

/**
 * Checks the decisions of one act against the states of the lines they name (a line that is not in the claim has none).
 * Refuses DecisionsRefused with every fault.
 */
export function checkDecisions(
  decisions: readonly LineDecision[],
  states: ReadonlyMap<number, ClaimLineState>,
): void {
  const seen = new Set<number>();
  const faults = decisions.flatMap((decision, index) => {
    const fault = faultOf(decision, states.get(decision.lineNo) ?? null, seen.has(decision.lineNo));
    seen.add(decision.lineNo);
    return fault === null ? [] : [{ at: `/decisions/${index}`, ...fault }];
  });
  if (faults.length > 0) throw new DecisionsRefused(faults);
}

function faultOf(
  { reference, decision, reason }: LineDecision,
  state: ClaimLineState | null,
  isRepeated: boolean,
): Omit<Fault, 'at'> | null {
  if (isRepeated)
    return { code: 'LINE_TWICE', detail: `Line ${reference} is decided twice. Keep one decision.` };
  if (state === null)
    return {
      code: 'LINE_NOT_IN_CLAIM',
      detail: `Line ${reference} is not in this claim. Check its reference.`,
    };
  const act = decision === 'approved' ? 'approve' : 'return';
  if (moveOf(CLAIM_LINES, state, act) === null)
    return {
      code: 'LINE_DECIDED_ALREADY',
      detail: `Line ${reference} is ${state} already, and a decision is final. Leave it out.`,
    };
  if (decision === 'returned' && (reason ?? '').trim() === '')
    return {
      code: 'REASON_MISSING',
      detail: `Say why line ${reference} is returned, so that the provider can put it right.`,
    };
  return null;
}
