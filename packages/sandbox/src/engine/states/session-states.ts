import type { CheckoutSessionState } from "../objects/index.ts";
import type { StateTable } from "./state-table.ts";

/** Reference 5.1. */
export const SESSION_STATES: StateTable<CheckoutSessionState> = {
  object: "checkoutSession",
  initial: ["Open"],
  states: {
    Open: {
      to: { Completed: [null], Canceled: ["BuyerCanceled", "Expired", "AmazonCanceled", "Declined"] },
      operations: ["get", "update", "complete", "finalize"],
    },
    Completed: { to: {}, operations: ["get"] },
    Canceled: { to: {}, operations: ["get"] },
  },
};
