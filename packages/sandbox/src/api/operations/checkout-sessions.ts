import { readPrice } from "../../engine/amounts.ts";
import type { Charge, CheckoutSession, SessionBuyer } from "../../engine/objects/index.ts";
import {
  cancelSession,
  completeSession,
  createSession,
  isSetUpOnly,
  requireOperation,
  requireReady,
  requireSameAmounts,
  sessionCanceled,
  updateSession,
} from "../../engine/sessions/index.ts";
import { mergeDetails } from "../../engine/sessions/read-details.ts";
import type { OperationAnswer, OperationCall } from "../operation-call.ts";
import { sessionOf } from "../own-objects.ts";
import { addressOf } from "../render/render.ts";
import { showSession } from "../render/checkout-session.ts";
import { ServiceError } from "../service-error.ts";
import { chargeOutcome, simulationOf } from "../simulation.ts";
import type { Handlers } from "./handlers.ts";

const show = (call: OperationCall, session: CheckoutSession, withCart = false): unknown =>
  showSession(session, { engine: call.engine, merchant: call.merchant, pages: call.pages, withCart });

/** docs/amazon-pay/operations.md. */
export const checkoutSessionHandlers = {
  createCheckoutSession: (call) => {
    const { engine, merchant, environment, body } = call;
    return { body: show(call, createSession(engine, { merchant, environment, body, productType: null })) };
  },

  getCheckoutSession: (call) => ({ body: show(call, sessionOf(call)) }),

  updateCheckoutSession: (call) => {
    const session = sessionOf(call);
    updateSession(call.engine, session, call.body, call.merchant);
    return { body: show(call, session) };
  },

  completeCheckoutSession: (call) => {
    const session = sessionOf(call);
    requireReady(session);
    requireSameAmounts(session, {
      chargeAmount: readPrice(call.body["chargeAmount"], "chargeAmount"),
      totalOrderAmount: readPrice(call.body["totalOrderAmount"], "totalOrderAmount"),
    });
    return complete(call, session, false);
  },

  finalizeCheckoutSession: (call) => {
    const session = sessionOf(call);
    if (session.status.state === "Canceled") throw sessionCanceled();
    requireOperation(session, "finalize");
    requireSameAddress(call, session);
    const { chargeAmount, totalOrderAmount, paymentIntent, canHandlePendingAuthorization, supplementaryData } =
      call.body;
    session.details = mergeDetails(
      session.details,
      {
        paymentDetails: { chargeAmount, totalOrderAmount, paymentIntent, canHandlePendingAuthorization },
        supplementaryData,
      },
      call.merchant,
    );
    call.engine.state.checkoutSessions.put(session.checkoutSessionId, session);
    return complete(call, session, true);
  },
} satisfies Handlers;

function complete(call: OperationCall, session: CheckoutSession, withCart: boolean): OperationAnswer {
  const buyer = buyerOf(session);
  const simulation = simulationOf(call);
  if (simulation?.kind === "session") {
    cancelSession(call.engine, session, simulation.reason);
    throw sessionCanceled();
  }
  const { paymentDetails } = session.details;
  const outcome = chargeOutcome(call, buyer.instrumentId, call.merchant.region, {
    canHandlePendingAuthorization:
      paymentDetails.canHandlePendingAuthorization && paymentDetails.paymentIntent === "Authorize",
    captureNow: paymentDetails.paymentIntent === "AuthorizeWithCapture",
  });
  if (outcome.kind === "declined" && paymentDetails.paymentIntent !== "Confirm" && !isSetUpOnly(session)) {
    // A session has one word for every decline; the charge that would name the reason is never made (docs/amazon-pay/states.md).
    cancelSession(call.engine, session, "Declined");
    throw sessionCanceled();
  }
  const charge: Charge | null = completeSession(call.engine, session, call.merchant, buyer, outcome);
  const pending = charge?.status.state === "AuthorizationInitiated";
  return { status: pending ? 202 : 200, body: show(call, session, withCart) };
}

function buyerOf(session: CheckoutSession): SessionBuyer {
  if (session.buyer !== null) return session.buyer;
  throw new ServiceError("InvalidCheckoutSessionStatus", "There is no buyer associated with the Checkout Session.");
}

/** What a buyer can tell two addresses apart by; names and telephone numbers may be written otherwise. */
const COMPARED = ["addressLine1", "city", "stateOrRegion", "postalCode", "countryCode"] as const;

/** docs/amazon-pay/operations.md: the shipping address must be the one that the buyer chose. */
function requireSameAddress(call: OperationCall, session: CheckoutSession): void {
  const given = call.body["shippingAddress"] as Readonly<Record<string, unknown>> | null | undefined;
  const chosen = addressOf(call.engine, session.buyer?.addressId ?? null);
  if (chosen === null) return;
  if (given === null || given === undefined) {
    throw new ServiceError("MissingParameterValue", "The value for [shippingAddress] is missing.");
  }
  for (const name of COMPARED) {
    const [wanted, known] = [given[name] ?? null, chosen[name]];
    if (wanted === null || (typeof wanted === "string" && wanted.trim() === known?.trim())) continue;
    throw new ServiceError("InvalidParameterValue", `The value provided for [shippingAddress.${name}] is invalid.`);
  }
}
