import type { RefundState } from "../objects/index.ts";
import type { StateTable } from "./state-table.ts";

/** Reference 5.4. */
export const REFUND_STATES: StateTable<RefundState> = {
  object: "refund",
  initial: ["RefundInitiated"],
  states: {
    RefundInitiated: {
      to: { Refunded: [null], Declined: ["AmazonRejected", "ProcessingFailure"] },
      operations: ["get"],
    },
    Refunded: { to: {}, operations: ["get"] },
    Declined: { to: {}, operations: ["get"] },
  },
};
