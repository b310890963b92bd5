import type { CheckoutSession } from "../../engine/objects/index.ts";
import { deliveryOf, merchantAddressOf } from "../buyer/choices.ts";
import type { Visit } from "./visit.ts";

/** A hosted page on which something is chosen. */
export type Step = "sign-in" | "address" | "payment" | "consent" | "order";

/** Whether the session goes from the hosted pages straight to its result (additional payment button). */
export function goesStraightToResult(session: CheckoutSession): boolean {
  return session.details.webCheckoutDetails["checkoutMode"] === "ProcessOrder";
}

/**
 * The pages of a visit, in order.
 *
 * @param session null for a sign-in
 */
export function stepsOf(visit: Visit, session: CheckoutSession | null): readonly Step[] {
  if (visit.purpose === "change-address") return ["address"];
  if (visit.purpose === "change-payment") return ["payment"];
  if (session === null) return ["sign-in", "consent"];
  if (visit.purpose === "upgrade") return ["consent"];
  const order: readonly Step[] = visit.embedded ? ["order"] : [];
  const asksForAddress = deliveryOf(session) !== "none" && merchantAddressOf(session) === null;
  const address: readonly Step[] = asksForAddress ? ["address"] : [];
  return ["sign-in", ...address, "payment", "consent", ...order];
}

/** The first page whose choice has not been made; undefined when all are made. */
export function nextStep(visit: Visit, session: CheckoutSession | null): Step | undefined {
  const made: Readonly<Record<Step, boolean>> = {
    "sign-in": visit.buyerId !== null,
    address: visit.addressIds.length > 0,
    payment: visit.instrumentId !== null,
    consent: visit.consented,
    order: visit.ordered === true,
  };
  return stepsOf(visit, session).find((step) => !made[step]);
}

/** The page before one; undefined on the first. */
export function stepBefore(visit: Visit, session: CheckoutSession | null, step: Step): Step | undefined {
  const steps = stepsOf(visit, session);
  return steps[steps.indexOf(step) - 1];
}
