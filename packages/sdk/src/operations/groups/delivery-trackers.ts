import { createDeliveryTrackerFields } from "../fields/delivery-trackers.ts";
import { trackedObject } from "../fields/rules.ts";
import { operation, throttle } from "../operation.ts";

export const createDeliveryTracker = operation("deliveryTrackers", "POST", "/deliveryTrackers", [200], {
  idempotency: "optional",
  body: createDeliveryTrackerFields,
  rules: [trackedObject],
  authToken: "unsupported",
  throttle: throttle(10, 1, 1, 1),
});
