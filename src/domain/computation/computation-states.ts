import type { StateMachine } from '../shared/transition-table.js';

/** payable posts lines; recheck repeats an earlier computation as it was known then, and posts none. */
export type ComputationKind = 'payable' | 'recheck';

export type ComputationState = 'requested' | 'running' | 'computed' | 'failed' | 'cancelled';
export type ComputationAct = 'begin' | 'let go' | 'finish' | 'give up' | 'cancel';

const BY_THE_SERVICE = ['service'];
const CANCELLED = {
  to: 'cancelled',
  audit: 'computation.cancelled',
  by: ['provider', 'commissioner'],
} as const;
const FAILED = { to: 'failed', audit: 'computation.failed', by: BY_THE_SERVICE } as const;

/** Where a computation can go from each state. A run that stops half-way goes back to requested: nothing was posted. */
export const COMPUTATION_STATES: StateMachine<ComputationState, ComputationAct> = {
  of: 'computation',
  starts: 'requested',
  means: {
    requested: 'asked for; a worker will take it in its turn',
    running: 'a worker holds it; nothing is posted until it has ended',
    computed: 'its lines are posted, with their digest',
    failed: 'it could not be computed, and says why; nothing was posted',
    cancelled: 'called off before it had ended; nothing was posted',
  },
  moves: {
    requested: {
      begin: { to: 'running', audit: null, by: BY_THE_SERVICE },
      'give up': FAILED,
      cancel: CANCELLED,
    },
    running: {
      finish: { to: 'computed', audit: 'computation.computed', by: BY_THE_SERVICE },
      'give up': FAILED,
      cancel: CANCELLED,
      'let go': { to: 'requested', audit: null, by: BY_THE_SERVICE },
    },
    computed: {},
    failed: {},
    cancelled: {},
  },
};

/** Whether nothing more will happen to it. */
export const hasEnded = (state: ComputationState): boolean =>
  Object.keys(COMPUTATION_STATES.moves[state]).length === 0;
