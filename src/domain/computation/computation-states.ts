/** payable posts lines; recheck repeats an earlier computation as it was known then, and posts none. */
export type ComputationKind = 'payable' | 'recheck';

/** Where a computation can go from each state. A run that stops half-way goes back to requested: nothing was posted. */
export const COMPUTATION_STATES = {
  requested: ['running', 'failed', 'cancelled'],
  running: ['computed', 'failed', 'cancelled', 'requested'],
  computed: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<string, readonly string[]>;

export type ComputationState = keyof typeof COMPUTATION_STATES;

/** Whether nothing more will happen to it. */
export const hasEnded = (state: ComputationState): boolean =>
  COMPUTATION_STATES[state].length === 0;

export const mayBecome = (from: ComputationState, to: ComputationState): boolean =>
  (COMPUTATION_STATES[from] as readonly ComputationState[]).includes(to);
