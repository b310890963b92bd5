import type { Engine } from "../engine.ts";
import type { Status, Transition } from "../objects/index.ts";
import { describeReason } from "./reason-descriptions.ts";
import { requireTransition, type StateTable } from "./state-table.ts";

/** What a state machine needs of an object. */
interface Stateful<State extends string> {
  readonly merchantId: string;
  status: Status<State>;
  history: Transition[];
}

/**
 * Takes an object to another state by its table: status, history and event log. The caller puts the object and tells
 * what happened.
 *
 * @param description default: the usual text of the reason code
 */
export function move<State extends string>(
  engine: Engine,
  table: StateTable<State>,
  id: string,
  object: Stateful<State>,
  to: State,
  reasonCode: string | null = null,
  description: string | null = describeReason(reasonCode),
): void {
  requireTransition(table, object.status.state, to, reasonCode);
  const at = engine.now();
  record(engine, table.object, id, object, { at, from: object.status.state, to, reasonCode });
  object.status = { state: to, reasonCode, reasonDescription: description, lastUpdatedAt: at };
}

/** Notes the first state of a new object. */
export function begin<State extends string>(
  engine: Engine,
  table: StateTable<State>,
  id: string,
  object: { readonly merchantId: string; history: Transition[] },
  state: State,
): void {
  requireTransition(table, null, state, null);
  record(engine, table.object, id, object, { at: engine.now(), from: null, to: state, reasonCode: null });
}

/** The status of a new object. */
export function initialStatus<State extends string>(engine: Engine, state: State): Status<State> {
  return { state, reasonCode: null, reasonDescription: null, lastUpdatedAt: engine.now() };
}

/** Adds to an object's history and tells the event log. */
export function record(
  engine: Engine,
  object: string,
  id: string,
  { merchantId, history }: { readonly merchantId: string; readonly history: Transition[] },
  transition: Transition,
): void {
  history.push(transition);
  engine.bus.emit("object.moved", { object, id, merchantId, transition });
}
