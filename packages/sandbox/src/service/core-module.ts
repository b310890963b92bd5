import { installObjects } from "../engine/install.ts";
import type { Module } from "../module.ts";
import { authorizationTokenHandlers } from "../api/operations/authorization-tokens.ts";
import { buyerHandlers } from "../api/operations/buyers.ts";
import { chargePermissionHandlers } from "../api/operations/charge-permissions.ts";
import { chargeHandlers } from "../api/operations/charges.ts";
import { checkoutSessionHandlers } from "../api/operations/checkout-sessions.ts";
import { deliveryTrackerHandlers } from "../api/operations/delivery-trackers.ts";
import { disputeHandlers } from "../api/operations/disputes.ts";
import { evidenceUploads } from "../api/operations/evidence-uploads.ts";
import { fileHandlers } from "../api/operations/files.ts";
import { inStoreHandlers } from "../api/operations/in-store.ts";
import { merchantAccountHandlers } from "../api/operations/merchant-accounts.ts";
import { refundHandlers } from "../api/operations/refunds.ts";
import { tradeCalls } from "./trade-calls.ts";

/** The objects that all rooms share, and the operations on them. Reports have a room of their own. */
export const coreModule: Module = {
  name: "core",
  install: ({ engine }) => {
    installObjects(engine);
    return {
      operations: {
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
      },
      routes: [evidenceUploads(engine)],
      control: tradeCalls(engine),
    };
  },
};
