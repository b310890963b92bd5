import { installObjects } from "../engine/install.ts";
import type { Room } from "../room.ts";
import { authorizationTokenHandlers } from "./operations/authorization-tokens.ts";
import { buyerHandlers } from "./operations/buyers.ts";
import { chargePermissionHandlers } from "./operations/charge-permissions.ts";
import { chargeHandlers } from "./operations/charges.ts";
import { checkoutSessionHandlers } from "./operations/checkout-sessions.ts";
import { deliveryTrackerHandlers } from "./operations/delivery-trackers.ts";
import { disputeHandlers } from "./operations/disputes.ts";
import { evidenceUploads } from "./operations/evidence-uploads.ts";
import { fileHandlers } from "./operations/files.ts";
import { inStoreHandlers } from "./operations/in-store.ts";
import { merchantAccountHandlers } from "./operations/merchant-accounts.ts";
import { refundHandlers } from "./operations/refunds.ts";
import { tradeCalls } from "../control/calls/trade.ts";

/** The objects that all rooms share, and the operations on them. Reports have a room of their own. */
export const coreRoom: Room = {
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
