/** One permitted move of an aggregate from one state to another. */
export interface Move<State extends string> {
  readonly to: State;
  /** Type of the audit entry that records it; null where nothing has happened yet that anybody could rely on. */
  readonly audit: string | null;
  /** Who may make it: roles in the contract, or "service" where no person acts. */
  readonly by: readonly string[];
}

/**
 * All that an aggregate may do, as one table (rule 13): a state without a row does not compile, and a move that is not
 * in the table does not exist. docs/states.md is drawn from these tables.
 */
export interface StateMachine<State extends string, Act extends string> {
  /** What has the states: "claim". */
  readonly of: string;
  /** The state it is in when it comes into being. */
  readonly starts: State;
  /** What each state means in the contract. */
  readonly means: { readonly [S in State]: string };
  readonly moves: { readonly [S in State]: { readonly [A in Act]?: Move<State> } };
}

/** The move an act makes from a state; null where the table has none, which the caller turns into its refusal. */
export function moveOf<State extends string, Act extends string>(
  machine: StateMachine<State, Act>,
  from: State,
  act: Act,
): Move<State> | null {
  return machine.moves[from][act] ?? null;
}

/** Every move of the table in its order, for documents and tests. */
export function movesOf<State extends string, Act extends string>(
  machine: StateMachine<State, Act>,
): { readonly from: State; readonly act: Act; readonly move: Move<State> }[] {
  const states = Object.keys(machine.moves) as State[];
  return states.flatMap((from) =>
    (Object.entries(machine.moves[from]) as [Act, Move<State>][]).map(([act, move]) => ({
      from,
      act,
      move,
    })),
  );
}
