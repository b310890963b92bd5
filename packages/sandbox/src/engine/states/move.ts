import type { Engine } from "../engine.ts";
import type { Status, Transition } from "../objects/index.ts";
import { requireTransition, type StateTable } from "./state-tables.ts";

/** Texts beside reason codes. `ChargeInProgress` is the service's own wording, the others are ours. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  AmazonCanceled: "Amazon canceled it.",
  AmazonClosed: "Amazon closed it because the charge was completed.",
  AmazonRejected: "Amazon rejected the transaction.",
  BillingAddressDeleted: "The buyer deleted the billing address.",
  BuyerCanceled: "The buyer canceled it.",
  ChargeInProgress:
    "A charge is already in progress. You cannot initiate a new charge unless previous charge is canceled.",
  ChargePermissionCanceled: "The charge permission was canceled.",
  Declined: "The payment was declined.",
  Expired: "It was not completed within its time.",
  ExpiredUnused: "The charge was authorized for 30 days and was not captured.",
  HardDeclined: "The payment method was declined. The buyer has to choose another one.",
  MerchantCanceled: "The merchant canceled it.",
  MFAFailed: "The buyer did not confirm the amount.",
  PaymentMethodDeleted: "The buyer deleted the payment method.",
  PaymentMethodExpired: "The payment method has expired.",
  PaymentMethodInvalid: "The payment method was declined. The buyer has to choose another one.",
  PaymentMethodNotAllowed: "The payment method is not allowed for this charge.",
  PaymentMethodNotSet: "There is no payment method.",
  ProcessingFailure: "Amazon could not process the transaction because of an internal error.",
  SoftDeclined: "The payment method was declined. Another attempt may succeed.",
  TransactionTimedOut: "There was not enough time to decide on the transaction.",
};

/** The text of a reason code; null for none. */
export function describeReason(reasonCode: string | null): string | null {
  return reasonCode === null ? null : (DESCRIPTIONS[reasonCode] ?? null);
}

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
