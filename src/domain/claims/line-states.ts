import { moveOf, type StateMachine } from '../shared/transition-table.js';

/** Where a payable line stands between its computation and its payment. */
export const CLAIM_LINE_STATES = ['unclaimed', 'awaiting', 'approved', 'returned'] as const;
export type ClaimLineState = (typeof CLAIM_LINE_STATES)[number];
export type ClaimLineAct = 'submit' | 'approve' | 'return';

/** How a commissioner may decide a line, as it is recorded. */
export const DECISIONS = ['approved', 'returned'] as const;
export type Decision = (typeof DECISIONS)[number];

export const CLAIM_LINES: StateMachine<ClaimLineState, ClaimLineAct> = {
  of: 'payable line',
  starts: 'unclaimed',
  means: {
    unclaimed: 'computed, and in no claim yet',
    awaiting: 'in a claim, not yet decided',
    approved: 'accepted for payment; final',
    returned: 'sent back with a reason; may be claimed again',
  },
  moves: {
    unclaimed: { submit: { to: 'awaiting', audit: 'claim.submitted', by: ['provider'] } },
    awaiting: {
      approve: { to: 'approved', audit: 'claim.decided', by: ['commissioner'] },
      return: { to: 'returned', audit: 'claim.decided', by: ['commissioner'] },
    },
    approved: {},
    returned: { submit: { to: 'awaiting', audit: 'claim.submitted', by: ['provider'] } },
  },
};

/** The states from which a line may be put into a claim. */
export const claimableStates = (): ClaimLineState[] =>
  CLAIM_LINE_STATES.filter((state) => moveOf(CLAIM_LINES, state, 'submit') !== null);
