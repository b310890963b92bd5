import { DomainError } from "../domain-error.ts";
import type { Engine } from "../engine.ts";
import type { ChargePermission } from "../objects/index.ts";
import { closePermission } from "./close-permission.ts";
import { movePermission } from "./move-permission.ts";
import type { DeclineReason } from "./outcome.ts";

/** What a decline means for the permission: it goes on, waits for the buyer, or is over (docs/amazon-pay/states.md, docs/amazon-pay/errors.md). */
const CONSEQUENCE: Readonly<Record<DeclineReason, "none" | "close" | { readonly wait: string }>> = {
  SoftDeclined: "none",
  TransactionTimedOut: "none",
  ProcessingFailure: "none",
  HardDeclined: { wait: "PaymentMethodInvalid" },
  PaymentMethodNotAllowed: { wait: "PaymentMethodNotAllowed" },
  MFANotCompleted: { wait: "MFAFailed" },
  AmazonRejected: "close",
};

const MESSAGES: Readonly<Record<DeclineReason, string>> = {
  SoftDeclined: "The charge was declined by the payment method. Another attempt may succeed.",
  HardDeclined: "The charge was declined by the payment method. Ask the buyer for another payment method.",
  AmazonRejected: "Amazon rejected the charge. The charge permission is closed.",
  TransactionTimedOut: "The charge could not be decided in time.",
  ProcessingFailure: "Amazon could not process the transaction because of an internal error.",
  MFANotCompleted: "The buyer has to complete multi-factor authentication for this charge.",
  PaymentMethodNotAllowed: "The payment method of the buyer is not allowed for this charge.",
};

/** Lets a permission feel the decline of one of its charges. */
export function applyDecline(engine: Engine, permission: ChargePermission, reasonCode: DeclineReason): void {
  const consequence = CONSEQUENCE[reasonCode];
  if (consequence === "none" || permission.state === "Closed") return;
  if (consequence === "close") closePermission(engine, permission, "AmazonCanceled", true);
  else movePermission(engine, permission, "NonChargeable", consequence.wait);
}

/** The error with which a decline is answered. */
export const declineError = (reasonCode: DeclineReason): DomainError =>
  new DomainError(reasonCode, MESSAGES[reasonCode]);
