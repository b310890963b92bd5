import type { ChargePermissionState } from "../objects/index.ts";
import type { StateTable } from "./state-table.ts";

/** Why no new charge is possible now. */
const WAITING = [
  "PaymentMethodInvalid",
  "PaymentMethodDeleted",
  "BillingAddressDeleted",
  "PaymentMethodExpired",
  "PaymentMethodNotAllowed",
  "PaymentMethodNotSet",
  "ChargeInProgress",
  "MFAFailed",
];

/** Why no charge will be possible any more. */
const OVER = [
  "MerchantCanceled",
  "MerchantClosed",
  "BuyerCanceled",
  "BuyerClosed",
  "AmazonCanceled",
  "AmazonClosed",
  "Expired",
];

/** Reference 5.2. */
export const PERMISSION_STATES: StateTable<ChargePermissionState> = {
  object: "chargePermission",
  initial: ["Chargeable", "NonChargeable"],
  states: {
    Chargeable: {
      to: { NonChargeable: WAITING, Closed: OVER },
      operations: ["get", "update", "close", "createCharge"],
    },
    NonChargeable: {
      to: { Chargeable: [null], NonChargeable: WAITING, Closed: OVER },
      operations: ["get", "update", "close"],
    },
    Closed: { to: {}, operations: ["get"] },
  },
};
