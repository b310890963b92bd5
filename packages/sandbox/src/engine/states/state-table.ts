/** How a state may be left, and what may be asked of an object in it. */
export interface StateRow<State extends string> {
  /** States that may follow, each with the reason codes that lead there; null is "no reason". */
  readonly to: Readonly<Partial<Record<State, readonly (string | null)[]>>>;
  /** Operations that are allowed. */
  readonly operations: readonly string[];
}

/** A state machine as a table. */
export interface StateTable<State extends string> {
  /** What it is about, as the event log names it. */
  readonly object: string;
  /** States in which an object may come into being. */
  readonly initial: readonly State[];
  readonly states: Readonly<Record<State, StateRow<State>>>;
}

/**
 * Holds a transition against the table.
 *
 * @throws TypeError for one that the table does not have: a fault of the sandbox, never of the caller
 */
export function requireTransition<State extends string>(
  table: StateTable<State>,
  from: State | null,
  to: State,
  reasonCode: string | null,
): void {
  const known = from === null ? table.initial.includes(to) : (table.states[from].to[to]?.includes(reasonCode) ?? false);
  if (!known) throw new TypeError(`${table.object}: no transition from ${from} to ${to} with reason ${reasonCode}`);
}

/** Whether an operation is allowed in a state. */
export function allows<State extends string>(table: StateTable<State>, state: State, operation: string): boolean {
  return table.states[state].operations.includes(operation);
}
