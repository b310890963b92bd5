import type { AllHandlers } from "../api/operations/handlers.ts";
import { authorizationTokenHandlers } from "../api/operations/authorization-tokens.ts";
import { buyerHandlers } from "../api/operations/buyers.ts";
import { chargePermissionHandlers } from "../api/operations/charge-permissions.ts";
import { chargeHandlers } from "../api/operations/charges.ts";
import { checkoutSessionHandlers } from "../api/operations/checkout-sessions.ts";
import { deliveryTrackerHandlers } from "../api/operations/delivery-trackers.ts";
import { disputeHandlers } from "../api/operations/disputes.ts";
import { fileHandlers } from "../api/operations/files.ts";
import { inStoreHandlers } from "../api/operations/in-store.ts";
import { merchantAccountHandlers } from "../api/operations/merchant-accounts.ts";
import { refundHandlers } from "../api/operations/refunds.ts";
import { reportHandlers } from "../reports/operations/index.ts";

/** What carries out each operation of API v2. */
export const OPERATION_HANDLERS: AllHandlers = {
  ...checkoutSessionHandlers,
  ...chargePermissionHandlers,
  ...chargeHandlers,
  ...refundHandlers,
  ...buyerHandlers,
  ...deliveryTrackerHandlers,
  ...authorizationTokenHandlers,
  ...inStoreHandlers,
  ...disputeHandlers,
  ...fileHandlers,
  ...merchantAccountHandlers,
  ...reportHandlers,
};
