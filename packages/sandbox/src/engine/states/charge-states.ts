import type { ChargeState } from "../objects/index.ts";
import type { StateTable } from "./state-table.ts";

const CANCELED = ["ExpiredUnused", "AmazonCanceled", "MerchantCanceled", "ChargePermissionCanceled", "BuyerCanceled"];
const DECLINED = ["SoftDeclined", "HardDeclined", "AmazonRejected", "ProcessingFailure", "TransactionTimedOut"];

/**
 * Reference 5.3. A charge may come into being in every state that an answer to Create Charge may show; a declined one
 * never does, because a decline there is an error.
 */
export const CHARGE_STATES: StateTable<ChargeState> = {
  object: "charge",
  initial: ["AuthorizationInitiated", "Authorized"],
  states: {
    AuthorizationInitiated: {
      to: { Authorized: [null], Declined: DECLINED, Canceled: CANCELED },
      operations: ["get", "update", "cancel"],
    },
    Authorized: {
      to: { CaptureInitiated: [null], Captured: [null], Canceled: CANCELED, Declined: DECLINED },
      operations: ["get", "update", "capture", "cancel"],
    },
    CaptureInitiated: { to: { Captured: [null], Declined: DECLINED }, operations: ["get"] },
    Captured: { to: {}, operations: ["get", "refund"] },
    Canceled: { to: {}, operations: ["get"] },
    Declined: { to: {}, operations: ["get"] },
  },
};
