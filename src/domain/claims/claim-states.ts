import type { StateMachine } from '../shared/transition-table.js';

/** A claim is decided when the last of its lines is. */
export type ClaimState = 'submitted' | 'decided';
export type ClaimAct = 'decide lines' | 'decide the last line';

export const CLAIM_STATES: StateMachine<ClaimState, ClaimAct> = {
  of: 'claim',
  starts: 'submitted',
  means: {
    submitted: 'at least one line awaits a decision',
    decided: 'every line is approved or returned',
  },
  moves: {
    submitted: {
      'decide lines': { to: 'submitted', audit: 'claim.decided', by: ['commissioner'] },
      'decide the last line': { to: 'decided', audit: 'claim.decided', by: ['commissioner'] },
    },
    decided: {},
  },
};

/** The state of a claim, which is never stored: it follows from how many of its lines are decided. */
export const claimState = (lines: number, decided: number): ClaimState =>
  decided >= lines ? 'decided' : 'submitted';
