/** What may be done with charges, without HTTP: for the API, the control plane and the trading simulation of this process. */
export { cancelCharge } from "./cancel-charge.ts";
export { captureCharge, requireChargeOperation } from "./capture-charge.ts";
export { createCharge, type NewCharge } from "./create-charge.ts";
export { APPROVED, type ChargeOutcome, type DeclineReason, type PendingDeclineReason } from "./outcome.ts";
